import assert from 'node:assert/strict'
import { holdsCredentials, withoutCredentials } from '../../schemas/index.ts'

const guarded: Readonly<Record<string, string>> = {
  'https://user:correct-horse@example.com/voice?a=1': 'https://[secret]@example.com/voice?a=1',
  'https://token@example.com': 'https://[secret]@example.com',
  'https://user:p@ss@example.com/': 'https://[secret]@example.com/',
  'is no address: “wss://a:b@h:81/x”, it is': 'is no address: “wss://[secret]@h:81/x”, it is',
  '{"a":"https://u:p@h/","b":"x@y"}': '{"a":"https://[secret]@h/","b":"x@y"}',
}
const open = [
  'https://example.com/@user',
  'https://example.com?mail=a@b.c',
  'https://example.com, a@b.c',
  '{"a":"https://h","b":"x@y"}',
  'https://{{flow.variables.login}}@example.com',
  'sip:desk@example.com',
  'client:alice@home',
]

describe('holdsCredentials', () => {
  it('finds a user or a password in an address, wherever that stands', () => {
    for (const text of Object.keys(guarded)) assert.ok(holdsCredentials(text), text)
  })

  it('takes nothing else for one', () => {
    for (const text of open) assert.ok(!holdsCredentials(text), text)
  })
})

describe('withoutCredentials', () => {
  it('leaves the rest of the text, and any other text, as it is', () => {
    for (const [text, told] of Object.entries(guarded)) {
      assert.equal(withoutCredentials(text), told)
      assert.equal(withoutCredentials(told), told)
    }
    for (const text of open) assert.equal(withoutCredentials(text), text)
  })
})
