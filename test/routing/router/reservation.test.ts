import assert from 'node:assert/strict'
import {
  available,
  busy,
  chat,
  createCentre,
  kinds,
  offline,
  queue,
  start,
  task,
  voice,
  workflow,
} from './centre.ts'

function centreOf(...workers: readonly string[]) {
  const centre = createCentre(Object.fromEntries(workers.map((sid) => [sid, {}])))
  centre.act(queue('all'))
  centre.act(workflow('WW', [['1==1', [{ queue: 'all' }]]]))
  return centre
}

describe('createRouter: reservations', () => {
  it('leads an accepted task through wrapping to its end, and frees the worker then', () => {
    const { act, newest, holders, router } = centreOf('anna')
    act(task('WT1'))
    act(task('WT2'))
    const sid = newest('WT1')
    assert.deepEqual(kinds(act({ kind: 'accept-reservation', sid })), ['reservation.accepted'])
    assert.deepEqual(kinds(act({ kind: 'wrap-up-task', sid: 'WT1' })), [
      'task.wrapup',
      'reservation.wrapup',
    ])
    assert.deepEqual(holders('WT2'), [], 'wrapping still occupies the worker')
    const last = act({ kind: 'complete-task', sid: 'WT1', reason: 'done' })
    assert.deepEqual(kinds(last), [
      'task.completed',
      'reservation.completed',
      'reservation.created',
    ])
    assert.equal(router.task('WT1'), undefined)
    assert.equal(router.reservation(sid), undefined)
    assert.deepEqual(holders('WT2'), ['anna'])
  })

  it('moves a worker who lets it ring to the timeout activity and offers the task to the next', () => {
    const { act, at, holders, router } = centreOf('anna', 'bob')
    act(task('WT'))
    assert.deepEqual(kinds(at(120)), [
      'reservation.timeout',
      'worker.activity.update',
      'reservation.created',
    ])
    assert.equal(router.worker('anna')?.activitySid, offline)
    assert.deepEqual(holders('WT'), ['bob'])
  })

  it('does not break a pending reservation at the deadline, but looks at it when it ends', () => {
    const { act, at, newest, task: show } = createCentre({ anna: {}, bob: {} })
    act(queue('one'))
    act(queue('two'))
    act(workflow('WW', [['1==1', [{ queue: 'one', timeout: 10 }, { queue: 'two' }]]]))
    act(task('WT'))
    at(15)
    assert.equal(show('WT').status, 'reserved')
    const events = kinds(act({ kind: 'reject-reservation', sid: newest('WT') }))
    assert.deepEqual(events, [
      'reservation.rejected',
      'task-queue.timeout',
      'workflow.target-matched',
      'task-queue.moved',
      'reservation.created',
    ])
  })

  it('tries other workers in the same step after a reject within the deadline', () => {
    const { act, newest, holders, task: show } = centreOf('anna', 'bob')
    act(task('WT'))
    const events = act({ kind: 'reject-reservation', sid: newest('WT'), activitySid: busy })
    assert.deepEqual(kinds(events), [
      'reservation.rejected',
      'worker.activity.update',
      'reservation.created',
    ])
    assert.deepEqual([holders('WT'), show('WT').targetIndex], [['bob'], 0])
  })

  it('may offer a rejected task to the same worker again', () => {
    const { act, newest, holders } = centreOf('anna')
    act(task('WT'))
    act({ kind: 'reject-reservation', sid: newest('WT') })
    assert.deepEqual(holders('WT'), ['anna'])
  })

  it('asks several workers at once; the first to accept gets the task, the others are gone', () => {
    const { act, router, holders } = centreOf('anna', 'bob', 'carla')
    act(queue('all', { maxReservedWorkers: 2 }))
    act(task('WT'))
    assert.deepEqual(holders('WT'), ['anna', 'bob'])
    const [first, second] = router.reservations({ taskSid: 'WT' })
    const events = act({ kind: 'accept-reservation', sid: second?.sid ?? '' })
    assert.deepEqual(kinds(events), ['reservation.accepted', 'reservation.rescinded'])
    assert.throws(() => act({ kind: 'accept-reservation', sid: first?.sid ?? '' }), {
      name: 'RouterRefusal',
      kind: 'gone',
      status: 410,
    })
    act(task('WT2'))
    assert.deepEqual(holders('WT2'), ['carla', 'anna'])
  })

  it('takes a task back only when the last of several reservations ended', () => {
    const { act, router, task: show } = centreOf('anna', 'bob')
    act(queue('all', { maxReservedWorkers: 2 }))
    act(task('WT'))
    const [first, second] = router.reservations({ taskSid: 'WT' })
    act({ kind: 'reject-reservation', sid: first?.sid ?? '', activitySid: busy })
    assert.equal(show('WT').status, 'reserved')
    act({ kind: 'reject-reservation', sid: second?.sid ?? '', activitySid: busy })
    assert.equal(show('WT').status, 'pending')
  })

  it('rejects what is pending with a worker who becomes unavailable, when asked to', () => {
    const { act, holders } = centreOf('anna', 'bob')
    act(task('WT'))
    act({ kind: 'set-worker-activity', sid: 'anna', activitySid: busy })
    assert.deepEqual(holders('WT'), ['anna'], 'stays without being asked to')
    const command = { kind: 'set-worker-activity', sid: 'anna' } as const
    assert.throws(
      () => act({ ...command, activitySid: available, rejectPendingReservations: true }),
      { name: 'RouterRefusal', status: 400 },
    )
    act({ ...command, activitySid: busy, rejectPendingReservations: true })
    assert.deepEqual(holders('WT'), ['bob'])
  })

  it('cancels a task at its time to live, also while it is reserved', () => {
    const { act, at, router } = centreOf('anna')
    act(task('WT', {}, { timeoutSeconds: 60 }))
    const events = at(60)
    assert.deepEqual(kinds(events), ['reservation.canceled', 'task.canceled'])
    assert.equal(events[1] && 'reason' in events[1] && events[1].reason, 'Task TTL Exceeded')
    assert.equal(router.task('WT'), undefined)
    assert.equal(router.worker('anna')?.activitySid, available)
  })

  it('does not let the time to live end an assigned task, which is deleted after a day', () => {
    const { act, at, newest } = centreOf('anna')
    act(task('WT', {}, { timeoutSeconds: 60 }))
    act({ kind: 'accept-reservation', sid: newest('WT') })
    assert.deepEqual(at(86_399), [])
    assert.deepEqual(kinds(at(86_400)), ['reservation.canceled', 'task.system-deleted'])
  })

  it('cancels a task that was assigned too often', () => {
    const centre = createCentre({ anna: {} }, { maxAssignments: 3 })
    centre.act(queue('all'))
    centre.act(workflow('WW', [['1==1', [{ queue: 'all' }]]]))
    centre.act(task('WT'))
    const reject = () => centre.act({ kind: 'reject-reservation', sid: centre.newest('WT') })
    reject()
    reject()
    assert.deepEqual(kinds(reject()), ['reservation.rejected', 'task.canceled'])
  })

  it('refuses what a status does not allow, with Twilio’s words', () => {
    const centre = createCentre({ anna: {} }, { workspaceSid: 'WS1', accountSid: 'AC1' })
    centre.act(queue('all'))
    centre.act(workflow('WW', [['1==1', [{ queue: 'all' }]]]))
    centre.act(task('WT'))
    centre.act({ kind: 'accept-reservation', sid: centre.newest('WT') })
    assert.throws(() => centre.act({ kind: 'cancel-task', sid: 'WT', reason: 'x' }), {
      code: 20001,
      message:
        'Cannot cancel task WT in workspace WS1 for account AC1 because it is not pending or reserved.',
    })
    assert.throws(() => centre.act({ kind: 'complete-task', sid: 'WT2', reason: '' }), {
      code: 20404,
      status: 404,
    })
    assert.throws(() => centre.act({ kind: 'accept-reservation', sid: centre.newest('WT') }), {
      status: 400,
    })
  })

  it('hands out the events of timers that fired before a refused command', () => {
    const { act, router } = centreOf('anna')
    act(task('WT'))
    assert.throws(() => router.step({ kind: 'delete-task', sid: 'none' }, start + 120_000))
    assert.equal(router.nextTimerAt(), start + 120_000)
    const events = router.step({ kind: 'tick' }, start + 120_000)
    assert.deepEqual(kinds(events), ['reservation.timeout', 'worker.activity.update'])
  })

  it('takes a reserved task back and a deleted one out', () => {
    const { act, router } = centreOf('anna')
    act(task('WT'))
    const returned = kinds(act({ kind: 'return-task', sid: 'WT' }))
    assert.deepEqual(returned, ['reservation.canceled', 'reservation.created'])
    const deleted = kinds(act({ kind: 'delete-task', sid: 'WT' }))
    assert.deepEqual(deleted, ['reservation.canceled', 'task.deleted'])
    assert.deepEqual([...router.tasks()], [])
  })

  it('gives a task that names its worker to him, whatever he does', () => {
    const { act, holders, task: show } = centreOf('anna', 'bob')
    act({ kind: 'set-worker-activity', sid: 'bob', activitySid: offline })
    act(task('WT1', {}, { routingTarget: 'bob' }))
    assert.deepEqual([holders('WT1'), show('WT1').ignoreCapacity], [['bob'], true])
    act(task('WT2', {}, { routingTarget: 'bob', ignoreCapacity: false }))
    assert.equal(show('WT2').status, 'pending')
    assert.throws(() => act(task('WT3', {}, { routingTarget: 'nobody' })), { status: 400 })
  })

  it('puts a task that names its queue there', () => {
    const { act, task: show } = centreOf()
    act(queue('other'))
    act(task('WT', {}, { routingTarget: 'other' }))
    assert.deepEqual([show('WT').taskQueueSid, show('WT').targetDeadline], ['other', null])
  })

  it('keeps the capacity of each channel apart', () => {
    const { act, holders, router, newest } = centreOf('anna')
    const capacity = { kind: 'put-worker-channel', workerSid: 'anna', available: true } as const
    act({ ...capacity, taskChannelSid: chat, capacity: 3 })
    act(task('WT1'))
    act(task('WT2'))
    for (const sid of ['C1', 'C2', 'C3', 'C4']) act(task(sid, {}, { taskChannelSid: chat }))
    act({ kind: 'accept-reservation', sid: newest('C1') })
    assert.deepEqual(holders('WT1').concat(holders('WT2')), ['anna'])
    assert.deepEqual(holders('C3').concat(holders('C4')), ['anna'])
    act({ ...capacity, taskChannelSid: chat, capacity: 9 })
    assert.deepEqual(holders('C4'), ['anna'])
    assert.deepEqual(router.workerChannels('anna'), [
      {
        taskChannelSid: voice,
        configuredCapacity: 1,
        available: true,
        assignedTasks: 0,
        availableCapacityPercentage: 0,
      },
      {
        taskChannelSid: chat,
        configuredCapacity: 9,
        available: true,
        assignedTasks: 1,
        availableCapacityPercentage: 55,
      },
    ])
  })

  it('pauses a channel without touching the others', () => {
    const { act, holders } = centreOf('anna')
    const pause = { workerSid: 'anna', taskChannelSid: voice, capacity: 1, available: false }
    act({ kind: 'put-worker-channel', ...pause })
    act(task('WT'))
    act(task('C', {}, { taskChannelSid: chat }))
    assert.deepEqual([holders('WT'), holders('C')], [[], ['anna']])
  })
})
