import assert from 'node:assert/strict'
import { type LocalTwilio, refused, startLocalTwilio } from '../../../support/local-twilio.ts'
import { declareSmallCentre, type SmallCentre } from '../../../support/small-centre.ts'

describe('the tasks of TaskRouter', () => {
  let local: LocalTwilio
  let centre: SmallCentre
  const api = () => local.client.taskrouter.v1.workspaces(centre.workspaceSid)
  const reservationOf = async (taskSid: string) => {
    const [first] = await api().tasks(taskSid).reservations.list({ reservationStatus: 'pending' })
    assert.ok(first, `task ${taskSid} has no pending reservation`)
    return first
  }

  beforeEach(async () => {
    local = await startLocalTwilio()
    centre = await declareSmallCentre(local)
  })
  afterEach(() => local.close())

  it('go to the only workflow and are offered to a worker at once', async () => {
    const task = await api().tasks.create({ attributes: '{"a":1}', timeout: 60 })
    assert.equal(task.assignmentStatus, 'reserved')
    assert.equal(task.taskQueueFriendlyName, 'Everyone')
    assert.equal(task.workflowFriendlyName, 'Calls')
    assert.equal(task.taskChannelUniqueName, 'default')
    assert.equal(task.timeout, 60)
    const reservation = await reservationOf(task.sid)
    assert.equal(reservation.workerName, 'Ann')
    const [seenByWorker] = await api().workers(centre.annSid).reservations.list()
    assert.equal(seenByWorker?.sid, reservation.sid)
    assert.match(seenByWorker?.url ?? '', /\/Workers\/WK/)
  })

  it('live from the offer to the wrap-up', async () => {
    const { sid } = await api().tasks.create({ taskChannel: 'voice' })
    const reservation = await reservationOf(sid)
    await api().tasks(sid).reservations(reservation.sid).update({ reservationStatus: 'accepted' })
    const assigned = await api().tasks(sid).fetch()
    assert.equal(assigned.assignmentStatus, 'assigned')
    const voice = await api().workers(centre.annSid).workerChannels('voice').fetch()
    assert.deepEqual([voice.assignedTasks, voice.availableCapacityPercentage], [1, 0])
    await api().tasks(sid).update({ assignmentStatus: 'wrapping' })
    const done = await api().tasks(sid).update({ assignmentStatus: 'completed', reason: 'sold' })
    assert.deepEqual([done.assignmentStatus, done.reason], ['completed', 'sold'])
    const [ended] = await api().tasks(sid).reservations.list()
    assert.equal(ended?.reservationStatus, 'completed')
  })

  it('are kept for five minutes after their end', async () => {
    const { sid } = await api().tasks.create({})
    await api().tasks(sid).update({ assignmentStatus: 'canceled', reason: 'test' })
    await local.clock.advance(299_000)
    assert.equal((await api().tasks(sid).fetch()).assignmentStatus, 'canceled')
    await local.clock.advance(1_000)
    await assert.rejects(api().tasks(sid).fetch(), refused(404, 20404, /was not found/))
  })

  it('take new attributes after their end, and nothing else', async () => {
    const { sid } = await api().tasks.create({ attributes: '{"a":1}' })
    await api().tasks(sid).update({ assignmentStatus: 'canceled', reason: 'test' })
    const noted = await api().tasks(sid).update({ attributes: '{"outcome":"sold"}' })
    assert.deepEqual([noted.attributes, noted.assignmentStatus], ['{"outcome":"sold"}', 'canceled'])
    assert.equal((await api().tasks(sid).fetch()).attributes, '{"outcome":"sold"}')
    const [event] = await api().events.list({ taskSid: sid })
    assert.equal(event?.eventType, 'task.updated')
    assert.equal(event?.eventData['task_attributes'], '{"outcome":"sold"}')
    await assert.rejects(
      api().tasks(sid).update({ priority: 3 }),
      refused(400, 20001, /Cannot update task WT.* because it is canceled/),
    )
  })

  it('are left as they were when a part of an update is refused', async () => {
    const { sid } = await api().tasks.create({ priority: 1 })
    await assert.rejects(
      api().tasks(sid).update({ priority: 7, assignmentStatus: 'completed', reason: 'test' }),
      refused(400, 20001, /not currently assigned/),
    )
    assert.equal((await api().tasks(sid).fetch()).priority, 1)
  })

  it('refuse to wrap up or complete a reservation that nobody accepted, or that is over', async () => {
    const { sid } = await api().tasks.create({})
    const reservation = await reservationOf(sid)
    const update = (reservationStatus: 'wrapping' | 'completed') =>
      api().tasks(sid).reservations(reservation.sid).update({ reservationStatus })
    const notAccepted = refused(400, 20001, /not currently in an Accepted state: it is pending/)
    await assert.rejects(update('wrapping'), notAccepted)
    await assert.rejects(update('completed'), /it is pending/)
    await api().tasks(sid).update({ assignmentStatus: 'canceled', reason: 'test' })
    await assert.rejects(update('wrapping'), refused(400, 20001, /it is canceled/))
    await assert.rejects(update('completed'), refused(400, 20001, /it is canceled/))
  })

  it('refuse a change of status that their state does not allow', async () => {
    const { sid } = await api().tasks.create({})
    const update = (assignmentStatus: 'canceled' | 'completed' | 'wrapping' | 'assigned') =>
      api().tasks(sid).update({ assignmentStatus, reason: 'test' })
    await assert.rejects(update('wrapping'), refused(400, 20001, /not currently assigned/))
    await assert.rejects(update('completed'), refused(400, 20001, /not currently assigned/))
    await assert.rejects(update('assigned'), refused(400, 20001, /TaskRouter does that itself/))
    const reservation = await reservationOf(sid)
    await api().tasks(sid).reservations(reservation.sid).update({ reservationStatus: 'accepted' })
    await assert.rejects(
      update('canceled'),
      refused(400, 20001, /Cannot cancel task WT.* because it is not pending or reserved\./),
    )
    await assert.rejects(
      api().tasks(sid).update({ assignmentStatus: 'completed', attributes: '{}' }),
      refused(400, 20001, /two requests/),
    )
  })

  it('move the worker to the timeout activity when nobody reacts, and wait for another', async () => {
    const { sid } = await api().tasks.create({})
    await local.clock.advance(120_000)
    assert.equal((await api().workers(centre.annSid).fetch()).activityName, 'Offline')
    const reservations = await api().tasks(sid).reservations.list()
    assert.deepEqual(
      reservations.map(({ workerName, reservationStatus }) => [workerName, reservationStatus]),
      [
        ['Ann', 'timeout'],
        ['Bob', 'pending'],
      ],
    )
  })

  it('go on to the next worker when one rejects, who may move to another activity', async () => {
    const { sid } = await api().tasks.create({})
    const reservation = await reservationOf(sid)
    await api()
      .tasks(sid)
      .reservations(reservation.sid)
      .update({ reservationStatus: 'rejected', workerActivitySid: centre.offlineSid })
    assert.equal((await api().workers(centre.annSid).fetch()).activityName, 'Offline')
    assert.equal((await reservationOf(sid)).workerName, 'Bob')
    await assert.rejects(
      api().tasks(sid).reservations(reservation.sid).update({ reservationStatus: 'accepted' }),
      refused(400, 20001, /not currently in a Pending state/),
    )
  })

  it('answer 410 to whom another was faster than', async () => {
    await api().taskQueues(centre.queueSid).update({ maxReservedWorkers: 2 })
    const { sid } = await api().tasks.create({})
    const [first, second] = await api().tasks(sid).reservations.list()
    assert.ok(first && second)
    await api().tasks(sid).reservations(first.sid).update({ reservationStatus: 'accepted' })
    await assert.rejects(
      api().tasks(sid).reservations(second.sid).update({ reservationStatus: 'accepted' }),
      refused(410, 20410, /rescinded/),
    )
  })

  it('take the instructions accept and reject over REST, and refuse what is none', async () => {
    const { sid } = await api().tasks.create({})
    const first = await reservationOf(sid)
    const instruct = (reservationSid: string, instruction: string) =>
      api().tasks(sid).reservations(reservationSid).update({ instruction })
    await assert.rejects(instruct(first.sid, 'dance'), refused(400, 55555, /unknown/))
    await instruct(first.sid, 'reject')
    const second = await reservationOf(sid)
    await instruct(second.sid, 'accept')
    assert.equal((await api().tasks(sid).fetch()).assignmentStatus, 'assigned')
  })

  it('enter the filter that matches, with its priority', async () => {
    const task = await api().tasks.create({ attributes: '{"urgent":true}' })
    assert.equal(task.priority, 10)
  })

  it('are listed by status, queue, attributes and in the order asked for', async () => {
    await api().workers(centre.annSid).update({ activitySid: centre.offlineSid })
    await api().workers(centre.bobSid).update({ activitySid: centre.offlineSid })
    const create = async (attributes: string, priority: number) =>
      (await api().tasks.create({ attributes, priority })).sid
    const low = await create('{"name":"low"}', 1)
    await local.clock.advance(1_000)
    const high = await create('{"name":"high"}', 5)
    type Filter = Parameters<ReturnType<typeof api>['tasks']['list']>[0]
    const sids = async (filter: Filter) => (await api().tasks.list(filter)).map(({ sid }) => sid)
    assert.deepEqual(await sids({}), [low, high])
    assert.deepEqual(await sids({ ordering: 'Priority:desc,DateCreated:asc' }), [high, low])
    assert.deepEqual(await sids({ evaluateTaskAttributes: "name == 'low'" }), [low])
    assert.deepEqual(await sids({ assignmentStatus: ['reserved', 'assigned'] }), [])
    assert.deepEqual(await sids({ taskQueueName: 'Everyone', priority: 5 }), [high])
    await assert.rejects(
      sids({ ordering: 'DateCreated:asc,VirtualStartTime:asc' }),
      refused(400, 20001, /together/),
    )
  })

  it('refuse a workflow, channel, start or attributes that cannot be', async () => {
    const create = api().tasks.create
    await assert.rejects(
      create({ workflowSid: `WW${'0'.repeat(32)}` }),
      refused(400, 20001, /is no workflow/),
    )
    await assert.rejects(create({ taskChannel: 'pigeon' }), refused(400, 20001, /does not exist/))
    await assert.rejects(create({ attributes: 'x' }), refused(400, 20001, /not valid JSON/))
    await assert.rejects(create({ timeout: 1_209_601 }), refused(400, 20001, /1209600/))
    await assert.rejects(
      create({ virtualStartTime: new Date('2027-01-01') }),
      refused(400, 20001, /in the future/),
    )
  })

  it('are deleted in any state', async () => {
    const { sid } = await api().tasks.create({})
    assert.equal(await api().tasks(sid).remove(), true)
    await assert.rejects(api().tasks(sid).fetch(), refused(404, 20404, /was not found/))
  })

  it('leave a history of events, newest first', async () => {
    const { sid } = await api().tasks.create({})
    const reservation = await reservationOf(sid)
    await api().tasks(sid).reservations(reservation.sid).update({ reservationStatus: 'accepted' })
    const events = await api().events.list({ taskSid: sid })
    assert.deepEqual(events.map(({ eventType }) => eventType).reverse(), [
      'task.created',
      'workflow.entered',
      'workflow.target-matched',
      'task-queue.entered',
      'reservation.created',
      'reservation.accepted',
    ])
    const accepted = events[0]
    assert.equal(accepted?.resourceSid, reservation.sid)
    const { eventData } = accepted as { eventData: Record<string, string> }
    assert.equal(eventData['worker_name'], 'Ann')
    assert.equal(eventData['task_queue_name'], 'Everyone')
    assert.equal(eventData['workspace_sid'], centre.workspaceSid)
    const one = await api()
      .events(accepted?.sid ?? '')
      .fetch()
    assert.equal(one.eventType, 'reservation.accepted')
    const byWorker = await api().events.list({
      workerSid: centre.annSid,
      eventType: 'reservation.created',
    })
    assert.equal(byWorker.length, 1)
    await local.clock.advance(16 * 60_000)
    assert.equal((await api().events.list({ taskSid: sid })).length, 0)
    assert.equal((await api().events.list({ taskSid: sid, minutes: 30 })).length, 6)
  })
})
