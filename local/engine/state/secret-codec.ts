import {
  isList,
  isMap,
  isSecret,
  type PropertyMap,
  type PropertyValue,
  type Secret,
  secret,
  signatureKey,
  signatureOf,
  signatures,
} from '../values/property-value.ts'
import type { Passphrase } from './passphrase.ts'

/** Turns values into what a checkpoint keeps, and back. */
export interface SecretCodec {
  /** The value with sorted keys and every secret encrypted; a secret that came from the checkpoint keeps its ciphertext. */
  seal(value: PropertyValue): PropertyValue
  /** The value with every secret decrypted and wrapped. */
  open(value: PropertyValue): PropertyValue
}

/** A codec that writes secrets with `passphrase`. */
export function createSecretCodec(passphrase: Passphrase): SecretCodec {
  // By identity: states carry unchanged secrets along as the same objects, so these are not encrypted again.
  const ciphertexts = new WeakMap<object, string>()

  const sealSecret = (value: Secret): PropertyMap => {
    let ciphertext = ciphertexts.get(value)
    if (ciphertext === undefined) {
      ciphertext = passphrase.encrypt(JSON.stringify(sortKeys(value.value, plainSecret)))
      ciphertexts.set(value, ciphertext)
    }
    return { [signatureKey]: signatures.secret, ciphertext }
  }

  const openSecret = (value: PropertyMap): Secret => {
    const { ciphertext, plaintext } = value
    if (typeof plaintext === 'string') return secret(openPlain(JSON.parse(plaintext)))
    const opened = secret(openPlain(JSON.parse(passphrase.decrypt(String(ciphertext)))))
    ciphertexts.set(opened, String(ciphertext))
    return opened
  }

  return {
    seal: (value) => sortKeys(value, sealSecret),
    open: (value) => openSecrets(value, openSecret),
  }
}

/** The value with sorted keys and secrets readable, as `pulumi stack export --show-secrets` writes them. */
export function showSecrets(value: PropertyValue): PropertyValue {
  return sortKeys(value, (item) => ({
    [signatureKey]: signatures.secret,
    plaintext: JSON.stringify(sortKeys(item.value, plainSecret)),
  }))
}

// Inside an encrypted text an inner secret is written with its plain JSON where the ciphertext would be.
function plainSecret(value: Secret): PropertyMap {
  const ciphertext = JSON.stringify(sortKeys(value.value, plainSecret))
  return { [signatureKey]: signatures.secret, ciphertext }
}

function openPlain(value: PropertyValue): PropertyValue {
  return openSecrets(value, (item) => secret(openPlain(JSON.parse(String(item['ciphertext'])))))
}

function sortKeys(value: PropertyValue, onSecret: (value: Secret) => PropertyMap): PropertyValue {
  if (isList(value)) return value.map((item) => sortKeys(item, onSecret))
  if (!isMap(value)) return value
  if (isSecret(value)) return onSecret(value)
  const sorted: Record<string, PropertyValue> = {}
  for (const key of Object.keys(value).sort()) sorted[key] = sortKeys(value[key] ?? null, onSecret)
  return sorted
}

function openSecrets(
  value: PropertyValue,
  onSecret: (value: PropertyMap) => PropertyValue,
): PropertyValue {
  if (isList(value)) return value.map((item) => openSecrets(item, onSecret))
  if (!isMap(value)) return value
  if (signatureOf(value) === signatures.secret) return onSecret(value)
  const opened: Record<string, PropertyValue> = {}
  for (const [key, item] of Object.entries(value)) opened[key] = openSecrets(item, onSecret)
  return opened
}
