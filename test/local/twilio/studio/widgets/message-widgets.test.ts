import assert from 'node:assert/strict'
import { isObject } from '../../../../../local/twilio/rest/json-parameter.ts'
import type { Outcome } from '../../../../../local/twilio/studio/execution/widget.ts'
import { sendAndWaitForReply } from '../../../../../local/twilio/studio/widgets/send-and-wait-for-reply.ts'
import { sendMessage } from '../../../../../local/twilio/studio/widgets/send-message.ts'
import { sendToFlex } from '../../../../../local/twilio/studio/widgets/send-to-flex.ts'
import { startConversation } from '../../../../../local/twilio/studio/widgets/start-conversation.ts'
import { type LocalTwilio, startLocalTwilio } from '../../../../support/local-twilio.ts'
import { type StepSettings, widgetStep } from './widget-step.ts'

const CUSTOMER = '+12025550999'

const output = (outcome: Outcome, name: string) => {
  assert.ok(outcome.kind === 'exit')
  const value = outcome.outputs?.[name]
  assert.ok(isObject(value))
  return value
}

describe('Studio’s widgets of messages', () => {
  let local: LocalTwilio
  let number: string
  const stepOf = (properties: object, more: Partial<StepSettings> = {}) =>
    widgetStep(local, {
      properties: properties as StepSettings['properties'],
      contact: CUSTOMER,
      channel: number,
      ...more,
    })
  const inbox = () => local.twilio.phones.inbox(CUSTOMER).map(({ body }) => body)
  const codes = ({ alerts }: { alerts: { code: number }[] }) => alerts.map(({ code }) => code)

  beforeEach(async () => {
    local = await startLocalTwilio()
    number = (await local.client.incomingPhoneNumbers.create({ areaCode: '202' })).phoneNumber
  })
  afterEach(() => local.close())

  describe('sendMessage', () => {
    it('sends to the contact from the flow’s own address, and shows the message', async () => {
      const outcome = await sendMessage.start(stepOf({ body: 'Hello' }))
      assert.ok(outcome.kind === 'exit' && outcome.event === 'sent')
      const { Status, From, To, NumSegments } = output(outcome, 'outbound')
      assert.deepEqual([Status, From, To, NumSegments], ['queued', number, CUSTOMER, '1'])
      await local.clock.advance(1_000)
      assert.deepEqual(inbox(), ['Hello'])
    })

    it('sends from a messaging service, with media', async () => {
      const { sid } = await local.client.messaging.v1.services.create({ friendlyName: 'SMS' })
      const [{ sid: phoneNumberSid } = { sid: '' }] = await local.client.incomingPhoneNumbers.list()
      await local.client.messaging.v1.services(sid).phoneNumbers.create({ phoneNumberSid })
      await sendMessage.start(
        stepOf({ from: sid, body: 'Look', media_url: 'https://example.com/a.png' }),
      )
      await local.clock.advance(1_000)
      const [{ from, mediaUrls } = assert.fail('no text')] = local.twilio.phones.inbox(CUSTOMER)
      assert.deepEqual([from, mediaUrls], [number, ['https://example.com/a.png']])
    })

    it('fails with 81011 when Twilio refuses, and shows why', async () => {
      const step = stepOf({ body: 'Hello', to: 'nobody' })
      const outcome = await sendMessage.start(step)
      assert.ok(outcome.kind === 'exit' && outcome.event === 'failed')
      assert.equal(output(outcome, 'outbound')['ErrorCode'], 21211)
      assert.deepEqual(codes(step), [81011])
    })

    it('posts to the conversation that the execution is in', async () => {
      const { sid } = await local.client.conversations.v1.conversations.create()
      const trigger = { ConversationSid: sid }
      const step = stepOf({ body: 'Hello' }, { startedBy: 'conversation', trigger })
      const outcome = await sendMessage.start(step)
      assert.ok(outcome.kind === 'exit')
      assert.equal(output(outcome, 'outbound')['Index'], 0)
      const [message] = await local.client.conversations.v1.conversations(sid).messages.list()
      assert.deepEqual([message?.author, message?.body], [number, 'Hello'])
    })

    it('says that media of its own do not get into a conversation', async () => {
      const { sid } = await local.client.conversations.v1.conversations.create()
      const step = stepOf(
        { body: 'Look', media_url: 'https://example.com/a.png' },
        { startedBy: 'conversation', trigger: { ConversationSid: sid } },
      )
      const outcome = await sendMessage.start(step)
      assert.ok(outcome.kind === 'exit' && outcome.event === 'sent')
      assert.match(step.alerts[0]?.text ?? '', /media_url is left out/)
    })
  })

  describe('sendAndWaitForReply', () => {
    const waiting = async (properties: object = {}) => {
      const outcome = await sendAndWaitForReply.start(stepOf({ body: 'Name?', ...properties }))
      assert.ok(outcome.kind === 'wait')
      const step = stepOf(properties, { memory: outcome.memory })
      return {
        step,
        seconds: outcome.seconds,
        resume: sendAndWaitForReply.resume?.bind(null, step),
      }
    }

    it('waits as long as it is told, an hour by default', async () => {
      assert.equal((await waiting()).seconds, 3_600)
      assert.equal((await waiting({ timeout: '60' })).seconds, 60)
      const { resume } = await waiting()
      const outcome = await resume?.({ kind: 'timeout' })
      assert.ok(outcome?.kind === 'exit' && outcome.event === 'timeout')
      assert.deepEqual(Object.keys(outcome.outputs ?? {}), ['outbound'])
    })

    it('takes the reply, and saves it where it is told', async () => {
      const { resume } = await waiting({ save_response_as: 'name' })
      const fields = { Body: 'Ada', From: CUSTOMER }
      const outcome = await resume?.({ kind: 'message', source: 'message', fields })
      assert.ok(outcome?.kind === 'exit' && outcome.event === 'incomingMessage')
      assert.deepEqual([outcome.outputs?.['inbound'], outcome.variables], [fields, { name: 'Ada' }])
    })

    it('shows a reply of a conversation in both places', async () => {
      const { resume } = await waiting()
      const fields = { Body: 'Ada', Author: CUSTOMER }
      const outcome = await resume?.({ kind: 'message', source: 'conversation', fields })
      assert.ok(outcome?.kind === 'exit')
      assert.deepEqual(outcome.trigger, { conversation: fields })
    })

    it('leaves by deliveryFailure when the message is refused, or turns out undeliverable', async () => {
      const step = stepOf({ body: '' })
      const refused = await sendAndWaitForReply.start(step)
      assert.ok(refused.kind === 'exit' && refused.event === 'deliveryFailure')
      const { step: later, resume } = await waiting()
      const told = (MessageStatus: string) =>
        resume?.({
          kind: 'callback',
          event: 'messageStatus',
          fields: { MessageStatus, ErrorCode: '30003' },
        })
      assert.equal((await told('delivered'))?.kind, 'wait')
      const failed = await told('undelivered')
      assert.ok(failed?.kind === 'exit' && failed.event === 'deliveryFailure')
      assert.deepEqual([...codes(step), ...codes(later)], [81011, 81011])
    })
  })

  describe('sendToFlex', () => {
    let workflow: string
    beforeEach(async () => {
      const { workspaces } = local.client.taskrouter.v1
      await workspaces.create({ friendlyName: 'Another' })
      const { sid } = await workspaces.create({ friendlyName: 'Centre' })
      const queue = await workspaces(sid).taskQueues.create({ friendlyName: 'All' })
      const configuration = { task_routing: { default_filter: { queue: queue.sid } } }
      const created = await workspaces(sid).workflows.create({
        friendlyName: 'Texts',
        configuration: JSON.stringify(configuration),
      })
      workflow = created.sid
    })

    it('makes a task of a message and goes on at once', async () => {
      const properties = { workflow, channel: 'sms', attributes: '{"type":"text"}', priority: '5' }
      const outcome = await sendToFlex.start(stepOf({ ...properties, timeout: '600' }))
      assert.ok(outcome.kind === 'exit' && outcome.event === 'callComplete')
      const task = outcome.outputs ?? {}
      assert.deepEqual(
        [task['workflow_sid'], task['priority'], task['timeout'], task['attributes']],
        [workflow, 5, 600, '{"type":"text"}'],
      )
      assert.equal(task['task_channel_unique_name'], 'sms')
    })

    it('makes an interaction of a conversation, whose task says who writes', async () => {
      const { sid: ConversationSid } = await local.client.conversations.v1.conversations.create()
      const outcome = await sendToFlex.start(
        stepOf(
          { workflow, channel: 'chat', attributes: '{"name":"Ada"}' },
          { startedBy: 'conversation', trigger: { ConversationSid } },
        ),
      )
      assert.ok(outcome.kind === 'exit' && outcome.event === 'callComplete')
      const { sid, channel, routing, url } = await local.client.flexApi.v1
        .interaction(String(outcome.outputs?.['sid']))
        .fetch()
      assert.deepEqual(outcome.outputs, { sid, channel, routing, url })
      const attributes = JSON.parse(routing.properties.attributes)
      assert.deepEqual(
        [attributes.conversationSid, attributes.customerAddress, attributes.name],
        [ConversationSid, CUSTOMER, 'Ada'],
      )
      assert.deepEqual(
        [attributes.flexInteractionSid, attributes.flexInteractionChannelSid],
        [sid, channel.sid],
      )
      assert.equal(routing.properties.task_channel_unique_name, 'chat')
    })

    it('fails with 81015 on bad attributes or an unknown workflow', async () => {
      const steps = [
        stepOf({ workflow, attributes: '{"type":' }),
        stepOf({ workflow, attributes: JSON.stringify({ a: 'x'.repeat(1_024) }) }),
        stepOf({ workflow: `WW${'1'.repeat(32)}`, attributes: '{}' }),
        stepOf({ workflow, attributes: '[' }, { callSid: `CA${'1'.repeat(32)}` }),
      ]
      for (const step of steps) {
        const outcome = await sendToFlex.start(step)
        assert.ok(outcome.kind === 'exit' && outcome.event === 'failedToEnqueue')
        assert.deepEqual(codes(step), [81015])
      }
    })

    it('has nothing to send when REST started the execution', async () => {
      const step = stepOf({ workflow }, { startedBy: 'request' })
      await sendToFlex.start(step)
      assert.deepEqual(codes(step), [81020])
    })

    it('puts a call into the queue, and goes on when it has left it', async () => {
      const properties = { workflow, attributes: '{"a":"<&\\""}', priority: '2', waitUrl: '/wait' }
      const step = stepOf(properties, { startedBy: 'call', callSid: `CA${'1'.repeat(32)}` })
      const outcome = await sendToFlex.start(step)
      assert.ok(outcome.kind === 'wait')
      assert.equal(
        outcome.twiml,
        `<Enqueue workflowSid="${workflow}" action="https://webhooks.twilio.com/flow?FlowEvent=queueLeft" waitUrl="/wait">` +
          '<Task priority="2">{&quot;a&quot;:&quot;&lt;&amp;\\&quot;&quot;}</Task></Enqueue>',
      )
      const left = async (QueueResult: string) => {
        const fields = { QueueResult }
        const exit = await sendToFlex.resume?.(step, {
          kind: 'callback',
          event: 'queueLeft',
          fields,
        })
        return exit?.kind === 'exit' ? exit.event : exit?.kind
      }
      assert.deepEqual(
        [await left('bridged'), await left('queue-full'), await left('system-error')],
        ['callComplete', 'failedToEnqueue', 'callFailure'],
      )
    })
  })

  describe('startConversation', () => {
    const properties = () => ({
      friendly_name: 'Order 7',
      participants: [
        {
          type: 'sms',
          messaging_binding_address: CUSTOMER,
          messaging_binding_proxy_address: number,
        },
      ],
    })

    it('begins one with its participant and a webhook that leads to the flow', async () => {
      const { sid: flow } = await local.client.studio.v2.flows.create({
        friendlyName: 'Greeting',
        status: 'published',
        definition: {
          states: [{ name: 'Trigger', type: 'trigger', transitions: [], properties: {} }],
          initial_state: 'Trigger',
        },
      })
      const step = stepOf({ ...properties(), flow }, { startedBy: 'request' })
      const outcome = await startConversation.start(step)
      assert.ok(outcome.kind === 'exit' && outcome.event === 'created')
      const { sid, participants } = output(outcome, 'conversation')
      assert.ok(Array.isArray(participants) && participants.length === 1)
      assert.equal(step.joined[0]?.sid, sid)
      const [webhook] = await local.client.conversations.v1
        .conversations(String(sid))
        .webhooks.list()
      assert.deepEqual([webhook?.target, webhook?.configuration.flow_sid], ['studio', flow])
    })

    it('fails, and leaves none open, when somebody cannot join', async () => {
      const step = stepOf(
        { participants: [{ type: 'sms', messaging_binding_address: '12' }] },
        { startedBy: 'request' },
      )
      const outcome = await startConversation.start(step)
      assert.ok(outcome.kind === 'exit' && outcome.event === 'failed')
      const [conversation] = await local.client.conversations.v1.conversations.list()
      assert.equal(conversation?.state, 'closed')
    })

    it('fails in executions that REST has not started', async () => {
      const step = stepOf(properties())
      await startConversation.start(step)
      assert.deepEqual(codes(step), [81020])
    })
  })
})
