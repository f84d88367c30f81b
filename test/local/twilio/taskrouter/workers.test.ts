import assert from 'node:assert/strict'
import { type LocalTwilio, refused, startLocalTwilio } from '../../../support/local-twilio.ts'

describe('the workers of TaskRouter', () => {
  let local: LocalTwilio
  let sid: string
  const api = () => local.client.taskrouter.v1.workspaces(sid)
  const activitySid = async (name: string) =>
    (await api().activities.list({ friendlyName: name }))[0]?.sid ?? ''

  before(async () => {
    local = await startLocalTwilio()
  })
  after(() => local.close())
  beforeEach(async () => {
    sid = (await local.client.taskrouter.v1.workspaces.create({ friendlyName: 'Centre' })).sid
  })

  describe('Workers', () => {
    it('start in the default activity, with empty attributes and an ETag', async () => {
      const worker = await api().workers.create({ friendlyName: 'Ann' })
      assert.equal(worker.activityName, 'Offline')
      assert.equal(worker.available, false)
      assert.equal(worker.attributes, '{}')
    })

    it('keep the text of their attributes', async () => {
      const attributes = '{ "languages": ["es"] }'
      const worker = await api().workers.create({ friendlyName: 'Ann', attributes })
      assert.equal((await api().workers(worker.sid).fetch()).attributes, attributes)
    })

    it('refuse a taken name in any case, and attributes that are no JSON object or too long', async () => {
      await api().workers.create({ friendlyName: 'Ann' })
      await assert.rejects(
        api().workers.create({ friendlyName: 'ANN' }),
        refused(400, 20001, /exists already/),
      )
      await assert.rejects(
        api().workers.create({ friendlyName: 'Bob', attributes: '{' }),
        refused(400, 20001, /not valid JSON/),
      )
      await assert.rejects(
        api().workers.create({ friendlyName: 'Bob', attributes: '[]' }),
        refused(400, 20001, /JSON object/),
      )
      await assert.rejects(
        api().workers.create({ friendlyName: 'Bob', attributes: `{"a":"${'x'.repeat(4096)}"}` }),
        refused(400, 20001, /4096/),
      )
    })

    it('change activity at a time', async () => {
      const worker = await api().workers.create({ friendlyName: 'Ann' })
      await local.clock.advance(5_000)
      const next = await api()
        .workers(worker.sid)
        .update({ activitySid: await activitySid('Available') })
      assert.equal(next.available, true)
      assert.equal(next.dateStatusChanged.getTime() - worker.dateCreated.getTime(), 5_000)
    })

    it('are left as they were when a part of an update is refused', async () => {
      const { sid: workerSid } = await api().workers.create({ friendlyName: 'Ann' })
      const update = (rest: { activitySid?: string; rejectPendingReservations?: boolean }) =>
        api()
          .workers(workerSid)
          .update({ friendlyName: 'Bea', attributes: '{"a":1}', ...rest })
      const unknown = `WA${'0'.repeat(32)}`
      await assert.rejects(update({ activitySid: unknown }), refused(400, 20001, /is no activity/))
      const available = await activitySid('Available')
      await assert.rejects(
        update({ activitySid: available, rejectPendingReservations: true }),
        refused(400, 20001, /needs an unavailable activity/),
      )
      const { friendlyName, attributes } = await api().workers(workerSid).fetch()
      assert.deepEqual([friendlyName, attributes], ['Ann', '{}'])
    })

    it('refuse an update for another version with 412', async () => {
      const worker = await api().workers.create({ friendlyName: 'Ann' })
      const update = (ifMatch: string) =>
        api().workers(worker.sid).update({ attributes: '{"a":1}', ifMatch })
      await update('"0"')
      await assert.rejects(update('"0"'), refused(412, 20412, /If-Match/))
      await update('"1"')
    })

    it('are not deleted while available', async () => {
      const worker = await api().workers.create({
        friendlyName: 'Ann',
        activitySid: await activitySid('Available'),
      })
      await assert.rejects(
        api().workers(worker.sid).remove(),
        refused(400, 20001, /available activity/),
      )
      await api()
        .workers(worker.sid)
        .update({ activitySid: await activitySid('Offline') })
      assert.equal(await api().workers(worker.sid).remove(), true)
    })

    it('are listed by what they are, know and do', async () => {
      const queue = await api().taskQueues.create({
        friendlyName: 'Spanish',
        targetWorkers: "languages HAS 'es'",
      })
      await api().workers.create({
        friendlyName: 'Ann',
        attributes: '{"languages":["es"],"level":3}',
        activitySid: await activitySid('Available'),
      })
      await api().workers.create({ friendlyName: 'Bob', attributes: '{"level":5}' })
      const names = async (filter: Parameters<ReturnType<typeof api>['workers']['list']>[0]) =>
        (await api().workers.list(filter)).map(({ friendlyName }) => friendlyName)
      assert.deepEqual(await names({ taskQueueSid: queue.sid }), ['Ann'])
      assert.deepEqual(await names({ taskQueueName: 'Spanish' }), ['Ann'])
      assert.deepEqual(await names({ targetWorkersExpression: 'level > 4' }), ['Bob'])
      assert.deepEqual(await names({ targetWorkersExpression: "activity_name == 'Available'" }), [
        'Ann',
      ])
      assert.deepEqual(await names({ available: 'false' }), ['Bob'])
      assert.deepEqual(await names({ activityName: 'Available' }), ['Ann'])
      await assert.rejects(
        api().workers.list({ targetWorkersExpression: 'level >' }),
        refused(400, 20001, /Invalid expression/),
      )
    })
  })

  describe('worker channels', () => {
    it('exist with the worker, capacity 1, under the channel’s name too', async () => {
      const worker = await api().workers.create({ friendlyName: 'Ann' })
      const channels = await api().workers(worker.sid).workerChannels.list()
      assert.equal(channels.length, 5)
      const voice = await api().workers(worker.sid).workerChannels('voice').fetch()
      assert.equal(voice.configuredCapacity, 1)
      assert.equal(voice.availableCapacityPercentage, 100)
      const next = await api()
        .workers(worker.sid)
        .workerChannels(voice.sid)
        .update({ capacity: 3, available: false })
      assert.deepEqual([next.sid, next.configuredCapacity, next.available], [voice.sid, 3, false])
    })
  })
})
