import assert from 'node:assert/strict'
import { type LocalTwilio, refused, startLocalTwilio } from '../../../support/local-twilio.ts'
import { startWebhookTarget, type WebhookTarget } from '../../../support/webhook-target.ts'

const CUSTOMER = '+12025550999'

describe('A conversation', () => {
  let local: LocalTwilio
  let target: WebhookTarget
  let number: string
  const api = () => local.client.conversations.v1
  const inbox = () => local.twilio.phones.inbox(CUSTOMER).map(({ body }) => body)
  const text = async (body: string) => {
    local.twilio.phones.text({ from: CUSTOMER, to: number, body })
    await local.clock.advance(5_000)
  }
  const events = () => target.delivered.map(({ form }) => form['EventType'])
  const withCustomer = async () => {
    const { sid } = await api().conversations.create({ friendlyName: 'Order 7' })
    const customer = await api().conversations(sid).participants.create({
      'messagingBinding.address': CUSTOMER,
      'messagingBinding.proxyAddress': number,
    })
    return { sid, customer, conversation: api().conversations(sid) }
  }

  beforeEach(async () => {
    local = await startLocalTwilio()
    target = await startWebhookTarget()
    const bought = await local.client.incomingPhoneNumbers.create({
      areaCode: '202',
      smsUrl: `${target.origin}/sms`,
    })
    number = bought.phoneNumber
  })
  afterEach(async () => {
    await local.close()
    await target.close()
  })

  it('is created, found by its unique name, changed, listed and removed', async () => {
    const { sid, chatServiceSid, state } = await api().conversations.create({ uniqueName: 'seven' })
    assert.match(sid, /^CH[0-9a-f]{32}$/)
    assert.equal(state, 'active')
    const conversation = api().conversations('seven')
    const next = await conversation.update({ attributes: '{"a":1}', friendlyName: 'Seven' })
    assert.deepEqual([next.sid, next.attributes, next.friendlyName], [sid, '{"a":1}', 'Seven'])
    await assert.rejects(
      api().conversations.create({ uniqueName: 'seven' }),
      refused(409, 50353, /unique name/),
    )
    await assert.rejects(conversation.update({ attributes: '{' }), refused(400, 20001, /not JSON/))
    const inService = api().services(chatServiceSid).conversations
    assert.equal((await inService(sid).fetch()).friendlyName, 'Seven')
    assert.equal((await api().conversations.list({ state: 'active' })).length, 1)
    assert.equal(await conversation.remove(), true)
    await assert.rejects(conversation.fetch(), refused(404, 20404, /Conversations\/seven/))
  })

  it('joins people who chat and people who text, and carries their words', async () => {
    const { customer, conversation } = await withCustomer()
    assert.deepEqual([customer.identity, customer.messagingBinding.proxy_address], [null, number])
    await conversation.participants.create({ identity: 'alice' })
    const said = await conversation.messages.create({ author: 'alice', body: 'How can I help?' })
    await text('My order is late')
    const messages = await conversation.messages.list()
    assert.deepEqual(
      messages.map(({ index, author, body }) => [index, author, body]),
      [
        [0, 'alice', 'How can I help?'],
        [1, CUSTOMER, 'My order is late'],
      ],
    )
    assert.equal(messages[1]?.participantSid, customer.sid)
    assert.deepEqual(inbox(), ['How can I help?'])
    assert.equal(target.delivered.length, 0)
    const newestFirst = await conversation.messages.list({ order: 'desc' })
    assert.equal(newestFirst[0]?.author, CUSTOMER)
    await conversation.messages(said.sid).update({ body: 'Redacted' })
    assert.equal((await conversation.messages(said.sid).fetch()).body, 'Redacted')
    assert.equal(await conversation.messages(said.sid).remove(), true)
    assert.equal(await conversation.participants('alice').remove(), true)
    assert.equal((await conversation.participants.list()).length, 1)
  })

  it('has each pair of numbers to itself as long as it is not closed', async () => {
    const { sid, conversation } = await withCustomer()
    await assert.rejects(withCustomer(), refused(409, 50416, new RegExp(sid)))
    await conversation.update({ state: 'closed' })
    await assert.rejects(
      conversation.messages.create({ body: 'x' }),
      refused(409, 20409, /is closed/),
    )
    await text('Is anybody there?')
    assert.equal(target.delivered[0]?.path, '/sms')
    assert.notEqual((await withCustomer()).sid, sid)
  })

  it('refuses who cannot take part', async () => {
    const { participants } = api().conversations((await api().conversations.create()).sid)
    const join = (address: string, proxyAddress: string) =>
      participants.create({
        'messagingBinding.address': address,
        'messagingBinding.proxyAddress': proxyAddress,
      })
    await assert.rejects(join('12', number), refused(400, 50407, /address: 12/))
    await assert.rejects(join(CUSTOMER, '+12025550777'), refused(400, 50407, /no number of this/))
    await assert.rejects(join(number, number), refused(400, 50409, /same/))
    await assert.rejects(participants.create({}), refused(400, 20001, /either an Identity/))
    await participants.create({ identity: 'alice' })
    await assert.rejects(participants.create({ identity: 'alice' }), refused(409, 50433, /alice/))
  })

  it('keeps what people have read', async () => {
    const { conversation, customer } = await withCustomer()
    const read = await conversation
      .participants(customer.sid)
      .update({ lastReadMessageIndex: 3, lastReadTimestamp: '2026-01-05T09:00:00Z' })
    assert.deepEqual([read.lastReadMessageIndex, read.lastReadTimestamp.slice(0, 4)], [3, '2026'])
  })

  it('refuses by name what there is at Twilio alone', async () => {
    const { conversation, customer } = await withCustomer()
    const missing = (name: RegExp) => refused(501, 20501, name)
    await assert.rejects(
      conversation.participants.create({
        identity: 'alice',
        'messagingBinding.projectedAddress': number,
      }),
      missing(/ProjectedAddress/),
    )
    await assert.rejects(
      conversation.messages.create({ body: 'x', subject: 'Order' }),
      missing(/Subject/),
    )
    await assert.rejects(
      conversation.participants(customer.sid).update({ identity: 'bob' }),
      missing(/Identity/),
    )
    await assert.rejects(
      api().conversations.create({ 'bindings.email.address': 'a@example.com' }),
      missing(/Bindings\.Email/),
    )
    await assert.rejects(api().users.list(), missing(/v1\/Users/))
  })

  it('becomes inactive and closed when nobody writes', async () => {
    const { sid } = await api().conversations.create({
      'timers.inactive': 'PT1M',
      'timers.closed': 'PT10M',
    })
    const state = async () => (await api().conversations(sid).fetch()).state
    await local.clock.advance(59_000)
    await api().conversations(sid).messages.create({ body: 'Still here' })
    await local.clock.advance(59_000)
    assert.equal(await state(), 'active')
    await local.clock.advance(1_000)
    assert.equal(await state(), 'inactive')
    await local.clock.advance(9 * 60_000)
    assert.equal(await state(), 'closed')
    await assert.rejects(
      api().conversations.create({ 'timers.closed': 'PT1M' }),
      refused(400, 20001, /600 seconds/),
    )
  })

  it('takes the account’s timers when it has none of its own', async () => {
    await api().configuration().update({ defaultInactiveTimer: 'PT2M', defaultClosedTimer: 'PT1H' })
    const { sid, timers } = await api().conversations.create({ 'timers.inactive': 'PT1M' })
    const secondsUntil = (date: string) => (Date.parse(date) - local.clock.now()) / 1_000
    assert.deepEqual(
      [secondsUntil(timers.date_inactive), secondsUntil(timers.date_closed)],
      [60, 3_600],
    )
    await local.clock.advance(60_000)
    assert.equal((await api().conversations(sid).fetch()).state, 'inactive')
  })

  it('is found by who takes part', async () => {
    const { sid, conversation } = await withCustomer()
    await conversation.participants.create({ identity: 'alice' })
    const found = async (filter: object) => {
      const all = await api().participantConversations.list(filter)
      return all.map((one) => [one.conversationSid, one.conversationFriendlyName])
    }
    assert.deepEqual(await found({ address: CUSTOMER }), [[sid, 'Order 7']])
    assert.deepEqual(await found({ identity: 'alice' }), [[sid, 'Order 7']])
    assert.deepEqual(await found({ identity: 'bob' }), [])
    await assert.rejects(found({}), refused(400, 20001, /Identity or Address/))
  })

  it('tells its own webhooks of texts, and of what REST does only when asked to', async () => {
    const { conversation } = await withCustomer()
    const webhook = await conversation.webhooks.create({
      target: 'webhook',
      'configuration.url': `${target.origin}/scoped`,
      'configuration.filters': ['onMessageAdded'],
    })
    assert.equal(webhook.configuration.method, 'POST')
    await conversation.messages.create({ body: 'Unheard' })
    await conversation.messages.create({ body: 'Heard', xTwilioWebhookEnabled: 'true' })
    await text('Hello')
    assert.deepEqual(
      target.delivered.map(({ form }) => [form['Body'], form['Author'], form['Source']]),
      [
        ['Heard', 'system', 'API'],
        ['Hello', CUSTOMER, 'SMS'],
      ],
    )
    assert.equal(target.delivered[0]?.form['WebhookSid'], webhook.sid)
    assert.equal(await conversation.webhooks(webhook.sid).remove(), true)
    await text('Hello again')
    assert.equal(target.delivered.length, 2)
  })

  it('begins with a text to an address that is set up for it', async () => {
    await api()
      .configuration.webhooks()
      .update({
        postWebhookUrl: `${target.origin}/account`,
        filters: ['onConversationAdded', 'onParticipantAdded', 'onMessageAdded'],
      })
    await api().addressConfigurations.create({
      type: 'sms',
      address: number,
      'autoCreation.enabled': true,
      'autoCreation.type': 'webhook',
      'autoCreation.webhookUrl': `${target.origin}/created`,
      'autoCreation.webhookFilters': ['onMessageAdded'],
    })
    await text('Hello')
    await text('It’s me again')
    assert.deepEqual(events(), [
      'onConversationAdded',
      'onParticipantAdded',
      'onMessageAdded',
      'onMessageAdded',
      'onMessageAdded',
      'onMessageAdded',
    ])
    const [conversation, ...others] = await api().conversations.list()
    assert.deepEqual(others, [])
    const messages = await api()
      .conversations(conversation?.sid ?? '')
      .messages.list()
    assert.equal(messages.length, 2)
  })

  it('tells a trigger of its words only, and has at most five webhooks', async () => {
    const { conversation } = await withCustomer()
    const add = (target: 'trigger' | 'studio', configuration: object) =>
      conversation.webhooks.create({ target, ...configuration })
    await assert.rejects(
      add('studio', { 'configuration.flowSid': `FW${'1'.repeat(32)}` }),
      refused(400, 20001, /no flow of this account/),
    )
    for (let count = 0; count < 5; count++) {
      await add('trigger', {
        'configuration.url': `${target.origin}/help`,
        'configuration.triggers': [`help${count}`],
      })
    }
    await assert.rejects(
      add('trigger', { 'configuration.url': target.origin }),
      refused(400, 20001, /at most 5/),
    )
    await text('Hello')
    await text('I need help3')
    assert.deepEqual(
      target.delivered.map(({ form }) => form['Body']),
      ['I need help3'],
    )
  })

  it('outlives a restart', async () => {
    const { sid } = await withCustomer()
    const restore = JSON.parse(JSON.stringify(local.twilio.snapshot()))
    await local.close()
    local = await startLocalTwilio({ restore })
    await text('Hello')
    assert.equal((await api().conversations(sid).messages.list()).length, 1)
  })

  it('keeps what Twilio refuses to send, with an alert', async () => {
    const { conversation } = await withCustomer()
    await text('STOP')
    await conversation.messages.create({ body: 'Wait!' })
    assert.equal((await conversation.messages.list()).length, 2)
    assert.ok(local.twilio.alerts().some(({ code }) => code === 21610))
  })
})
