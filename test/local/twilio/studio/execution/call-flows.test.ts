import assert from 'node:assert/strict'
import { demoAccount } from '../../../../../local/demo-account.ts'
import { type LocalTwilio, startLocalTwilio } from '../../../../support/local-twilio.ts'
import { origin, response, startApplication } from '../../voice/application.ts'
import { contact, ownNumber, publish, run, type SmallWidget, wayOf } from './running-flow.ts'

const agent = '+12025550177'

describe('flows on a call', () => {
  let local: LocalTwilio
  let application: Awaited<ReturnType<typeof startApplication>>
  beforeEach(async () => {
    application = await startApplication(demoAccount.authToken)
    local = await startLocalTwilio({ origins: () => application.origins, sayMsPerCharacter: 100 })
  })
  afterEach(async () => {
    await local.close()
    await application.close()
  })

  const flows = () => local.client.studio.v2.flows
  const codes = () => local.twilio.alerts().map(({ code }) => code)
  /** A call to a number that leads to a flow with these widgets. */
  async function dial(widgets: Readonly<Record<string, SmallWidget>>, extra = {}) {
    const flowSid = await publish(local, widgets, extra)
    const { webhookUrl } = await flows()(flowSid).fetch()
    await local.client.incomingPhoneNumbers.create({
      phoneNumber: ownNumber,
      voiceUrl: webhookUrl,
      statusCallback: webhookUrl,
    })
    return { flowSid, ...(await again(flowSid)) }
  }
  async function again(flowSid: string) {
    const callSid = local.twilio.phones.call({ from: contact, to: ownNumber })
    await local.clock.settle()
    const [latest] = await flows()(flowSid).executions.list({ limit: 1 })
    return { callSid, execution: flows()(flowSid).executions(latest?.sid ?? '') }
  }
  const statusOf = (callSid: string) =>
    local.twilio.view().calls.find(({ sid }) => sid === callSid)?.status

  it('hang up when the flow ends', async () => {
    const { callSid, execution } = await dial({
      hi: ['say-play', { say: 'Hello <b>you</b> & <break/>all' }, { audioComplete: null }],
    })
    assert.equal(statusOf(callSid), 'in-progress')
    await local.clock.advance(10_000)
    assert.equal(statusOf(callSid), 'completed')
    assert.deepEqual(await wayOf(execution), ['Trigger incomingCall hi', 'hi audioComplete Ended'])
    assert.deepEqual(codes(), [])
  })

  it('end when the caller hangs up, and say so', async () => {
    const { callSid, execution } = await dial({
      hi: ['say-play', { say: 'Hello' }, { audioComplete: null }],
    })
    local.twilio.phones.hangUp(callSid)
    await local.clock.settle()
    assert.equal((await execution.fetch()).status, 'ended')
    assert.deepEqual(codes(), [81002])
  })

  it('end when the caller hangs up while an application is asked', async () => {
    let hangUp = () => {}
    application.on('/slow', () => {
      hangUp()
      return { type: 'text/plain', body: 'ok' }
    })
    const { callSid, execution } = await dial({
      hi: ['say-play', { say: 'Hello' }, { audioComplete: 'ask' }],
      ask: ['make-http-request', { url: `${origin}/slow`, method: 'POST' }, { success: 'bye' }],
      bye: ['say-play', { say: 'Bye' }, { audioComplete: null }],
    })
    hangUp = () => local.twilio.phones.hangUp(callSid)
    await local.clock.advance(5_000)
    assert.deepEqual((await wayOf(execution)).at(-1), 'ask success bye')
    assert.equal((await execution.fetch()).status, 'ended')
    assert.deepEqual(codes(), [81002])
  })

  it('hang up when REST ends the execution', async () => {
    const { callSid, execution } = await dial({
      hi: ['say-play', { say: 'Hello' }, { audioComplete: null }],
    })
    await execution.update({ status: 'ended' })
    await local.clock.advance(5_000)
    assert.equal(statusOf(callSid), 'completed')
  })

  it('refuse a second call of the same caller where a flow wants that', async () => {
    const widgets = { hi: ['say-play', { say: 'Hello' }, {}] } as const
    const { flowSid } = await dial(widgets, { flags: { allow_concurrent_calls: false } })
    const heard: string[] = []
    local.twilio.subscribe(({ name, text }) => name === 'call.say' && heard.push(text))
    await again(flowSid)
    assert.match(heard[0] ?? '', /out of service/)
    assert.equal((await flows()(flowSid).executions.list()).length, 1)
  })

  it('connect the caller to somebody and go on afterwards', async () => {
    local.twilio.phones.setProfile({ address: agent, outcome: 'busy' })
    const { execution } = await dial({
      dial: [
        'connect-call-to',
        { noun: 'number', to: agent, timeout: 20 },
        { callCompleted: 'bye' },
      ],
      bye: [
        'set-variables',
        { variables: [{ key: 'was', value: '{{widgets.dial.DialCallStatus}}' }] },
        {},
      ],
    })
    await local.clock.advance(5_000)
    const { context } = await execution.executionContext().fetch()
    assert.equal(context.flow.variables.was, 'busy')
  })

  it('take voicemail, also of a caller who hangs up', async () => {
    const voicemail = {
      record: [
        'record-voicemail',
        { timeout: 5, max_length: 60 },
        { recordingComplete: 'done', hangup: 'done' },
      ],
      done: [
        'set-variables',
        { variables: [{ key: 'url', value: '{{widgets.record.RecordingUrl}}' }] },
        {},
      ],
    } as const
    const { flowSid, execution } = await dial(voicemail)
    await local.clock.advance(10_000)
    assert.equal((await wayOf(execution))[1], 'record recordingComplete done')
    const second = await again(flowSid)
    local.twilio.phones.hangUp(second.callSid)
    await local.clock.settle()
    assert.equal((await wayOf(second.execution))[1], 'record hangup done')
    const { context } = await second.execution.executionContext().fetch()
    assert.match(context.flow.variables.url, /Recordings\/RE/)
  })

  it('queue the caller as a task, whose attributes the flow gives', async () => {
    const { taskrouter } = local.client
    const { sid: workspace } = await taskrouter.v1.workspaces.create({ friendlyName: 'Centre' })
    const [activity] = await taskrouter.v1.workspaces(workspace).activities.list({ limit: 1 })
    const queue = await taskrouter.v1.workspaces(workspace).taskQueues.create({
      friendlyName: 'All',
      reservationActivitySid: activity?.sid,
      assignmentActivitySid: activity?.sid,
    })
    const workflow = await taskrouter.v1.workspaces(workspace).workflows.create({
      friendlyName: 'Support',
      configuration: JSON.stringify({ task_routing: { default_filter: { queue: queue.sid } } }),
    })
    const attributes = '{"language": "es", "quote": "<&>"}'
    const { callSid, execution } = await dial({
      queue: [
        'send-to-flex',
        { workflow: workflow.sid, channel: 'TC1', attributes },
        { callComplete: null },
      ],
    })
    const [task] = await taskrouter.v1.workspaces(workspace).tasks.list()
    const seen = JSON.parse(task?.attributes ?? '{}')
    assert.deepEqual([seen.language, seen.quote, seen.call_sid], ['es', '<&>', callSid])
    local.twilio.phones.hangUp(callSid)
    await local.clock.advance(1_000)
    assert.equal((await wayOf(execution))[1], 'queue callComplete Ended')
    assert.equal((await execution.fetch()).status, 'ended')
  })

  it('hand the call to an application, and take it back when that returns it', async () => {
    application.on('/theirs', ({ fields }) =>
      response(`<Say>Theirs</Say><Redirect>${fields['back']}&amp;colour=red</Redirect>`),
    )
    const { execution } = await dial({
      away: [
        'add-twiml-redirect',
        {
          url: `${origin}/theirs?back=https://webhooks.twilio.com/v1/Accounts/{{trigger.call.AccountSid}}/Flows/{{flow.flow_sid}}?FlowEvent=return`,
        },
        { return: 'bye', timeout: null },
      ],
      bye: ['say-play', { say: '{{widgets.away.colour}}' }, { audioComplete: null }],
    })
    await local.clock.advance(10_000)
    assert.deepEqual(await wayOf(execution), [
      'Trigger incomingCall away',
      'away return bye',
      'bye audioComplete Ended',
    ])
  })

  it('fetch a call back that waits in silence', async () => {
    const { callSid, execution } = await dial({
      ask: [
        'send-and-wait-for-reply',
        { from: ownNumber, body: 'Well?', timeout: '60' },
        { timeout: 'bye' },
      ],
      bye: ['say-play', { say: 'Nobody wrote' }, { audioComplete: null }],
    })
    await local.clock.advance(59_000)
    assert.equal(statusOf(callSid), 'in-progress')
    await local.clock.advance(10_000)
    assert.equal(statusOf(callSid), 'completed')
    assert.equal((await wayOf(execution)).at(-1), 'bye audioComplete Ended')
  })

  it('tell a machine from a person on a call that they make', async () => {
    await local.client.incomingPhoneNumbers.create({ phoneNumber: ownNumber })
    local.twilio.phones.setProfile({ address: contact, outcome: 'machine' })
    const flowSid = await publish(local, {
      call: [
        'make-outgoing-call-v2',
        {
          from: ownNumber,
          to: contact,
          detect_answering_machine: true,
          machine_detection: 'Enable',
        },
        { answered: 'who', busy: null, noAnswer: null, failed: null },
      ],
      who: [
        'set-variables',
        { variables: [{ key: 'who', value: '{{widgets.call.AnsweredBy}}' }] },
        {},
      ],
    })
    const execution = await run(local, flowSid)
    await local.clock.advance(10_000)
    const { context } = await execution.executionContext().fetch()
    assert.equal(context.flow.variables.who, 'machine_start')
    assert.match(context.widgets.call.CallSid, /^CA/)
  })

  it('fail a call that cannot be made', async () => {
    const flowSid = await publish(local, {
      call: [
        'make-outgoing-call-v2',
        { from: 'nobody', to: contact },
        { answered: null, failed: 'no' },
      ],
      no: ['set-variables', { variables: [] }, {}],
    })
    assert.equal((await wayOf(await run(local, flowSid)))[1], 'call failed no')
    assert.deepEqual(codes(), [81008])
  })

  it('record the call', async () => {
    const { callSid, execution } = await dial({
      hi: ['say-play', { say: 'You are recorded' }, { audioComplete: 'record' }],
      record: ['record-call', { record_call: true }, { success: 'bye', failed: null }],
      bye: ['say-play', { say: 'Bye' }, { audioComplete: null }],
    })
    await local.clock.advance(10_000)
    assert.equal((await wayOf(execution))[2], 'record success bye')
    const { context } = await execution.executionContext().fetch()
    assert.equal(context.widgets.record.CallSid, callSid)
  })

  it('are one document when the same webhook comes twice', async () => {
    local.twilio.setFaults({ duplicateWebhooks: 1 })
    const { callSid, execution } = await dial({
      ask: [
        'gather-input-on-call',
        { say: 'Key?', timeout: 5, number_of_digits: 1 },
        { keypress: 'bye', timeout: null },
      ],
      bye: ['say-play', { say: 'Bye' }, { audioComplete: null }],
    })
    local.twilio.phones.press(callSid, '1')
    await local.clock.advance(10_000)
    assert.deepEqual(await wayOf(execution), [
      'Trigger incomingCall ask',
      'ask keypress bye',
      'bye audioComplete Ended',
    ])
    assert.equal((await flows()((await execution.fetch()).flowSid).executions.list()).length, 1)
  })
})
