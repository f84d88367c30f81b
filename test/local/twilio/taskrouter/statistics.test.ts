import assert from 'node:assert/strict'
import { demoAccount } from '../../../../local/demo-account.ts'
import { type LocalTwilio, refused, startLocalTwilio } from '../../../support/local-twilio.ts'
import { declareSmallCentre, type SmallCentre } from '../../../support/small-centre.ts'

describe('the statistics of TaskRouter', () => {
  let local: LocalTwilio
  let centre: SmallCentre
  const api = () => local.client.taskrouter.v1.workspaces(centre.workspaceSid)
  const accept = async (taskSid: string) => {
    const [first] = await api().tasks(taskSid).reservations.list({ reservationStatus: 'pending' })
    await api()
      .tasks(taskSid)
      .reservations(first?.sid ?? '')
      .update({ reservationStatus: 'accepted' })
  }

  // Ann takes a call after 4 s and Bob lets one time out after 120 s; a third is given up after 90 s.
  beforeEach(async () => {
    local = await startLocalTwilio()
    centre = await declareSmallCentre(local)
    const taken = await api().tasks.create({ taskChannel: 'voice' })
    await local.clock.advance(4_000)
    await accept(taken.sid)
    await api().tasks.create({ taskChannel: 'voice', priority: 3 })
    const givenUp = await api().tasks.create({ taskChannel: 'voice' })
    await local.clock.advance(90_000)
    await api().tasks(givenUp.sid).update({ assignmentStatus: 'canceled', reason: 'hangup' })
    await local.clock.advance(30_000)
  })
  afterEach(() => local.close())

  it('of a queue now: tasks, the longest waits, and its workers', async () => {
    const { taskQueues } = api()
    const now = await taskQueues(centre.queueSid).realTimeStatistics().fetch()
    assert.deepEqual(now.tasksByStatus, { pending: 1, reserved: 0, assigned: 1, wrapping: 0 })
    assert.deepEqual(now.tasksByPriority, { 0: 1, 3: 1 })
    // The canceled one is counted until it is removed.
    assert.equal(now.totalTasks, 3)
    assert.equal(now.longestTaskWaitingAge, 120)
    assert.equal(now.longestRelativeTaskAgeInQueue, 120)
    assert.equal(now.totalEligibleWorkers, 2)
    assert.equal(now.totalAvailableWorkers, 1)
    assert.deepEqual(
      now.activityStatistics.map(({ friendly_name, workers }) => [friendly_name, workers]),
      [
        ['Offline', 1],
        ['Unavailable', 0],
        ['Available', 1],
      ],
    )
  })

  it('of a queue over time: what happened, how long it took, and the service level', async () => {
    const statistics = await api()
      .taskQueues(centre.queueSid)
      .cumulativeStatistics()
      .fetch({ splitByWaitTime: '30,120' })
    assert.equal(statistics.reservationsCreated, 2)
    assert.equal(statistics.reservationsAccepted, 1)
    assert.equal(statistics.reservationsTimedOut, 1)
    assert.equal(statistics.reservationsRejected, 0)
    assert.equal(statistics.tasksEntered, 3)
    assert.equal(statistics.tasksCanceled, 1)
    assert.equal(statistics.tasksCompleted, 0)
    assert.equal(statistics.tasksMoved, 0)
    assert.equal(statistics.avgTaskAcceptanceTime, 4)
    assert.deepEqual(statistics.waitDurationUntilAccepted, { avg: 4, min: 4, max: 4, total: 4 })
    assert.deepEqual(statistics.waitDurationInQueueUntilAccepted, {
      avg: 4,
      min: 4,
      max: 4,
      total: 4,
    })
    assert.deepEqual(statistics.waitDurationUntilCanceled, { avg: 90, min: 90, max: 90, total: 90 })
    assert.deepEqual(statistics.splitByWaitTime, {
      30: {
        above: { tasks_canceled: 1, reservations_accepted: 0 },
        below: { tasks_canceled: 0, reservations_accepted: 1 },
      },
      120: {
        above: { tasks_canceled: 0, reservations_accepted: 0 },
        below: { tasks_canceled: 1, reservations_accepted: 1 },
      },
    })
    assert.equal(statistics.endTime.getTime() - statistics.startTime.getTime(), 15 * 60_000)
  })

  it('of a queue count one channel only when asked', async () => {
    const { taskQueues } = api()
    const chat = await taskQueues(centre.queueSid)
      .realTimeStatistics()
      .fetch({ taskChannel: 'chat' })
    assert.equal(chat.totalTasks, 0)
    const voice = await taskQueues(centre.queueSid)
      .cumulativeStatistics()
      .fetch({ taskChannel: 'voice' })
    assert.equal(voice.reservationsCreated, 2)
  })

  it('forget what lies before the window', async () => {
    await local.clock.advance(20 * 60_000)
    const cumulative = api().taskQueues(centre.queueSid).cumulativeStatistics()
    assert.equal((await cumulative.fetch()).reservationsCreated, 0)
    assert.equal((await cumulative.fetch({ minutes: 60 })).reservationsCreated, 2)
    const startDate = new Date(Date.UTC(2026, 0, 5))
    assert.equal((await cumulative.fetch({ startDate })).reservationsCreated, 2)
    await assert.rejects(
      cumulative.fetch({ splitByWaitTime: 'soon' }),
      refused(400, 20001, /SplitByWaitTime/),
    )
  })

  it('of all queues as a list, and of many in one request', async () => {
    const path = `${local.url}/v1/Workspaces/${centre.workspaceSid}/TaskQueues`
    const { accountSid, authToken } = demoAccount
    const headers = { authorization: `Basic ${btoa(`${accountSid}:${authToken}`)}` }
    const list = await fetch(`${path}/Statistics`, { headers })
    const { task_queues_statistics: rows } = (await list.json()) as {
      task_queues_statistics: { task_queue_sid: string; realtime: { total_tasks: number } }[]
    }
    assert.deepEqual(
      rows.map((row) => [row.task_queue_sid, row.realtime.total_tasks]),
      [[centre.queueSid, 3]],
    )
    const bulk = await api().taskQueues.bulkRealTimeStatistics.create({
      TaskQueueSids: [centre.queueSid],
    })
    assert.equal(bulk.taskQueueResponseCount, 1)
    const refusedBulk = await fetch(`${path}/RealTimeStatistics`, {
      method: 'POST',
      headers: { ...headers, 'content-type': 'application/json' },
      body: '{}',
    })
    assert.equal(refusedBulk.status, 400)
  })

  it('of a workflow and of the workspace, each alone and both together', async () => {
    const workflow = await api().workflows(centre.workflowSid).statistics().fetch()
    assert.equal(workflow.realtime.total_tasks, 3)
    assert.equal(workflow.cumulative.tasks_entered, 3)
    const workspace = await api().statistics().fetch()
    assert.equal(workspace.realtime.total_workers, 2)
    assert.equal(workspace.cumulative.tasks_created, 3)
    const realTime = await api().realTimeStatistics().fetch()
    assert.equal(realTime.longestTaskWaitingAge, 120)
    const cumulative = await api().cumulativeStatistics().fetch()
    assert.equal(cumulative.tasksTimedOutInWorkflow, 0)
    const alone = await api().workflows(centre.workflowSid).cumulativeStatistics().fetch()
    assert.equal(alone.tasksCanceled, 1)
    const now = await api().workflows(centre.workflowSid).realTimeStatistics().fetch()
    assert.equal(now.totalTasks, 3)
  })

  it('of workers: their reservations, and their time in each activity', async () => {
    await local.clock.advance(60_000)
    const bob = await api().workers(centre.bobSid).statistics().fetch()
    assert.equal(bob.cumulative.reservations_timed_out, 1)
    const durations = bob.cumulative.activity_durations as {
      friendly_name: string
      total: number
    }[]
    assert.deepEqual(
      durations.map(({ friendly_name, total }) => [friendly_name, total]),
      [
        ['Offline', 60],
        ['Unavailable', 0],
        ['Available', 124],
      ],
    )
    const all = await api().workers.statistics().fetch()
    assert.equal(all.realtime.total_workers, 2)
    assert.equal(all.cumulative.reservations_accepted, 1)
    const realTime = await api().workers.realTimeStatistics().fetch()
    assert.equal(realTime.totalWorkers, 2)
    const cumulative = await api().workers.cumulativeStatistics().fetch()
    assert.equal(cumulative.reservationsTimedOut, 1)
  })
})
