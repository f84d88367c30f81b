import assert from 'node:assert/strict'
import { type LocalTwilio, refused, startLocalTwilio } from '../../../support/local-twilio.ts'
import { startWebhookTarget } from '../../../support/webhook-target.ts'

const webhook = { destination: 'https://example.com/events', method: 'POST', batch_events: false }
const created = 'com.twilio.taskrouter.task.created'
const ended = 'com.twilio.studio.flow.execution.ended'

describe('Event Streams', () => {
  let local: LocalTwilio
  const events = () => local.client.events.v1
  const createSink = (sinkConfiguration: unknown = webhook, sinkType = 'webhook') =>
    events().sinks.create({
      description: 'Archive',
      sinkConfiguration,
      sinkType: sinkType as 'webhook',
    })
  const subscribe = (sinkSid: string, ...types: unknown[]) =>
    events().subscriptions.create({ description: 'Tasks', sinkSid, types })

  beforeEach(async () => {
    local = await startLocalTwilio()
  })
  afterEach(() => local.close())

  it('has a catalogue of types with their schemas', async () => {
    const type = await events().eventTypes(created).fetch()
    assert.deepEqual([type.schemaId, type.status], ['TaskRouter.WDSEvent', 'available'])
    const steps = await events().eventTypes.list({ schemaId: 'Studio.FlowStepEvent' })
    assert.deepEqual(
      steps.map((step) => step.type),
      ['com.twilio.studio.flow.step.ended'],
    )
    assert.equal((await events().eventTypes.list({ pageSize: 10 })).length > 60, true)
    const schema = events().schemas('TaskRouter.WDSEvent')
    assert.equal((await schema.fetch()).latestVersion, 4)
    assert.equal((await schema.versions.list()).length, 4)
    assert.equal(
      (await schema.versions(4).fetch()).raw,
      'https://events-schemas.twilio.com/TaskRouter.WDSEvent/4',
    )
    await assert.rejects(schema.versions(5).fetch(), refused(404, 20404, /Versions\/5/))
    await assert.rejects(
      events().eventTypes('com.twilio.taskrouter.workspace.created').fetch(),
      refused(404, 20404, /Types\/com\.twilio/),
    )
  })

  it('makes sinks that are active at once, and changes only their description', async () => {
    const sink = await createSink()
    assert.match(sink.sid, /^DG[0-9a-f]{32}$/)
    assert.deepEqual([sink.status, sink.sinkConfiguration], ['active', webhook])
    const { sid } = sink
    assert.equal((await events().sinks(sid).update({ description: 'Old' })).description, 'Old')
    assert.equal((await events().sinks(sid).sinkTest.create()).result, 'submitted')
    const validated = await events().sinks(sid).sinkValidate.create({ testId: 'a' })
    assert.equal(validated.result, 'valid')
    const kinesis = {
      arn: 'arn:aws:kinesis:us-east-1:111111111:stream/test',
      role_arn: 'arn:aws:iam::111111111:role/Role',
      external_id: '1234567890',
    }
    await createSink(kinesis, 'kinesis')
    await createSink({ write_key: 'key' }, 'segment')
    assert.equal((await events().sinks.list({ status: 'active' })).length, 3)
    assert.equal((await events().sinks.list({ status: 'failed' })).length, 0)
  })

  it('sends a test event to a webhook; one that does not arrive is an alert', async () => {
    const target = await startWebhookTarget()
    const here = (path: string) =>
      createSink({ destination: target.origin + path, method: 'POST' }).then(({ sid }) => sid)
    const sid = await here('/events')
    await events().sinks(sid).sinkTest.create()
    await local.clock.advance(0)
    const [delivered] = target.delivered
    assert.equal(delivered?.path.split('?')[0], '/events')
    assert.match(String(delivered?.headers['content-type']), /json/)
    assert.ok(delivered?.headers['x-twilio-signature'])
    assert.deepEqual(local.twilio.alerts(), [])
    target.reply = () => ({ status: 503 })
    await events()
      .sinks(await here('/away'))
      .sinkTest.create()
    await local.clock.advance(0)
    assert.match(String(local.twilio.alerts()[0]?.text), /did not arrive at .*\/away: answered 503/)
    await target.close()
  })

  it('refuses sinks that cannot be reached', async () => {
    const bad = (problem: RegExp) => refused(400, 20001, problem)
    await assert.rejects(createSink({ ...webhook, destination: 'x' }), bad(/destination/))
    await assert.rejects(createSink({ ...webhook, method: 'PUT' }), bad(/method/))
    await assert.rejects(createSink({ arn: 'arn' }, 'kinesis'), bad(/arn is not of the form/))
    await assert.rejects(createSink({}, 'segment'), bad(/write_key is required/))
    await assert.rejects(createSink({}, 'pigeon'), bad(/SinkType must be one of/))
  })

  it('has at most 100 sinks', async () => {
    for (let i = 0; i < 100; i++) await createSink()
    await assert.rejects(createSink(), refused(400, 91003, /100 sinks/))
  })

  it('subscribes to types, in the latest version of their schema unless told', async () => {
    const { sid: sinkSid } = await createSink()
    const { sid } = await subscribe(sinkSid, { type: created, schema_version: 2 }, { type: ended })
    const subscribed = await events().subscriptions(sid).subscribedEvents.list()
    assert.deepEqual(
      subscribed.map(({ type, schemaVersion }) => [type, schemaVersion]),
      [
        [created, 2],
        [ended, 2],
      ],
    )
    assert.equal((await events().subscriptions.list({ sinkSid })).length, 1)
    assert.equal((await events().sinks.list({ inUse: true })).length, 1)
    assert.equal((await events().sinks.list({ inUse: false })).length, 0)
  })

  it('adds, changes and removes the types of a subscription', async () => {
    const { sid: sinkSid } = await createSink()
    const { sid } = await subscribe(sinkSid, { type: created })
    const { subscribedEvents } = events().subscriptions(sid)
    await subscribedEvents.create({ type: ended, schemaVersion: 1 })
    // Once more is no second one.
    await subscribedEvents.create({ type: ended, schemaVersion: 2 })
    await subscribedEvents(created).update({ schemaVersion: 3 })
    assert.deepEqual(
      (await subscribedEvents.list()).map(({ type, schemaVersion }) => [type, schemaVersion]),
      [
        [created, 3],
        [ended, 2],
      ],
    )
    assert.equal(await subscribedEvents(created).remove(), true)
    await assert.rejects(subscribedEvents(created).fetch(), refused(404, 20404, /task\.created/))
  })

  it('refuses types that do not exist, twice the same, and unknown sinks', async () => {
    const { sid } = await createSink()
    const wrong = (code: number, problem: RegExp) => refused(400, code, problem)
    const type = 'com.twilio.taskrouter.task.made'
    await assert.rejects(subscribe(sid, { type }), wrong(20001, /not found in the system/))
    await assert.rejects(
      subscribe(sid, { type: created, schema_version: 9 }),
      wrong(20001, /versions 1 to 4/),
    )
    await assert.rejects(
      subscribe(sid, { type: 'com.twilio.conversations.delivery.updated' }),
      wrong(20001, /discontinued/),
    )
    await assert.rejects(
      subscribe(sid, { type: created }, { type: created }),
      wrong(91101, /named twice/),
    )
    await assert.rejects(
      subscribe(`DG${'0'.repeat(32)}`, { type: created }),
      wrong(91100, /no active sink/),
    )
  })

  it('keeps a sink while a subscription uses it', async () => {
    const { sid: sinkSid } = await createSink()
    const { sid } = await subscribe(sinkSid, { type: created })
    await assert.rejects(events().sinks(sinkSid).remove(), refused(400, 91007, /uses it/))
    assert.equal(await events().subscriptions(sid).remove(), true)
    assert.equal(await events().sinks(sinkSid).remove(), true)
  })
})
