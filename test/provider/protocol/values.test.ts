import assert from 'node:assert/strict'
import { decode, encode, unknownValue } from '../../../provider/protocol/values.ts'
import { fromStruct, secret, toStruct } from '../engine/wire.ts'

const signature = '4dabf18193072939515e22adb298388d'
const output = (content: object) => ({
  [signature]: 'd0e6a833031e9bbcd3f4e8bde6ca49a4',
  ...content,
})

describe('decode', () => {
  it('unwraps secrets, and remembers under which property they were', () => {
    const { values, secrets } = decode(
      toStruct({ token: secret('t'), nested: { list: [secret({ a: 1 })] }, plain: 1 }),
    )
    assert.deepEqual(values, { token: 't', nested: { list: [{ a: 1 }] }, plain: 1 })
    assert.deepEqual(secrets, new Set(['token', 'nested']))
  })

  it('knows every sentinel for an unknown value', () => {
    const ofBoolean = '1c4a061d-8072-4f0a-a4cb-0ff528b18fe7'
    const { values } = decode(toStruct({ a: unknownValue, b: [ofBoolean] }))
    assert.deepEqual(values, { a: unknownValue, b: [unknownValue] })
  })

  it('takes output values apart', () => {
    const { values, secrets } = decode(
      toStruct({ known: output({ value: 1, secret: true }), open: output({}) }),
    )
    assert.deepEqual(values, { known: 1, open: unknownValue })
    assert.deepEqual([...secrets], ['known'])
  })

  it('keeps null, and takes a missing message for an empty one', () => {
    assert.deepEqual(decode(toStruct({ a: null, b: { c: null } })).values, {
      a: null,
      b: { c: null },
    })
    assert.deepEqual(decode(undefined).values, {})
  })
})

describe('encode', () => {
  it('makes a secret of an address with credentials, wherever it stands, and of nothing else', () => {
    const url = 'https://user:password@example.com'
    const values = { url, deep: { list: [{ url }, 'https://example.com'] } }
    const struct = encode(values)
    assert.deepEqual(fromStruct(struct), {
      url: secret(url),
      deep: { list: [{ url: secret(url) }, 'https://example.com'] },
    })
    const back = decode(struct)
    assert.deepEqual(back.values, values)
    assert.deepEqual([...back.secrets], ['url'], 'the document as a whole is none')
  })

  it('wraps the named properties, and leaves out what is undefined', () => {
    const struct = encode({ a: 1, b: undefined, token: 't' }, new Set(['token', 'absent']))
    assert.deepEqual(fromStruct(struct), { a: 1, token: secret('t') })
  })
})
