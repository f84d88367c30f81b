import assert from 'node:assert/strict'
import { type LocalTwilio, refused, startLocalTwilio } from '../../../support/local-twilio.ts'

const CUSTOMER = '+12025550999'

describe('The queue of a number', () => {
  let local: LocalTwilio
  let number: { readonly sid: string; readonly phoneNumber: string }
  const statusOf = async (sid: string) => {
    const { status, errorCode, errorMessage } = await local.client.messages(sid).fetch()
    return [status, errorCode, errorMessage]
  }

  beforeEach(async () => {
    // A segment takes 10,000 seconds, so that ten hours are full with four.
    local = await startLocalTwilio({ segmentsPerSecond: 1 / 10_000 })
    number = await local.client.incomingPhoneNumbers.create({ areaCode: '202' })
  })
  afterEach(() => local.close())

  it('takes what it sends in ten hours, and refuses more', async () => {
    const send = () =>
      local.client.messages.create({ from: number.phoneNumber, to: CUSTOMER, body: 'x' })
    for (let count = 0; count < 4; count++) await send()
    await assert.rejects(send(), refused(400, 21611, /maximum number of queued/))
    await local.clock.advance(10_001_000)
    await send()
  })

  it('overflows when it belongs to a service', async () => {
    const { services } = local.client.messaging.v1
    const { sid: messagingServiceSid } = await services.create({ friendlyName: 'SMS' })
    await services(messagingServiceSid).phoneNumbers.create({ phoneNumberSid: number.sid })
    const send = () =>
      local.client.messages.create({ messagingServiceSid, to: CUSTOMER, body: 'x' })
    for (let count = 0; count < 4; count++) await send()
    const { sid } = await send()
    await local.clock.advance(0)
    assert.deepEqual(await statusOf(sid), ['failed', 30001, 'Queue overflow'])
  })
})
