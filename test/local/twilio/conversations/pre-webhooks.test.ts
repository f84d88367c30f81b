import assert from 'node:assert/strict'
import { type LocalTwilio, refused, startLocalTwilio } from '../../../support/local-twilio.ts'
import { startWebhookTarget, type WebhookTarget } from '../../../support/webhook-target.ts'

const CUSTOMER = '+12025550999'
const loud = { xTwilioWebhookEnabled: 'true' } as const

describe('The pre-event webhook of conversations', () => {
  let local: LocalTwilio
  let target: WebhookTarget
  let number: string
  const api = () => local.client.conversations.v1
  const text = async (body: string) => {
    local.twilio.phones.text({ from: CUSTOMER, to: number, body })
    await local.clock.advance(5_000)
  }
  const asked = () => target.delivered.map(({ form }) => form['EventType'])
  const messagesOf = async (sid: string) =>
    (await api().conversations(sid).messages.list()).map(({ body, author }) => [author, body])
  const listen = (...filters: string[]) =>
    api()
      .configuration.webhooks()
      .update({ preWebhookUrl: `${target.origin}/pre`, filters })
  const answer = (events: Readonly<Record<string, object>>) => {
    target.reply = ({ form }) => events[form['EventType'] ?? ''] ?? {}
  }

  beforeEach(async () => {
    local = await startLocalTwilio()
    target = await startWebhookTarget()
    const bought = await local.client.incomingPhoneNumbers.create({ areaCode: '202' })
    number = bought.phoneNumber
    await api().addressConfigurations.create({
      type: 'sms',
      address: number,
      'autoCreation.enabled': true,
      'autoCreation.type': 'default',
    })
  })
  afterEach(async () => {
    await local.close()
    await target.close()
  })

  it('is asked before a text begins a conversation, and may change what is said', async () => {
    await listen('onConversationAdd', 'onParticipantAdd', 'onMessageAdd')
    answer({
      onConversationAdd: { json: { friendly_name: 'Order 7' } },
      onMessageAdd: { json: { body: '****', author: 'somebody', attributes: '{"a":1}' } },
    })
    await text('Damn!')
    assert.deepEqual(asked(), ['onConversationAdd', 'onParticipantAdd', 'onMessageAdd'])
    const { headers, form } = target.delivered[2] ?? assert.fail('not asked')
    assert.ok(headers['x-twilio-signature'])
    assert.deepEqual([form['Body'], form['Author'], form['Source']], ['Damn!', CUSTOMER, 'SMS'])
    const [conversation] = await api().conversations.list()
    assert.equal(conversation?.friendlyName, 'Order 7')
    const [message] = await api().conversations(conversation.sid).messages.list()
    assert.deepEqual(
      [message?.author, message?.body, message?.attributes],
      ['somebody', '****', '{"a":1}'],
    )
  })

  it('keeps texts of the same phone in their order while it is asked', async () => {
    await listen('onMessageAdd')
    for (const body of ['one', 'two', 'three']) {
      local.twilio.phones.text({ from: CUSTOMER, to: number, body })
    }
    await local.clock.settle()
    const [conversation, ...others] = await api().conversations.list()
    assert.deepEqual(others, [])
    assert.deepEqual(
      (await messagesOf(conversation?.sid ?? '')).map(([, body]) => body),
      ['one', 'two', 'three'],
    )
  })

  it('forbids what it answers with an error', async () => {
    await listen('onConversationAdd', 'onMessageAdd', 'onParticipantRemove', 'onConversationRemove')
    answer({ onConversationAdd: { status: 403 } })
    await text('Hello')
    assert.deepEqual(await api().conversations.list(), [])
    assert.deepEqual(
      local.twilio.alerts().map(({ code }) => code),
      [20403],
    )
    const { sid } = await api().conversations.create({})
    const conversation = api().conversations(sid)
    await conversation.participants.create({ identity: 'alice' })
    answer({
      onMessageAdd: { status: 400 },
      onParticipantRemove: { status: 500 },
      onConversationRemove: { status: 403 },
    })
    await assert.rejects(
      conversation.messages.create({ body: 'Hi', ...loud }),
      refused(403, 20403, /onMessageAdd is rejected.*answered 400/),
    )
    await assert.rejects(
      conversation.participants('alice').remove(loud),
      refused(403, 20403, /onParticipantRemove/),
    )
    await assert.rejects(conversation.remove(loud), refused(403, 20403, /onConversationRemove/))
    assert.deepEqual(await messagesOf(sid), [])
    assert.equal((await conversation.participants.list()).length, 1)
  })

  it('is not asked of what REST does, unless the call wants it', async () => {
    await listen('onConversationAdd', 'onMessageAdd', 'onMessageUpdate')
    const { sid } = await api().conversations.create({})
    const { messages } = api().conversations(sid)
    const message = await messages.create({ body: 'Unheard' })
    assert.deepEqual(asked(), [])
    answer({ onMessageUpdate: { json: { body: 'Better' } } })
    const next = await messages(message.sid).update({ body: 'Worse', ...loud })
    assert.deepEqual([next.body, asked()], ['Better', ['onMessageUpdate']])
    assert.equal(target.delivered[0]?.form['MessageSid'], message.sid)
  })

  it('refuses what the webhook makes of it if Twilio would', async () => {
    await listen('onMessageAdd')
    answer({ onMessageAdd: { json: { attributes: '{' } } })
    const { sid } = await api().conversations.create({})
    await assert.rejects(
      api()
        .conversations(sid)
        .messages.create({ body: 'Hi', ...loud }),
      refused(400, 20001, /not JSON/),
    )
  })

  it('forbids nothing when it does not answer, or answers what is no JSON', async () => {
    await listen('onMessageAdd')
    target.reply = () => 'reset'
    await text('one')
    target.reply = () => ({ text: 'fine' })
    await text('two')
    const [conversation] = await api().conversations.list()
    assert.equal((await messagesOf(conversation?.sid ?? '')).length, 2)
    assert.equal(local.twilio.alerts().length, 1)
  })

  it('is the service’s own where it has one', async () => {
    await listen('onMessageAdd')
    const { sid } = await api().services.create({ friendlyName: 'Own' })
    await api()
      .services(sid)
      .configuration.webhooks()
      .update({ preWebhookUrl: `${target.origin}/own`, filters: ['onMessageAdd'] })
    const { conversations } = api().services(sid)
    const conversation = await conversations.create({})
    await conversations(conversation.sid).messages.create({ body: 'Hi', ...loud })
    assert.deepEqual(
      target.delivered.map(({ path }) => path),
      ['/own'],
    )
  })
})

