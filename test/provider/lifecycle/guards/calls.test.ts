import assert from 'node:assert/strict'
import { createTestClock } from '../../../../local/clock.ts'
import { startWebhookTarget, type WebhookTarget } from '../../../support/webhook-target.ts'
import { startEngine } from '../../engine/engine.ts'
import { useTwilio } from '../../engine/story.ts'

const type = 'twilio:phoneNumbers:IncomingPhoneNumber'

describe('a deletion of a number', () => {
  const clock = createTestClock()
  const story = useTwilio(clock)
  let target: WebhookTarget
  let voiceUrl = ''

  before(async () => {
    target = await startWebhookTarget()
    const text = '<Response><Pause length="600"/></Response>'
    target.reply = () => ({ text, type: 'text/xml' })
    voiceUrl = `${target.origin}/call`
  })
  after(() => target.close())

  const numbers = (phoneNumber: string) =>
    story.twilio.sdk.api.v2010.account.incomingPhoneNumbers.list({ phoneNumber })
  async function talk(to: string): Promise<string> {
    const sid = story.twilio.twilio.phones.call({ from: '+12025550123', to })
    await clock.settle()
    return sid
  }

  it('is refused with the calls in progress, and its webhooks stay', async () => {
    const program = { phoneNumber: '+12025550161', voiceUrl }
    const { state } = await story.engine.up(type, undefined, program)
    const calls = [await talk(program.phoneNumber), await talk(program.phoneNumber)]
    await assert.rejects(
      story.engine.destroy(type, state),
      /IncomingPhoneNumber “\+12025550161” \(PN\w+\) is not deleted: 2 calls to or from it are in progress\. Wait until they are over/,
    )
    assert.equal((await numbers(program.phoneNumber))[0]?.voiceUrl, voiceUrl)
    for (const sid of calls) story.twilio.twilio.phones.hangUp(sid)
    await story.engine.destroy(type, state)
    assert.equal((await numbers(program.phoneNumber))[0]?.voiceUrl || null, null)
  })

  it('is carried out with force, whether it keeps the number or releases it', async () => {
    const program = { phoneNumber: '+12025550162', voiceUrl, releaseOnDelete: true }
    const { state } = await story.engine.up(type, undefined, program)
    const call = await talk(program.phoneNumber)
    const forced = await startEngine(story.twilio.url, { TWILIO_FORCE: 'true' })
    await forced.destroy(type, state)
    forced.close()
    assert.deepEqual(await numbers(program.phoneNumber), [])
    story.twilio.twilio.phones.hangUp(call)
  })

  it('by a replacement is told of in the plan, and refused', async () => {
    const program = { phoneNumber: '+12025550163', voiceUrl }
    const { state } = await story.engine.up(type, undefined, program)
    const call = await talk(program.phoneNumber)
    const next = { ...program, phoneNumber: '+12025550164' }
    story.said()
    await story.engine.preview(type, state, next)
    const said = story.said()
    assert.deepEqual(
      said.map(({ severity }) => severity),
      ['warning', 'info', 'info'],
    )
    assert.match(
      String(said[0]?.message),
      /^1 call to or from it is in progress, so it is not deleted\. Wait/,
    )
    assert.match(String(said[0]?.urn), /IncomingPhoneNumber::it$/)
    await assert.rejects(story.engine.up(type, state, next), /1 call to or from it is in progress/)
    story.twilio.twilio.phones.hangUp(call)
  })
})
