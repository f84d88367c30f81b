import assert from 'node:assert/strict'
import { WrongPassphrase } from '../../../../local/engine/index.ts'
import { openPassphrase } from '../../../../local/engine/state/passphrase.ts'
import { createSecretCodec } from '../../../../local/engine/state/secret-codec.ts'
import { isSecret, secret } from '../../../../local/engine/values/property-value.ts'

describe('openPassphrase', () => {
  it('opens what it encrypted under the same salt', async () => {
    const first = await openPassphrase('correct horse')
    const second = await openPassphrase('correct horse', first.salt)
    assert.match(first.salt, /^v1:[^:]+:v1:[^:]+:[^:]+$/)
    assert.equal(second.decrypt(first.encrypt('battery')), 'battery')
  })

  it('refuses another passphrase', async () => {
    const { salt } = await openPassphrase('correct horse')
    await assert.rejects(openPassphrase('wrong horse', salt), WrongPassphrase)
  })

  it('takes an empty passphrase as one', async () => {
    const { salt } = await openPassphrase('')
    await openPassphrase('', salt)
  })
})

describe('createSecretCodec', () => {
  it('keeps the ciphertext of a secret that did not change', async () => {
    const codec = createSecretCodec(await openPassphrase('p'))
    const sealed = codec.seal({ token: secret('s3'), deep: [secret({ a: 1 })] })
    assert.ok(!JSON.stringify(sealed).includes('s3'))
    assert.deepEqual(codec.seal(codec.open(sealed)), sealed)
  })

  it('writes a secret within a secret as plain JSON inside', async () => {
    const codec = createSecretCodec(await openPassphrase('p'))
    const value = secret({ outer: 1, inner: secret('x') })
    const opened = codec.open(codec.seal(value))
    assert.deepEqual(opened, value)
    assert.ok(isSecret(opened))
  })
})