describe('The post-event webhook of conversations', () => {
  it('hears of every change', async () => {
    const local = await startLocalTwilio()
    const target = await startWebhookTarget()
    const api = local.client.conversations.v1
    await api.configuration.webhooks().update({
      postWebhookUrl: target.origin,
      filters: [
        ...['onConversationUpdated', 'onConversationRemoved', 'onConversationStateUpdated'],
        ...['onParticipantUpdated', 'onParticipantRemoved'],
        ...['onMessageUpdated', 'onMessageRemoved'],
      ],
    })
    const { sid } = await api.conversations.create({})
    const conversation = api.conversations(sid)
    await conversation.participants.create({ identity: 'alice' })
    const { sid: message } = await conversation.messages.create({ author: 'alice', body: 'Hi' })
    await local.clock.advance(1_000)
    await conversation.update({ state: 'closed', ...loud })
    await conversation.participants('alice').update({ attributes: '{"a":1}', ...loud })
    await conversation.participants('alice').remove(loud)
    await conversation.messages(message).update({ body: 'Hello', ...loud })
    await conversation.messages(message).remove(loud)
    await conversation.remove(loud)
    await local.clock.settle()
    assert.deepEqual(
      target.delivered.map(({ form }) => form['EventType']),
      [
        'onConversationStateUpdated',
        'onConversationUpdated',
        'onParticipantUpdated',
        'onParticipantRemoved',
        'onMessageUpdated',
        'onMessageRemoved',
        'onConversationRemoved',
      ],
    )
    const [state, , participant, , , removed] = target.delivered.map(({ form }) => form)
    assert.deepEqual([state?.['StateTo'], state?.['Reason']], ['closed', 'API'])
    assert.deepEqual([participant?.['Identity'], participant?.['Attributes']], ['alice', '{"a":1}'])
    assert.deepEqual([removed?.['MessageSid'], removed?.['Body']], [message, 'Hello'])
    assert.ok(removed?.['DateUpdated'] && removed['DateRemoved'])
    await local.close()
    await target.close()
  })
})
