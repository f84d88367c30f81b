import assert from 'node:assert/strict'
import { type LocalTwilio, refused, startLocalTwilio } from '../../../support/local-twilio.ts'

describe('Messaging services', () => {
  let local: LocalTwilio
  const services = () => local.client.messaging.v1.services
  const buy = async () => (await local.client.incomingPhoneNumbers.create({ areaCode: '202' })).sid

  beforeEach(async () => {
    local = await startLocalTwilio()
  })
  afterEach(() => local.close())

  it('are created with Twilio’s defaults, changed, listed and removed', async () => {
    const service = await services().create({
      friendlyName: 'Reminders',
      inboundRequestUrl: 'https://example.com/message',
    })
    assert.match(service.sid, /^MG[0-9a-f]{32}$/)
    assert.deepEqual(
      [service.inboundMethod, service.fallbackUrl, service.stickySender, service.validityPeriod],
      ['POST', null, true, 36_000],
    )
    const { sid } = service
    const next = await services()(sid).update({
      inboundRequestUrl: '',
      stickySender: false,
      validityPeriod: 600,
      usecase: 'notifications',
    })
    assert.deepEqual(
      [next.friendlyName, next.inboundRequestUrl, next.stickySender, next.validityPeriod],
      ['Reminders', null, false, 600],
    )
    assert.equal(next.usecase, 'notifications')
    assert.equal((await services().list()).length, 1)
    assert.equal(await services()(sid).remove(), true)
    await assert.rejects(services()(sid).fetch(), refused(404, 20404, /\/Services\/MG/))
  })

  it('refuse what they cannot use', async () => {
    const create = (settings: object) => services().create({ friendlyName: 'A', ...settings })
    await assert.rejects(create({ friendlyName: '' }), refused(400, 20001, /FriendlyName/))
    await assert.rejects(create({ inboundRequestUrl: 'x' }), refused(400, 21402, /InboundRequest/))
    await assert.rejects(create({ validityPeriod: 0 }), refused(400, 20001, /ValidityPeriod/))
    await assert.rejects(create({ scanMessageContent: 'x' }), refused(400, 20001, /ScanMessage/))
  })

  it('send from numbers of the account, each in one service only', async () => {
    const { sid } = await services().create({ friendlyName: 'Reminders' })
    const other = await services().create({ friendlyName: 'Alerts' })
    const phoneNumberSid = await buy()
    const sender = await services()(sid).phoneNumbers.create({ phoneNumberSid })
    assert.deepEqual(
      [sender.sid, sender.phoneNumber, sender.countryCode, sender.serviceSid],
      [phoneNumberSid, '+12025550100', 'US', sid],
    )
    await assert.rejects(
      services()(sid).phoneNumbers.create({ phoneNumberSid }),
      refused(409, 21710, /already in the Messaging Service/),
    )
    await assert.rejects(
      services()(other.sid).phoneNumbers.create({ phoneNumberSid }),
      refused(409, 21712, /another Messaging Service/),
    )
    await assert.rejects(
      services()(sid).phoneNumbers.create({ phoneNumberSid: `PN${'0'.repeat(32)}` }),
      refused(400, 21421, /no number/),
    )
    assert.equal(await services()(sid).phoneNumbers(phoneNumberSid).remove(), true)
    await services()(other.sid).phoneNumbers.create({ phoneNumberSid })
  })

  it('lose a number that the account releases', async () => {
    const { sid } = await services().create({ friendlyName: 'Reminders' })
    const phoneNumberSid = await buy()
    await services()(sid).phoneNumbers.create({ phoneNumberSid })
    await local.client.incomingPhoneNumbers(phoneNumberSid).remove()
    assert.deepEqual(await services()(sid).phoneNumbers.list(), [])
  })

  it('have no other senders here', async () => {
    const { sid } = await services().create({ friendlyName: 'Reminders' })
    await assert.rejects(
      services()(sid).shortCodes.list(),
      refused(501, 20501, /messaging\.twilio\.com.*ShortCodes/),
    )
  })
})
