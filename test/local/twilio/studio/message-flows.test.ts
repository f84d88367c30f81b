import assert from 'node:assert/strict'
import { demoAccount } from '../../../../local/demo-account.ts'
import { type LocalTwilio, startLocalTwilio } from '../../../support/local-twilio.ts'

const CUSTOMER = '+12025550999'
const NUMBER = '+12025550100'

const state = (
  name: string,
  type: string,
  properties: object = {},
  next: Readonly<Record<string, string>> = {},
) => ({
  name,
  type,
  properties: { offset: { x: 0, y: 0 }, ...properties },
  transitions: Object.entries(next).map(([event, to]) => ({ event, ...(to && { next: to }) })),
})

describe('A flow of messages', () => {
  let local: LocalTwilio
  let number: string
  const inbox = () => local.twilio.phones.inbox(CUSTOMER).map(({ body }) => body)
  const codes = () => local.twilio.alerts().map(({ code }) => code)
  const text = async (body: string) => {
    local.twilio.phones.text({ from: CUSTOMER, to: number, body })
    await local.clock.advance(5_000)
  }

  const deploy = (states: readonly object[]) =>
    local.client.studio.v2.flows.create({
      friendlyName: 'Texts',
      status: 'published',
      definition: { states, initial_state: 'Trigger' },
    })
  /** Publishes a flow and leads the number’s texts and calls to it. */
  async function run(states: readonly object[]) {
    const { sid } = await deploy(states)
    const smsUrl = `https://webhooks.twilio.com/v1/Accounts/${demoAccount.accountSid}/Flows/${sid}`
    const [bought] = await local.client.incomingPhoneNumbers.list()
    await local.client.incomingPhoneNumbers(bought?.sid ?? '').update({ smsUrl, voiceUrl: smsUrl })
    return local.client.studio.v2.flows(sid)
  }
  const asking = [
    state('Trigger', 'trigger', {}, { incomingMessage: 'ask' }),
    state(
      'ask',
      'send-and-wait-for-reply',
      { from: '{{flow.channel.address}}', body: 'Your name?', timeout: '600' },
      { incomingMessage: 'greet', timeout: 'late', deliveryFailure: '' },
    ),
    state(
      'greet',
      'send-message',
      { from: '{{flow.channel.address}}', body: 'Hello {{widgets.ask.inbound.Body}}' },
      { sent: '', failed: '' },
    ),
    state('late', 'send-message', { from: NUMBER, body: 'Too late' }, { sent: '', failed: '' }),
  ]

  beforeEach(async () => {
    local = await startLocalTwilio()
    number = (await local.client.incomingPhoneNumbers.create({ phoneNumber: NUMBER })).phoneNumber
  })
  afterEach(() => local.close())

  it('begins with a text, waits for the reply, and answers it', async () => {
    const flow = await run(asking)
    await text('Hi')
    assert.deepEqual(inbox(), ['Your name?'])
    const [execution] = await flow.executions.list()
    assert.deepEqual([execution?.status, execution?.contactChannelAddress], ['active', CUSTOMER])
    await text('Ada')
    assert.deepEqual(inbox(), ['Your name?', 'Hello Ada'])
    const [after, ...others] = await flow.executions.list()
    assert.deepEqual([after?.sid, after?.status, others.length], [execution?.sid, 'ended', 0])
    const { context } = await flow
      .executions(after?.sid ?? '')
      .executionContext()
      .fetch()
    assert.equal(context.trigger.message.Body, 'Hi')
    assert.equal(context.widgets.greet.outbound.To, CUSTOMER)
    assert.deepEqual(codes(), [])
  })

  it('goes another way when nobody replies in time', async () => {
    await run(asking)
    await text('Hi')
    await local.clock.advance(601_000)
    assert.deepEqual(inbox(), ['Your name?', 'Too late'])
  })

  it('goes another way when the question does not arrive', async () => {
    const flow = await run(asking)
    local.twilio.phones.setProfile({ address: CUSTOMER, texts: 'unreachable' })
    await text('Hi')
    const [execution] = await flow.executions.list()
    const [last] = await flow.executions(execution?.sid ?? '').steps.list()
    assert.deepEqual([execution?.status, last?.name], ['ended', 'deliveryFailure'])
    assert.deepEqual(codes(), [81011])
  })

  it('goes on waiting after a restart', async () => {
    await run(asking)
    await text('Hi')
    const restore = JSON.parse(JSON.stringify(local.twilio.snapshot()))
    await local.close()
    local = await startLocalTwilio({ restore })
    await text('Ada')
    assert.deepEqual(inbox(), ['Hello Ada'])
  })

  it('sends content templates, with variables that it fills in', async () => {
    const { sid } = await local.client.content.v1.contents.create({
      language: 'en',
      types: { 'twilio/text': { body: 'You wrote: {{1}}' } },
    } as never)
    await run([
      state('Trigger', 'trigger', {}, { incomingMessage: 'echo' }),
      state(
        'echo',
        'send-message',
        {
          from: '{{flow.channel.address}}',
          to: '{{contact.channel.address}}',
          message_type: 'content_template',
          content_sid: sid,
          content_variables: [{ key: '1', value: '{{trigger.message.Body}}' }],
        },
        { sent: '', failed: '' },
      ),
    ])
    await text('Hi')
    assert.deepEqual(inbox(), ['You wrote: Hi'])
  })

  it('leaves a text aside that no widget waits for, with 81002', async () => {
    const flow = await run([
      state('Trigger', 'trigger', {}, { incomingRequest: 'call', incomingMessage: '' }),
      state(
        'call',
        'make-outgoing-call-v2',
        { from: '{{flow.channel.address}}', to: '{{contact.channel.address}}', timeout: 60 },
        { answered: '', busy: '', noAnswer: '', failed: '' },
      ),
    ])
    local.twilio.phones.setProfile({ address: CUSTOMER, outcome: 'let-ring' })
    await flow.executions.create({ to: CUSTOMER, from: number })
    await text('I cannot talk now')
    assert.deepEqual(codes(), [81002])
    assert.equal((await flow.executions.list()).length, 1)
  })

  it('holds the conversation that an address begins', async () => {
    const { sid } = await deploy([
      state('Trigger', 'trigger', {}, { incomingConversationMessage: 'ask' }),
      state(
        'ask',
        'send-and-wait-for-reply',
        { from: '{{flow.channel.address}}', body: 'Your name?', timeout: '600' },
        { incomingMessage: 'greet', timeout: '', deliveryFailure: '' },
      ),
      state(
        'greet',
        'send-message',
        {
          from: '{{flow.channel.address}}',
          body: 'Hello {{widgets.ask.inbound.Body}}{{trigger.conversation.Body}}',
        },
        { sent: '', failed: '' },
      ),
    ])
    await local.client.conversations.v1.addressConfigurations.create({
      type: 'sms',
      address: number,
      'autoCreation.enabled': true,
      'autoCreation.type': 'studio',
      'autoCreation.studioFlowSid': sid,
    })
    await text('Hi')
    await text('Ada')
    assert.deepEqual(inbox(), ['Your name?', 'Hello AdaAda'])
    const [conversation] = await local.client.conversations.v1.conversations.list()
    const messages = await local.client.conversations.v1
      .conversations(conversation?.sid ?? '')
      .messages.list()
    assert.deepEqual(
      messages.map(({ author }) => author),
      [CUSTOMER, number, CUSTOMER, number],
    )
    assert.deepEqual(codes(), [])
  })

  it('starts a conversation when REST starts it, and hears what is written there', async () => {
    const service = await local.client.conversations.v1.services.create({ friendlyName: 'Own' })
    const flow = await run([
      state('Trigger', 'trigger', {}, { incomingRequest: 'start' }),
      state(
        'start',
        'start-conversation',
        {
          conversation_service_sid: service.sid,
          close_conversation_on_execution_end: true,
          participants: [
            {
              type: 'sms',
              messaging_binding_address: '{{contact.channel.address}}',
              messaging_binding_proxy_address: '{{flow.channel.address}}',
            },
          ],
        },
        { created: 'ask', failed: '' },
      ),
      state(
        'ask',
        'send-and-wait-for-reply',
        { from: '{{flow.channel.address}}', body: 'Still there?', timeout: '600' },
        { incomingMessage: '', timeout: '', deliveryFailure: '' },
      ),
    ])
    const { sid } = await flow.executions.create({ to: CUSTOMER, from: number })
    await local.clock.advance(5_000)
    assert.deepEqual(inbox(), ['Still there?'])
    await text('Yes I am')
    const { context } = await flow.executions(sid).executionContext().fetch()
    assert.equal(context.widgets.ask.inbound.Body, 'Yes I am')
    const { sid: conversationSid } = context.flow.channel
    const conversation = await local.client.conversations.v1
      .services(service.sid)
      .conversations(conversationSid)
      .fetch()
    assert.equal(conversation.state, 'closed')
    assert.deepEqual(codes(), [])
  })
})
