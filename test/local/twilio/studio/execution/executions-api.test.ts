import assert from 'node:assert/strict'
import { type LocalTwilio, refused, startLocalTwilio } from '../../../../support/local-twilio.ts'
import { contact, contextOf, ownNumber, publish, run, wayOf } from './running-flow.ts'

const say = (key: string, value: string, next: string | null, type?: string) =>
  ['set-variables', { variables: [{ key, value, ...(type && { type }) }] }, { next }] as const
const wait = [
  'send-and-wait-for-reply',
  { from: '{{flow.channel.address}}', body: 'Well?', timeout: '3600' },
  {},
] as const

describe('executions over REST', () => {
  let local: LocalTwilio
  beforeEach(async () => {
    local = await startLocalTwilio()
    await local.client.incomingPhoneNumbers.create({ phoneNumber: ownNumber })
  })
  afterEach(() => local.close())
  const alerts = () => local.twilio.alerts().map(({ code }) => code)
  const flows = () => local.client.studio.v2.flows

  it('go from widget to widget and end, a step each', async () => {
    const flowSid = await publish(local, {
      one: say('a', '{{flow.data.name}}', 'two'),
      two: say('b', '{{flow.variables.a | upcase}} {{flow.channel.address}}', null),
    })
    const execution = await run(local, flowSid, { name: 'Ada' })
    const { status, contactChannelAddress, flowSid: of } = await execution.fetch()
    assert.deepEqual([status, contactChannelAddress, of], ['ended', contact, flowSid])
    assert.deepEqual(await wayOf(execution), [
      'Trigger incomingRequest one',
      'one next two',
      'two next Ended',
    ])
    const { flow, trigger, widgets } = await contextOf(execution)
    assert.deepEqual(flow.variables, { a: 'Ada', b: `ADA ${ownNumber}` })
    assert.deepEqual(widgets, { one: { a: 'Ada' }, two: { b: `ADA ${ownNumber}` } })
    assert.deepEqual(trigger['request'], {
      to: contact,
      from: ownNumber,
      parameters: { name: 'Ada' },
    })
  })

  it('tell the context after each step', async () => {
    const flowSid = await publish(local, { one: say('a', '1', 'two'), two: say('a', '2', null) })
    const execution = await run(local, flowSid)
    const steps = await execution.steps.list()
    const contexts = await Promise.all(
      steps.map(({ sid }) => execution.steps(sid).stepContext().fetch()),
    )
    const variables = contexts.map(({ context }) => context.flow.variables)
    assert.deepEqual(variables, [{ a: 2 }, { a: 1 }, {}])
  })

  it('make numbers and JSON of what is set, and warn of what is none', async () => {
    const flowSid = await publish(local, {
      n: say('n', '{{ 4 | plus: 1 }}', 'o'),
      o: say('o', '{"a": [1]}', 'phone', 'json_object'),
      phone: say('phone', '+12025550123', 'broken'),
      broken: say('broken', '{', null, 'json_object'),
    })
    const { flow } = await contextOf(await run(local, flowSid))
    const { n, o, phone } = flow.variables
    assert.deepEqual([n, o, phone], [5, { a: [1] }, '+12025550123'])
    assert.deepEqual(alerts(), [81027])
  })

  it('are refused while one is active for the contact, and ended by REST', async () => {
    const flowSid = await publish(local, { wait })
    const execution = await run(local, flowSid)
    assert.equal((await execution.fetch()).status, 'active')
    await assert.rejects(run(local, flowSid), refused(409, 20409, /FN.* is already active/))
    assert.equal((await execution.update({ status: 'ended' })).status, 'ended')
    await run(local, flowSid)
    const listed = await flows()(flowSid).executions.list()
    assert.deepEqual(
      listed.map(({ status }) => status),
      ['active', 'ended'],
    )
    await execution.remove()
    await assert.rejects(execution.fetch(), refused(404, 20404, /Executions/))
  })

  it('need addresses of reasonable form and length, and a published flow', async () => {
    const flowSid = await publish(local, { one: say('a', '1', null) })
    const create = (to: string, from = ownNumber, parameters?: unknown) =>
      flows()(flowSid).executions.create({ to, from, parameters })
    await assert.rejects(create('nobody'), refused(400, 81023, /To/))
    await assert.rejects(create(`client:${'x'.repeat(300)}`), refused(400, 81023, /300/))
    await assert.rejects(create('', ownNumber), refused(400, 20001, /To/))
    await assert.rejects(create(contact, ownNumber, '[1]'), refused(400, 20001, /Parameters/))
    const draft = await flows().create({
      friendlyName: 'Draft',
      status: 'draft',
      definition: {
        states: [{ type: 'trigger', name: 'Trigger', transitions: [], properties: {} }],
        initial_state: 'Trigger',
      },
    })
    await assert.rejects(
      flows()(draft.sid).executions.create({ to: contact, from: ownNumber }),
      refused(400, 20001, /published/),
    )
  })

  it('keep the revision that they began with, and test users get the newest draft', async () => {
    const flowSid = await publish(local, { wait })
    const before = await run(local, flowSid)
    await flows()(flowSid).update({ status: 'draft', commitMessage: 'two' })
    await flows()(flowSid)
      .testUsers()
      .update({ testUsers: ['+12025550199'] })
    const tested = await flows()(flowSid).executions.create({ to: '+12025550199', from: ownNumber })
    const other = await flows()(flowSid).executions.create({ to: '+12025550198', from: ownNumber })
    const versions = [await before.fetch(), tested, other].map((each) =>
      Number((each as unknown as { flowVersion?: number }).flowVersion ?? 0),
    )
    assert.equal(versions.length, 3)
    const raw = await local.client.request({
      method: 'get',
      uri: `https://studio.twilio.com/v2/Flows/${flowSid}/Executions`,
    })
    const { executions } = raw.body as { executions: { flow_version: number }[] }
    assert.deepEqual(
      executions.map(({ flow_version }) => flow_version),
      [1, 2, 1],
    )
  })

  it('end and are forgotten after thirty days', async () => {
    const flowSid = await publish(local, {
      wait: ['send-and-wait-for-reply', { from: ownNumber, body: 'Well?', timeout: '2592000' }, {}],
    })
    const execution = await run(local, flowSid)
    await local.clock.advance(30 * 24 * 60 * 60 * 1_000)
    await assert.rejects(execution.fetch(), refused(404, 20404, /Executions/))
  })

  it('are stopped when they go round without an end', async () => {
    const round = await publish(local, { one: say('a', '1', 'two'), two: say('b', '2', 'one') })
    const endless = await run(local, round)
    assert.equal((await endless.fetch()).status, 'ended')
    assert.equal((await endless.steps.list()).length, 1_000)
    const itself = await publish(local, { one: say('a', '1', 'one') })
    assert.equal((await wayOf(await run(local, itself))).length, 11)
    assert.deepEqual(alerts(), [81000, 81001])
    // Its thousandth step is the one that leaves the sub-flow.
    const callee = await publish(local, { one: say('a', '1', null) })
    const properties = { flow_sid: callee, flow_revision: 'LatestPublished' }
    const nested = await publish(local, {
      first: say('a', '1', 'sub'),
      sub: ['run-subflow', properties, { completed: 'sub', failed: null }],
    })
    assert.equal((await (await run(local, nested)).steps.list()).length, 1_000)
    assert.deepEqual(alerts(), [81000, 81001, 81000])
  })

  it('end with an alert at a widget that is not run here', async () => {
    const flowSid = await publish(local, {
      stream: ['fork-stream', { stream_action: 'start' }, { next: null }],
    })
    const execution = await run(local, flowSid)
    assert.equal((await execution.fetch()).status, 'ended')
    assert.match(local.twilio.alerts()[0]?.text ?? '', /“stream”.*fork-stream.*does not run/)
  })

  it('end with an alert at a voice widget without a call', async () => {
    const flowSid = await publish(local, { hi: ['say-play', { say: 'Hi' }, {}] })
    assert.equal((await (await run(local, flowSid)).fetch()).status, 'ended')
    assert.deepEqual(alerts(), [81020])
  })

  it('show nothing in place of a template with a mistake, and warn', async () => {
    const flowSid = await publish(local, { one: say('a', 'x{{ a | shout }}', null) })
    const { flow } = await contextOf(await run(local, flowSid))
    assert.deepEqual(flow.variables, { a: '' })
    assert.deepEqual(alerts(), [81018])
  })

  it('are started twenty times a second at most, as an average of ten', async () => {
    const flowSid = await publish(local, { one: say('a', '1', null) })
    for (let i = 0; i < 200; i++) await run(local, flowSid)
    await assert.rejects(run(local, flowSid), refused(429, 20429, /20 executions a second/))
    await local.clock.advance(10_000)
    await run(local, flowSid)
  })

  it('go with their flow', async () => {
    const flowSid = await publish(local, { wait })
    const execution = await run(local, flowSid)
    await flows()(flowSid).remove()
    await assert.rejects(execution.fetch(), refused(404, 20404, /FN/))
    await local.clock.advance(3_600_000)
  })

  it('go on after a restart when they wait for no call', async () => {
    const flowSid = await publish(local, {
      wait: ['send-and-wait-for-reply', wait[1], { timeout: 'late' }],
      late: say('a', '{{flow.data.name}}', null),
    })
    const execution = await run(local, flowSid, { name: 'Ada' })
    const { sid } = await execution.fetch()
    const restore = JSON.parse(JSON.stringify(local.twilio.snapshot()))
    await local.close()
    local = await startLocalTwilio({ restore })
    const restored = local.client.studio.v2.flows(flowSid).executions(sid)
    assert.equal((await restored.fetch()).status, 'active')
    await local.clock.advance(3_601_000)
    assert.equal((await restored.fetch()).status, 'ended')
    assert.deepEqual((await contextOf(restored)).flow.variables, { a: 'Ada' })
  })
})
