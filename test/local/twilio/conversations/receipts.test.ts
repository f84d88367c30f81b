import assert from 'node:assert/strict'
import { type LocalTwilio, refused, startLocalTwilio } from '../../../support/local-twilio.ts'
import { startWebhookTarget, type WebhookTarget } from '../../../support/webhook-target.ts'

const CUSTOMER = '+12025550999'
const OTHER = '+12025550998'

describe('Delivery receipts', () => {
  let local: LocalTwilio
  let target: WebhookTarget
  let number: string
  let sid: string
  const conversation = () => local.client.conversations.v1.conversations(sid)
  const say = (body: string) => conversation().messages.create({ author: 'system', body })

  beforeEach(async () => {
    local = await startLocalTwilio()
    target = await startWebhookTarget()
    number = (await local.client.incomingPhoneNumbers.create({ areaCode: '202' })).phoneNumber
    sid = (await local.client.conversations.v1.conversations.create({})).sid
    for (const address of [CUSTOMER, OTHER]) {
      await conversation().participants.create({
        'messagingBinding.address': address,
        'messagingBinding.proxyAddress': number,
      })
    }
    await local.client.conversations.v1.configuration
      .webhooks()
      .update({ postWebhookUrl: target.origin, filters: ['onDeliveryUpdated'] })
  })
  afterEach(async () => {
    await local.close()
    await target.close()
  })

  it('tell what became of a message at each phone', async () => {
    local.twilio.phones.setProfile({ address: OTHER, texts: 'unreachable' })
    const message = await say('Hello')
    assert.deepEqual([message.delivery.total, message.delivery.sent], [2, 'none'])
    await local.clock.advance(10_000)
    const receipts = conversation().messages(message.sid).deliveryReceipts
    const listed = await receipts.list()
    assert.deepEqual(
      listed.map(({ status, errorCode }) => [status, errorCode]),
      [
        ['delivered', 0],
        ['undelivered', 30003],
      ],
    )
    const [first] = listed
    assert.match(first?.channelMessageSid ?? '', /^SM/)
    assert.equal((await receipts(first?.sid ?? '').fetch()).messageSid, message.sid)
    assert.deepEqual((await conversation().messages(message.sid).fetch()).delivery, {
      total: 2,
      sent: 'all',
      delivered: 'some',
      read: 'none',
      failed: 'none',
      undelivered: 'some',
    })
    await assert.rejects(receipts(`DY${'1'.repeat(32)}`).fetch(), refused(404, 20404, /Receipts/))
  })

  it('are told as they change', async () => {
    const message = await say('Hello')
    await local.clock.advance(10_000)
    assert.deepEqual(
      target.delivered.map(({ form }) => form['Status']),
      ['sent', 'delivered', 'sent', 'delivered'],
    )
    const { form } = target.delivered[0] ?? assert.fail('nothing told')
    assert.deepEqual([form['MessageSid'], form['ConversationSid']], [message.sid, sid])
    assert.match(`${form['DeliveryReceiptSid']} ${form['ChannelMessageSid']}`, /^DY\w+ SM\w+$/)
  })

  it('say so at once when Twilio does not send', async () => {
    local.twilio.phones.text({ from: CUSTOMER, to: number, body: 'STOP' })
    await local.clock.advance(5_000)
    const message = await say('Hello')
    const [receipt] = await conversation().messages(message.sid).deliveryReceipts.list()
    assert.deepEqual(
      [receipt?.status, receipt?.errorCode, receipt?.channelMessageSid],
      ['failed', 21610, null],
    )
    await local.clock.advance(5_000)
    assert.deepEqual(
      target.delivered.map(({ form }) => [form['Status'], form['ErrorCode']]).slice(-3),
      [
        ['failed', '21610'],
        ['sent', '0'],
        ['delivered', '0'],
      ],
    )
  })

  it('go on after a restart', async () => {
    const message = await say('Hello')
    const restore = JSON.parse(JSON.stringify(local.twilio.snapshot()))
    await local.close()
    local = await startLocalTwilio({ restore })
    await local.clock.advance(10_000)
    const { delivery } = await conversation().messages(message.sid).fetch()
    assert.equal(delivery.delivered, 'all')
  })
})

describe('Media of a conversation', () => {
  it('come with a text, and go on to the others', async () => {
    const local = await startLocalTwilio()
    const target = await startWebhookTarget()
    const { phoneNumber } = await local.client.incomingPhoneNumbers.create({ areaCode: '202' })
    const api = local.client.conversations.v1
    const { sid } = await api.conversations.create({})
    for (const address of [CUSTOMER, OTHER]) {
      await api.conversations(sid).participants.create({
        'messagingBinding.address': address,
        'messagingBinding.proxyAddress': phoneNumber,
      })
    }
    await api.conversations(sid).webhooks.create({
      target: 'webhook',
      'configuration.url': target.origin,
      'configuration.filters': ['onMessageAdded'],
    })
    const mediaUrls = ['https://example.com/cat.png']
    local.twilio.phones.text({ from: CUSTOMER, to: phoneNumber, body: '', mediaUrls })
    await local.clock.advance(5_000)
    const [message] = await api.conversations(sid).messages.list()
    assert.equal(message?.media[0].content_type, 'image/png')
    assert.deepEqual(local.twilio.phones.inbox(OTHER)[0]?.mediaUrls, mediaUrls)
    const [told] = JSON.parse(target.delivered[0]?.form['Media'] ?? '[]')
    assert.deepEqual([told.Sid, told.ContentType], [message?.media[0].sid, 'image/png'])
    await assert.rejects(
      api.conversations(sid).messages.create({ mediaSid: `ME${'1'.repeat(32)}` }),
      refused(501, 20501, /MediaSid/),
    )
    await local.close()
    await target.close()
  })
})
