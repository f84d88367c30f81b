import { joinLine, queueUp } from './lines.ts'
import { admitTask, newTaskIndex } from './live-tasks.ts'
import { compilePlan, type Plan } from './plan.ts'
import { putTaskQueue } from './queue-commands.ts'
import { isLive } from './reserve.ts'
import {
  type RouterSnapshot,
  routerSnapshot,
  type TaskSnapshot,
  type WorkerSnapshot,
} from './snapshot-schema.ts'
import type { Reservation, RouterState, Task, Worker } from './state.ts'
import { restoreTimer } from './timers.ts'
import { addWorker } from './worker-commands.ts'
import { channelOf, updateEligibility } from './worker-state.ts'
import { putActivity, putTaskChannel } from './workspace-commands.ts'

/** Fills an empty state with a snapshot; throws `InvalidInput` or an error that says what does not fit together. */
export function restoreSnapshot(state: RouterState, value: unknown): void {
  const snapshot = routerSnapshot.parse(value)
  if (snapshot.now !== null) state.now = snapshot.now
  state.timeoutActivitySid = snapshot.timeoutActivitySid
  state.prioritizeQueueOrder = snapshot.prioritizeQueueOrder
  for (const activity of snapshot.activities) {
    putActivity(state, { kind: 'put-activity', ...activity })
  }
  for (const channel of snapshot.channels) {
    putTaskChannel(state, { kind: 'put-task-channel', ...channel })
  }
  for (const queue of snapshot.queues) putTaskQueue(state, { kind: 'put-task-queue', ...queue })
  for (const worker of snapshot.workers) restoreWorker(state, worker)
  const plans = restoreWorkflows(state, snapshot)
  for (const task of snapshot.tasks) restoreTask(state, task, plans)
  for (const { sid, reservationSids } of snapshot.workers) {
    const worker = get(state.workers, sid)
    for (const each of reservationSids) worker.reservations.push(get(state.reservations, each))
  }
  // Deep enough by the schema's word: they were events when the snapshot was taken.
  for (const event of snapshot.undelivered) {
    state.events[state.eventCount++] = event as RouterState['events'][number]
  }
  Object.assign(state.counters, snapshot.counters)
  state.freed = false
}

function restoreWorker(state: RouterState, snapshot: WorkerSnapshot): void {
  const activity = get(state.activities, snapshot.activitySid)
  const worker = addWorker(state, snapshot, activity, snapshot.order, snapshot.activityChangedAt)
  worker.lastAssignment = snapshot.lastAssignment
  for (const { taskChannelSid, capacity, available, lastAssignment } of snapshot.channels) {
    const channel = get(state.channels, taskChannelSid)
    Object.assign(channelOf(worker, channel), { capacity, available, lastAssignment })
    updateEligibility(state, worker, channel)
  }
}

function restoreWorkflows(state: RouterState, snapshot: RouterSnapshot): Map<number, Plan> {
  const plans = new Map(
    snapshot.plans.map(({ id, workflowSid, configuration }) => [
      id,
      compilePlan(id, workflowSid, configuration, state.queues),
    ]),
  )
  for (const { sid, friendlyName, reservationTimeoutMs, planId } of snapshot.workflows) {
    const plan = get(plans, planId)
    state.workflows.set(sid, { sid, friendlyName, reservationTimeoutMs, plan, liveTasks: 0 })
  }
  return plans
}

function restoreTask(state: RouterState, snapshot: TaskSnapshot, plans: Map<number, Plan>): void {
  const { filterIndex, targetIndex, direct, taskQueueSid, planId, workflowSid } = snapshot
  const { timerOrder, deadline, reservations, taskChannelSid, ...fields } = snapshot
  const workflow = get(state.workflows, workflowSid)
  const plan = get(plans, planId)
  const queue = get(state.queues, taskQueueSid)
  const channel = get(state.channels, taskChannelSid)
  const inPlan = filterIndex < 0 ? plan.defaultStep : plan.filters[filterIndex]?.steps[targetIndex]
  const step = direct ? queue.directStep : inPlan
  if (!step) throw new Error(`Task ${snapshot.sid} is in a step that its workflow does not have`)
  const task: Task = {
    sid: fields.sid,
    index: newTaskIndex(state),
    workflow,
    plan,
    channel,
    attributes: fields.attributes,
    status: fields.status,
    priority: fields.priority,
    createdAt: fields.createdAt,
    virtualStartTime: fields.virtualStartTime,
    timeoutSeconds: fields.timeoutSeconds,
    routingTarget: fields.routingTarget,
    targetWorkerSid: fields.targetWorkerSid,
    ignoreCapacity: fields.ignoreCapacity,
    order: fields.order,
    step,
    queue,
    queueEnteredAt: fields.queueEnteredAt,
    outOfQueue: false,
    deadline: deadline ?? Number.POSITIVE_INFINITY,
    baseAge: fields.baseAge,
    timedOut: fields.timedOut,
    endsAt: fields.endsAt,
    assignments: fields.assignments,
    reason: fields.reason,
    line: null,
    reservations: [],
    view: null,
  }
  admitTask(state, task)
  for (const reservation of reservations) restoreReservation(state, task, reservation)
  if (task.status === 'pending') {
    joinLine(state, task, step)
    queueUp(state, task)
  }
  restoreTimer(state, task, timerOrder)
}

function restoreReservation(
  state: RouterState,
  task: Task,
  snapshot: TaskSnapshot['reservations'][number],
): void {
  const { sid, workerSid, taskChannelSid, status, createdAt, updatedAt } = snapshot
  // An ended reservation may outlive its worker and its channel; only its SIDs matter then.
  const live = isLive(status)
  const worker = live ? get(state.workers, workerSid) : departed(state, workerSid)
  const channel = live
    ? get(state.channels, taskChannelSid)
    : (state.channels.get(taskChannelSid) ?? task.channel)
  const reservation: Reservation = {
    ...{ sid, task, worker, channel, status, createdAt, updatedAt },
    view: null,
  }
  state.reservations.set(sid, reservation)
  task.reservations.push(reservation)
  if (!live) return
  const own = channelOf(worker, channel)
  own.used++
  if (status === 'accepted') own.accepted++
  updateEligibility(state, worker, channel)
}

function departed(state: RouterState, sid: string): Worker {
  const known = state.workers.get(sid)
  if (known !== undefined) return known
  const activity = { sid: '', friendlyName: '', available: false, workers: 0 }
  return {
    ...{ sid, index: -1, order: 0, friendlyName: '', attributes: {}, scope: {}, activity },
    ...{ activityChangedAt: 0, lastAssignment: 0, channels: [], reservations: [] },
  }
}

function get<K, T>(objects: { get(key: K): T | undefined }, key: K): T {
  const found = objects.get(key)
  if (found === undefined)
    throw new Error(`The router snapshot refers to ${key} but does not hold it`)
  return found
}
