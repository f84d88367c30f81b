import assert from 'node:assert/strict'
import { type LocalTwilio, refused, startLocalTwilio } from '../../../support/local-twilio.ts'
import { startWebhookTarget, type WebhookTarget } from '../../../support/webhook-target.ts'

const CUSTOMER = '+12025550999'

describe('Messages', () => {
  let local: LocalTwilio
  let target: WebhookTarget
  let number: string
  const messages = () => local.client.messages
  const inbox = () => local.twilio.phones.inbox(CUSTOMER)
  const send = (body: string, more: object = {}) =>
    messages().create({ from: number, to: CUSTOMER, body, ...more })
  const statusOf = async (sid: string) => (await messages()(sid).fetch()).status

  beforeEach(async () => {
    local = await startLocalTwilio()
    target = await startWebhookTarget()
    number = (await local.client.incomingPhoneNumbers.create({ areaCode: '202' })).phoneNumber
  })
  afterEach(async () => {
    await local.close()
    await target.close()
  })

  it('go from queued to delivered, and tell the status callback', async () => {
    const message = await send('Hello', { statusCallback: `${target.origin}/status` })
    assert.match(message.sid, /^SM[0-9a-f]{32}$/)
    assert.deepEqual(
      [message.status, message.direction, message.numSegments, message.price, message.dateSent],
      ['queued', 'outbound-api', '1', null, null],
    )
    await local.clock.advance(0)
    assert.equal(await statusOf(message.sid), 'sending')
    await local.clock.advance(200)
    assert.equal(await statusOf(message.sid), 'sent')
    await local.clock.advance(800)
    assert.equal(await statusOf(message.sid), 'delivered')
    assert.deepEqual(
      inbox().map(({ from, body, sid }) => ({ from, body, sid })),
      [{ from: number, body: 'Hello', sid: message.sid }],
    )
    assert.deepEqual(
      target.delivered.map(({ form }) => form['MessageStatus']),
      ['sent', 'delivered'],
    )
    const [first] = target.delivered
    assert.ok(first?.headers['x-twilio-signature'])
    assert.deepEqual(
      [first.form['MessageSid'], first.form['SmsStatus'], first.form['From'], first.form['To']],
      [message.sid, 'sent', number, CUSTOMER],
    )
  })

  it('leave a number one segment a second', async () => {
    const long = await send('a'.repeat(161))
    const next = await send('b')
    assert.equal(long.numSegments, '2')
    await local.clock.advance(1_999)
    assert.deepEqual([await statusOf(long.sid), await statusOf(next.sid)], ['delivered', 'queued'])
    await local.clock.advance(1_001)
    assert.equal(await statusOf(next.sid), 'delivered')
  })

  it('are counted in segments of GSM-7 and of UCS-2', async () => {
    const segments = async (body: string) => (await send(body)).numSegments
    assert.deepEqual(
      [
        await segments('€'.repeat(80)),
        await segments('€'.repeat(81)),
        await segments('ж'.repeat(71)),
      ],
      ['1', '2', '2'],
    )
  })

  it('are spared segments by smart encoding, where that is all it takes', async () => {
    const fancy = `“${'x'.repeat(150)}” – it’s`
    const plain = `"${'x'.repeat(150)}" - it's`
    const sent = async (body: string, more: object) => {
      const message = await send(body, more)
      return [message.body, message.numSegments]
    }
    assert.deepEqual(await sent(fancy, {}), [fancy, '3'])
    assert.deepEqual(await sent(fancy, { smartEncoded: true }), [plain, '1'])
    assert.deepEqual(await sent(`${fancy} 😀`, { smartEncoded: true }), [`${fancy} 😀`, '3'])
    const { sid: messagingServiceSid } = await local.client.messaging.v1.services.create({
      friendlyName: 'SMS',
    })
    const [{ sid: phoneNumberSid } = { sid: '' }] = await local.client.incomingPhoneNumbers.list()
    const service = local.client.messaging.v1.services(messagingServiceSid)
    await service.phoneNumbers.create({ phoneNumberSid })
    assert.equal((await sent(fancy, { from: undefined, messagingServiceSid }))[0], plain)
    assert.match((await send('x', { sendAsMms: true })).sid, /^MM/)
  })

  it('are undelivered at a phone that cannot get them', async () => {
    local.twilio.phones.setProfile({ address: CUSTOMER, texts: 'landline' })
    const { sid } = await send('Hello', { statusCallback: `${target.origin}/status` })
    await local.clock.advance(1_000)
    const { status, errorCode, errorMessage } = await messages()(sid).fetch()
    assert.deepEqual([status, errorCode], ['undelivered', 30006])
    assert.match(errorMessage, /Landline/)
    assert.equal(target.delivered.at(-1)?.form['ErrorCode'], '30006')
    assert.deepEqual(inbox(), [])
  })

  it('fail when their time is over before their turn', async () => {
    await send('a'.repeat(1_600))
    const { sid } = await send('late', { validityPeriod: 5 })
    await local.clock.advance(20_000)
    const { status, errorCode } = await messages()(sid).fetch()
    assert.deepEqual([status, errorCode], ['failed', 30036])
  })

  it('are refused with Twilio’s codes', async () => {
    const bad = (code: number) => refused(400, code, /./)
    await assert.rejects(send('x', { to: '12' }), bad(21211))
    await assert.rejects(send('x', { from: 'not a number at all' }), bad(21212))
    await assert.rejects(send('x', { from: '+12025550777' }), bad(21606))
    await assert.rejects(send('x', { to: number }), bad(21266))
    await assert.rejects(send('x', { to: `whatsapp:${CUSTOMER}` }), bad(21910))
    const from = `whatsapp:${number}`
    await assert.rejects(send('x', { from, to: `whatsapp:${CUSTOMER}` }), bad(63007))
    await assert.rejects(send('x', { from: undefined }), bad(21603))
    await assert.rejects(send(''), bad(21619))
    await assert.rejects(send('x'.repeat(1_601)), bad(21617))
    await assert.rejects(send('x', { mediaUrl: ['x'] }), bad(21620))
    await assert.rejects(send('x', { statusCallback: 'x' }), bad(21609))
    await assert.rejects(send('x', { contentSid: `HX${'1'.repeat(32)}` }), bad(21655))
    const messagingServiceSid = `MG${'1'.repeat(32)}`
    await assert.rejects(
      send('x', { from: undefined, messagingServiceSid }),
      refused(404, 21701, /does not exist/),
    )
  })

  it('are listed newest first, filtered and paged', async () => {
    for (const body of ['one', 'two', 'three']) await send(body)
    await messages().create({ from: number, to: '+12025550998', body: 'other' })
    await local.clock.advance(5_000)
    const bodies = async (filter: object) => (await messages().list(filter)).map(({ body }) => body)
    assert.deepEqual(await bodies({ to: CUSTOMER }), ['three', 'two', 'one'])
    assert.deepEqual(await bodies({ to: CUSTOMER, pageSize: 2, limit: 3 }), ['three', 'two', 'one'])
    assert.equal((await bodies({ from: number })).length, 4)
    assert.deepEqual(await bodies({ dateSentBefore: new Date(local.clock.now() - 60_000) }), [])
    assert.equal((await bodies({ dateSentAfter: new Date(local.clock.now() - 60_000) })).length, 4)
  })

  it('can be redacted and deleted when they are over', async () => {
    const { sid } = await send('secret')
    await assert.rejects(messages()(sid).remove(), refused(409, 20009, /not over/))
    await assert.rejects(messages()(sid).update({ body: '' }), refused(409, 20009, /not over/))
    await local.clock.advance(1_000)
    assert.equal((await messages()(sid).update({ body: '' })).body, '')
    await assert.rejects(messages()(sid).update({ body: 'x' }), refused(400, 20001, /redacted/))
    await messages()(sid).feedback.create({ outcome: 'confirmed' })
    assert.equal(await messages()(sid).remove(), true)
    await assert.rejects(messages()(sid).fetch(), refused(404, 20404, /Messages/))
  })

  it('can be scheduled by a service, and canceled', async () => {
    const { sid: messagingServiceSid } = await local.client.messaging.v1.services.create({
      friendlyName: 'Reminders',
    })
    const service = local.client.messaging.v1.services(messagingServiceSid)
    const create = (minutes: number) =>
      messages().create({
        messagingServiceSid,
        to: CUSTOMER,
        body: 'Soon',
        scheduleType: 'fixed',
        sendAt: new Date(local.clock.now() + minutes * 60_000),
      })
    await assert.rejects(create(10), refused(400, 21704, /no phone numbers/))
    const [{ sid: phoneNumberSid } = { sid: '' }] = await local.client.incomingPhoneNumbers.list()
    await service.phoneNumbers.create({ phoneNumberSid })
    await assert.rejects(create(1), refused(400, 35114, /SendAt/))
    const [kept, dropped] = [await create(10), await create(10)]
    assert.deepEqual([kept.status, kept.from], ['scheduled', null])
    assert.equal((await messages()(dropped.sid).update({ status: 'canceled' })).status, 'canceled')
    await local.clock.advance(10 * 60_000 + 1_000)
    const { status, from } = await messages()(kept.sid).fetch()
    assert.deepEqual([status, from, inbox().length], ['delivered', number, 1])
    await assert.rejects(
      messages()(kept.sid).update({ status: 'canceled' }),
      refused(409, 30409, /delivered/),
    )
  })

  it('give their turn to the next one when they are canceled', async () => {
    const long = await send('a'.repeat(1_600))
    const other = await send('b'.repeat(1_600))
    const last = await send('c')
    await local.clock.advance(0)
    assert.equal((await messages()(other.sid).update({ status: 'canceled' })).status, 'canceled')
    await local.clock.advance(12_000)
    assert.deepEqual(
      [await statusOf(long.sid), await statusOf(other.sid), await statusOf(last.sid)],
      ['delivered', 'canceled', 'delivered'],
    )
  })

  it('carry media', async () => {
    const mediaUrl = ['https://example.com/cat.jpg']
    const message = await send('', { mediaUrl })
    assert.match(message.sid, /^MM/)
    await local.clock.advance(1_000)
    const [medium] = await messages()(message.sid).media.list()
    assert.equal(medium?.contentType, 'image/jpeg')
    assert.deepEqual(inbox()[0]?.mediaUrls, mediaUrl)
    assert.equal(await messages()(message.sid).media(medium.sid).remove(), true)
    assert.equal((await messages()(message.sid).fetch()).numMedia, '0')
  })

  it('tell a TwiML application’s callback, in a service also that they are queued', async () => {
    const { sid: applicationSid } = await local.client.applications.create({
      messageStatusCallback: `${target.origin}/application`,
    })
    const { sid } = await local.client.messaging.v1.services.create({ friendlyName: 'SMS' })
    const [{ sid: phoneNumberSid } = { sid: '' }] = await local.client.incomingPhoneNumbers.list()
    await local.client.messaging.v1.services(sid).phoneNumbers.create({ phoneNumberSid })
    const message = await send('Hi', { from: undefined, messagingServiceSid: sid, applicationSid })
    assert.deepEqual([message.status, message.from], ['accepted', null])
    await local.clock.advance(1_000)
    assert.deepEqual(
      target.delivered.map(({ path, form }) => [path, form['MessageStatus']]),
      [
        ['/application', 'queued'],
        ['/application', 'sent'],
        ['/application', 'delivered'],
      ],
    )
    assert.equal(target.delivered[0]?.form['MessagingServiceSid'], sid)
  })

  it('stay with the number that a contact knows', async () => {
    const { sid: messagingServiceSid } = await local.client.messaging.v1.services.create({
      friendlyName: 'SMS',
    })
    const service = local.client.messaging.v1.services(messagingServiceSid)
    const other = await local.client.incomingPhoneNumbers.create({ areaCode: '415' })
    await service.phoneNumbers.create({ phoneNumberSid: other.sid })
    const write = async () => {
      await messages().create({ messagingServiceSid, to: CUSTOMER, body: 'Hi' })
      await local.clock.advance(2_000)
      return inbox().at(-1)?.from
    }
    assert.equal(await write(), other.phoneNumber)
    const [{ sid: phoneNumberSid } = { sid: '' }] = await local.client.incomingPhoneNumbers.list()
    await service.phoneNumbers.create({ phoneNumberSid })
    assert.equal(await write(), other.phoneNumber)
    await service.update({ stickySender: false })
    assert.equal(await write(), number)
  })

  it('of a subaccount go between its own numbers and the same phones', async () => {
    const { sid } = await local.client.api.v2010.accounts.create({ friendlyName: 'Branch' })
    const branch = local.client.api.v2010.accounts(sid)
    const { phoneNumber } = await branch.incomingPhoneNumbers.create({ areaCode: '415' })
    local.twilio.phones.text({ from: CUSTOMER, to: phoneNumber, body: 'Hello, branch' })
    assert.equal((await branch.messages.list())[0]?.body, 'Hello, branch')
    assert.deepEqual(await messages().list(), [])
    await branch.messages.create({ from: phoneNumber, to: CUSTOMER, body: 'Hello, customer' })
    await local.clock.advance(1_000)
    assert.equal(inbox()[0]?.from, phoneNumber)
  })

  it('go on after a restart, with the opt-outs', async () => {
    const { sid } = await send('Hello')
    local.twilio.phones.text({ from: '+12025550998', to: number, body: 'stop' })
    await local.clock.settle()
    const restore = JSON.parse(JSON.stringify(local.twilio.snapshot()))
    await local.close()
    local = await startLocalTwilio({ restore })
    await local.clock.advance(3_000)
    assert.equal(await statusOf(sid), 'delivered')
    await assert.rejects(
      messages().create({ from: number, to: '+12025550998', body: 'x' }),
      refused(400, 21610, /unsubscribed/),
    )
  })
})
