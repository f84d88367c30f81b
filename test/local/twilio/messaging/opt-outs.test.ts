import assert from 'node:assert/strict'
import { type LocalTwilio, startLocalTwilio } from '../../../support/local-twilio.ts'
import { startWebhookTarget, type WebhookTarget } from '../../../support/webhook-target.ts'

const CUSTOMER = '+12025550999'

describe('A contact who has sent STOP', () => {
  let local: LocalTwilio
  let target: WebhookTarget
  let number: string
  let messagingServiceSid: string
  const bodies = () => local.twilio.phones.inbox(CUSTOMER).map(({ body }) => body)
  const stop = () => local.twilio.phones.text({ from: CUSTOMER, to: number, body: 'STOP' })
  const outcome = async (sid: string) => {
    const { status, errorCode, errorMessage } = await local.client.messages(sid).fetch()
    return [status, errorCode, errorMessage]
  }
  const unsubscribed = ['failed', 21610, 'Attempt to send to unsubscribed recipient']

  beforeEach(async () => {
    local = await startLocalTwilio()
    target = await startWebhookTarget()
    const bought = await local.client.incomingPhoneNumbers.create({ areaCode: '202' })
    number = bought.phoneNumber
    const { services } = local.client.messaging.v1
    messagingServiceSid = (await services.create({ friendlyName: 'Reminders' })).sid
    await services(messagingServiceSid).phoneNumbers.create({ phoneNumberSid: bought.sid })
  })
  afterEach(async () => {
    await local.close()
    await target.close()
  })

  it('gets no message that was scheduled before', async () => {
    const { sid } = await local.client.messages.create({
      messagingServiceSid,
      to: CUSTOMER,
      body: 'Soon',
      scheduleType: 'fixed',
      sendAt: new Date(local.clock.now() + 600_000),
      statusCallback: `${target.origin}/status`,
    })
    stop()
    await local.clock.advance(700_000)
    assert.deepEqual(await outcome(sid), unsubscribed)
    const last = target.delivered.at(-1)?.form
    assert.deepEqual([last?.['MessageStatus'], last?.['ErrorCode']], ['failed', '21610'])
    assert.equal(bodies().length, 1)
  })

  it('gets no message that waits for its turn, but Twilio’s own answer', async () => {
    const create = (body: string) =>
      local.client.messages.create({ from: number, to: CUSTOMER, body })
    await create('a'.repeat(1_600))
    const { sid } = await create('News')
    await local.clock.advance(0)
    stop()
    await local.clock.advance(20_000)
    assert.deepEqual(await outcome(sid), unsubscribed)
    assert.match(bodies().at(-1) ?? '', /unsubscribed/)
    assert.equal(bodies().length, 2)
  })

  it('learns nothing from a service that has lost its numbers', async () => {
    const { sid } = await local.client.messages.create({
      messagingServiceSid,
      to: CUSTOMER,
      body: 'x',
    })
    const { services } = local.client.messaging.v1
    const [sender] = await services(messagingServiceSid).phoneNumbers.list()
    await services(messagingServiceSid)
      .phoneNumbers(sender?.sid ?? '')
      .remove()
    await local.clock.advance(1_000)
    assert.deepEqual(await outcome(sid), [
      'failed',
      21704,
      'The Messaging Service contains no phone numbers',
    ])
  })
})
