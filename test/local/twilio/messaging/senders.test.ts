import assert from 'node:assert/strict'
import { type LocalTwilio, startLocalTwilio } from '../../../support/local-twilio.ts'

describe('The sender that a messaging service chooses', () => {
  let local: LocalTwilio
  let messagingServiceSid: string
  const service = () => local.client.messaging.v1.services(messagingServiceSid)
  const buy = async (phoneNumber: string) => {
    const { sid } = await local.client.incomingPhoneNumbers.create({ phoneNumber })
    await service().phoneNumbers.create({ phoneNumberSid: sid })
    return phoneNumber
  }
  const senderTo = async (to: string) => {
    const { sid } = await local.client.messages.create({ messagingServiceSid, to, body: 'Hi' })
    await local.clock.advance(0)
    return (await local.client.messages(sid).fetch()).from
  }

  beforeEach(async () => {
    local = await startLocalTwilio()
    const created = await local.client.messaging.v1.services.create({ friendlyName: 'SMS' })
    messagingServiceSid = created.sid
  })
  afterEach(() => local.close())

  it('is the one that is free first', async () => {
    const [first, second] = [await buy('+12025550101'), await buy('+12025550102')]
    const contacts = ['+12025550901', '+12025550902', '+12025550903', '+12025550904']
    const senders = []
    for (const contact of contacts) senders.push(await senderTo(contact))
    assert.deepEqual(senders, [first, second, first, second])
  })

  it('is of the contact’s area, else of its country, else of the United States', async () => {
    const british = await buy('+442079460101')
    const american = await buy('+12025550101')
    const near = await buy('+14155550101')
    assert.equal(await senderTo('+14155550901'), near)
    assert.equal(await senderTo('+442079460901'), british)
    assert.equal(await senderTo('+4930901820'), american)
  })
})
