import assert from 'node:assert/strict'
import { type LocalTwilio, startLocalTwilio } from '../../../../support/local-twilio.ts'
import { contextOf, dial } from '../execution/running-flow.ts'

describe('what is said on a call', () => {
  let local: LocalTwilio
  beforeEach(async () => {
    local = await startLocalTwilio({ sayMsPerCharacter: 0 })
  })
  afterEach(() => local.close())

  it('tells how it was said, and how the call is', async () => {
    const properties = { say: 'Hola', language: '{{trigger.call.lang}}es-MX', voice: 'Polly.Mia' }
    const { callSid, execution } = await dial(local, {
      hi: ['say-play', properties, { audioComplete: null }],
    })
    await local.clock.advance(1_000)
    const { language, voice, CallSid, CallStatus } =
      (await contextOf(execution)).widgets['hi'] ?? {}
    assert.deepEqual([language, voice], ['es-MX', 'Polly.Mia'])
    assert.deepEqual([CallSid, CallStatus], [callSid, 'in-progress'])
  })
})
