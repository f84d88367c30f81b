import assert from 'node:assert/strict'
import { type LocalTwilio, startLocalTwilio } from '../../../../support/local-twilio.ts'
import { contextOf, dial, wayOf } from '../execution/running-flow.ts'

describe('voicemail', () => {
  let local: LocalTwilio
  beforeEach(async () => {
    local = await startLocalTwilio({ sayMsPerCharacter: 0 })
  })
  afterEach(() => local.close())

  const record = (properties: object) => {
    const exits = { recordingComplete: null, noAudio: null, hangup: null }
    return dial(local, { mail: ['record-voicemail', { ...properties }, exits] })
  }

  it('of a silent caller is a recording too', async () => {
    const { execution } = await record({ timeout: 5, trim: 'true', play_beep: 'true' })
    await local.clock.advance(6_000)
    assert.equal((await wayOf(execution))[1], 'mail recordingComplete Ended')
    const { RecordingSid, RecordingDuration } = (await contextOf(execution)).widgets['mail'] ?? {}
    assert.match(String(RecordingSid), /^RE/)
    assert.equal(RecordingDuration, '5')
    assert.deepEqual(local.twilio.alerts(), [])
  })

  it('ends at a key only when one is named', async () => {
    const unnamed = await record({ timeout: 5 })
    local.twilio.phones.press(unnamed.callSid, '#')
    await local.clock.advance(1_000)
    assert.equal((await wayOf(unnamed.execution)).length, 1)
  })

  it('ends at the key that is named', async () => {
    const { callSid, execution } = await record({ timeout: 5, finish_on_key: '#' })
    local.twilio.phones.press(callSid, '1')
    local.twilio.phones.press(callSid, '#')
    await local.clock.advance(1_000)
    assert.equal((await wayOf(execution))[1], 'mail recordingComplete Ended')
    assert.equal((await contextOf(execution)).widgets['mail']?.['Digits'], '#')
  })
})
