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

describe('A flow that hands over to agents', () => {
  let local: LocalTwilio
  let number: string
  let workspaceSid: string
  let agents: object
  const workspace = () => local.client.taskrouter.v1.workspaces(workspaceSid)
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
  beforeEach(async () => {
    local = await startLocalTwilio()
    number = (await local.client.incomingPhoneNumbers.create({ phoneNumber: NUMBER })).phoneNumber
    const { workspaces } = local.client.taskrouter.v1
    workspaceSid = (await workspaces.create({ friendlyName: 'Centre' })).sid
    const queue = await workspace().taskQueues.create({ friendlyName: 'All' })
    const workflow = await workspace().workflows.create({
      friendlyName: 'Texts',
      configuration: JSON.stringify({ task_routing: { default_filter: { queue: queue.sid } } }),
    })
    agents = state(
      'agents',
      'send-to-flex',
      {
        workflow: workflow.sid,
        channel: 'default',
        attributes: '{"text": {{trigger.message.Body | default: "none" | to_json}}}',
      },
      { callComplete: '', failedToEnqueue: '', callFailure: '' },
    )
  })

  afterEach(() => local.close())

  it('makes a task of a text', async () => {
    const flow = await run([state('Trigger', 'trigger', {}, { incomingMessage: 'agents' }), agents])
    await text('My "order"')
    const [task] = await workspace().tasks.list()
    assert.deepEqual(JSON.parse(task?.attributes ?? ''), { text: 'My "order"' })
    const [execution] = await flow.executions.list()
    const { context } = await flow
      .executions(execution?.sid ?? '')
      .executionContext()
      .fetch()
    assert.equal(context.widgets.agents.sid, task?.sid)
  })

  it('leaves a conversation to them', async () => {
    const { sid } = await deploy([
      state('Trigger', 'trigger', {}, { incomingConversationMessage: 'agents' }),
      agents,
    ])
    await local.client.conversations.v1.addressConfigurations.create({
      type: 'sms',
      address: number,
      'autoCreation.enabled': true,
      'autoCreation.type': 'studio',
      'autoCreation.studioFlowSid': sid,
    })
    await text('My order is late')
    await text('Is anybody there?')
    const [task, ...others] = await workspace().tasks.list()
    assert.deepEqual(others, [])
    const { conversationSid, customerAddress } = JSON.parse(task?.attributes ?? '')
    const { messages } = local.client.conversations.v1.conversations(conversationSid)
    assert.deepEqual([customerAddress, (await messages.list()).length], [CUSTOMER, 2])
    assert.equal((await local.client.studio.v2.flows(sid).executions.list()).length, 1)
    assert.deepEqual(codes(), [])
  })

  it('puts a call into their queue, until it leaves it', async () => {
    const flow = await run([state('Trigger', 'trigger', {}, { incomingCall: 'agents' }), agents])
    const call = local.twilio.phones.call({ from: CUSTOMER, to: NUMBER })
    await local.clock.advance(5_000)
    const [task] = await workspace().tasks.list()
    assert.equal(JSON.parse(task?.attributes ?? '').text, 'none')
    const [execution] = await flow.executions.list()
    assert.equal(execution?.status, 'active')
    local.twilio.phones.hangUp(call)
    await local.clock.advance(20_000)
    const ended = flow.executions(execution.sid)
    const [last] = await ended.steps.list()
    assert.deepEqual([(await ended.fetch()).status, last?.name], ['ended', 'callComplete'])
    const { context } = await ended.executionContext().fetch()
    assert.equal(context.widgets.agents.QueueResult, 'hangup')
  })
})
