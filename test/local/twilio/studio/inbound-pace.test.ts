import assert from 'node:assert/strict'
import { demoAccount } from '../../../../local/demo-account.ts'
import { startLocalTwilio } from '../../../support/local-twilio.ts'
import { origin, response, startApplication } from '../voice/application.ts'
import { contact, ownNumber, publish } from './execution/running-flow.ts'

describe('executions that calls and texts begin', () => {
  it('are a hundred a second at most, as an average of ten: others go to the fallback', async () => {
    const application = await startApplication(demoAccount.authToken)
    const origins = () => application.origins
    const local = await startLocalTwilio({ origins, sayMsPerCharacter: 0 })
    application.on('/busy', response('<Say>All lines are busy</Say>'))
    const flowSid = await publish(local, { set: ['set-variables', { variables: [] }, {}] })
    const { webhookUrl } = await local.client.studio.v2.flows(flowSid).fetch()
    await local.client.incomingPhoneNumbers.create({
      phoneNumber: ownNumber,
      voiceUrl: webhookUrl,
      voiceFallbackUrl: `${origin}/busy`,
      smsUrl: webhookUrl,
    })
    const codes = () => local.twilio.alerts().map(({ code }) => code)
    const text = () => local.twilio.phones.text({ from: contact, to: ownNumber, body: 'Hi' })
    const call = () => local.twilio.phones.call({ from: contact, to: ownNumber })

    for (let i = 0; i < 1_000; i++) text()
    await local.clock.settle()
    assert.deepEqual(codes(), [])
    call()
    await local.clock.settle()
    assert.equal(application.to('/busy')[0]?.fields['ErrorCode'], '11200')
    assert.deepEqual(codes(), [20429, 11200])
    // A text without a fallback stays without an answer.
    text()
    await local.clock.settle()
    assert.deepEqual(codes(), [20429, 11200, 20429, 11200])

    await local.clock.advance(10_000)
    call()
    text()
    await local.clock.settle()
    assert.deepEqual([codes().length, application.to('/busy').length], [4, 1])
    await local.close()
    await application.close()
  })
})
