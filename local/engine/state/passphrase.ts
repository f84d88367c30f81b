import { createCipheriv, createDecipheriv, pbkdf2, randomBytes } from 'node:crypto'
import { promisify } from 'node:util'
import { WrongPassphrase } from '../errors.ts'

/** Encrypts and decrypts one stack's secrets, as Pulumi's passphrase provider does. */
export interface Passphrase {
  /** `v1:<salt>:v1:<nonce>:<check>`: what checkpoints and stack files keep instead of the key. */
  readonly salt: string
  /** Gives `v1:<nonce>:<ciphertext>` with a fresh nonce. */
  encrypt(plaintext: string): string
  /** Throws `WrongPassphrase` when the text was not made with this key. */
  decrypt(ciphertext: string): string
}

const iterations = 1_000_000
const checkText = 'pulumi'
const deriveBits = promisify(pbkdf2)

// Deriving a key takes a tenth of a second on purpose; a process that lives long asks for the same one often.
const keys = new Map<string, Promise<Buffer>>()

/** Derives the key for a salt and proves it against the salt's check; without a salt a new one is made. */
export async function openPassphrase(passphrase: string, salt?: string): Promise<Passphrase> {
  if (salt === undefined) return createPassphrase(passphrase)
  const [version, saltBytes = '', ...check] = salt.split(':')
  if (version !== 'v1' || check.length !== 3) {
    throw new WrongPassphrase(`"${salt}" is not a salt of Pulumi's passphrase provider`)
  }
  const cipher = createCipher(await deriveKey(passphrase, saltBytes), salt)
  if (cipher.decrypt(check.join(':')) !== checkText) throw new WrongPassphrase('stack secrets')
  return cipher
}

async function createPassphrase(passphrase: string): Promise<Passphrase> {
  const saltBytes = randomBytes(8).toString('base64')
  const key = await deriveKey(passphrase, saltBytes)
  return createCipher(key, `v1:${saltBytes}:${createCipher(key, '').encrypt(checkText)}`)
}

function deriveKey(passphrase: string, salt: string): Promise<Buffer> {
  const name = JSON.stringify([passphrase, salt])
  let key = keys.get(name)
  if (!key) {
    key = deriveBits(passphrase, Buffer.from(salt, 'base64'), iterations, 32, 'sha256')
    keys.set(name, key)
  }
  return key
}

function createCipher(key: Buffer, salt: string): Passphrase {
  return {
    salt,
    encrypt(plaintext) {
      const nonce = randomBytes(12)
      const cipher = createCipheriv('aes-256-gcm', key, nonce)
      const sealed = [cipher.update(plaintext, 'utf8'), cipher.final(), cipher.getAuthTag()]
      return `v1:${nonce.toString('base64')}:${Buffer.concat(sealed).toString('base64')}`
    },
    decrypt(ciphertext) {
      const [, nonce = '', sealedText = ''] = ciphertext.split(':')
      const sealed = Buffer.from(sealedText, 'base64')
      try {
        const cipher = createDecipheriv('aes-256-gcm', key, Buffer.from(nonce, 'base64'))
        cipher.setAuthTag(sealed.subarray(-16))
        return cipher.update(sealed.subarray(0, -16), undefined, 'utf8') + cipher.final('utf8')
      } catch (cause) {
        throw new WrongPassphrase('stack secrets', { cause })
      }
    },
  }
}
