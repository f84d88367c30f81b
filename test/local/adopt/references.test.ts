import assert from 'node:assert/strict'
import { isSecret, sidsIn, splitText } from '../../../local/adopt/program/references.ts'

const [queue, flow] = [`WQ${'1'.repeat(32)}`, `FW${'2'.repeat(32)}`]

describe('isSecret', () => {
  it('sees passwords in addresses, and what stands under a telling name', () => {
    assert.ok(isSecret('https://user:pass@example.com/voice', 'voiceUrl'))
    assert.ok(isSecret('wss://:pass@example.com', 'url'))
    assert.ok(isSecret('hunter2', 'states 3 properties sip_password'))
    assert.ok(isSecret('x', 'attributes apiKey'))
  })

  it('leaves addresses, templates and other words alone', () => {
    assert.ok(!isSecret('https://example.com:8080/a@b', 'voiceUrl'))
    assert.ok(!isSecret('{{flow.variables.password}}', 'properties sip_password'))
    assert.ok(!isSecret('reset it', 'properties password_hint'))
    assert.ok(!isSecret('', 'properties sip_password'))
  })
})

describe('sidsIn', () => {
  it('finds SIDs at any depth and within texts, not within longer words', () => {
    const value = {
      a: [{ b: queue }],
      url: `https://x/${flow}/y`,
      no: `${queue}0`,
      n: 1,
      none: null,
    }
    assert.deepEqual(sidsIn(value), [queue, flow])
  })
})

describe('splitText', () => {
  it('cuts a text at the SIDs that have a name, and leaves the others', () => {
    const name = { kind: 'name', text: 'queue.sid' } as const
    const nameOf = (sid: string) => (sid === queue ? name : undefined)
    assert.deepEqual(splitText(`a ${queue} b ${flow}`, nameOf), ['a ', name, ` b ${flow}`])
  })
})
