import { isoDate } from '../../rest/date.ts'
import type { WorkspaceEvent } from '../event-log.ts'
import type { Window } from '../window.ts'
import type { Workspace } from '../workspace.ts'
import { durationsOf } from './durations.ts'
import { eventCounts, type Scope } from './scope.ts'

/** What happened to the tasks of a scope within a window of time, and how long they waited. */
export function cumulativeTasks(
  workspace: Workspace,
  scope: Scope,
  window: Window,
  thresholds: readonly number[],
) {
  const { counts, waits } = gather(workspace, scope, window)
  const accepted = durationsOf(waits.accepted)
  return {
    start_time: isoDate(window.from),
    end_time: isoDate(window.to),
    ...reservationCounts(counts),
    tasks_canceled: counts.get('task.canceled') ?? 0,
    tasks_completed: counts.get('task.completed') ?? 0,
    tasks_deleted: (counts.get('task.deleted') ?? 0) + (counts.get('task.system-deleted') ?? 0),
    tasks_moved: counts.get('task-queue.moved') ?? 0,
    tasks_created: counts.get('task.created') ?? 0,
    tasks_entered: counts.get('workflow.entered') ?? 0,
    tasks_timed_out_in_workflow: counts.get('workflow.timeout') ?? 0,
    avg_task_acceptance_time: accepted.avg,
    wait_duration_until_accepted: accepted,
    wait_duration_until_canceled: durationsOf(waits.canceled),
    split_by_wait_time: split(waits, thresholds),
  }
}

/** The same for a queue: what entered it, and how long tasks waited in it. */
export function cumulativeQueue(
  workspace: Workspace,
  taskQueueSid: string,
  scope: Scope,
  window: Window,
  thresholds: readonly number[],
) {
  const own = { ...scope, taskQueueSid }
  const { counts, waits } = gather(workspace, own, window)
  const {
    tasks_created: _created,
    tasks_timed_out_in_workflow: _timedOut,
    ...tasks
  } = cumulativeTasks(workspace, own, window, thresholds)
  return {
    ...tasks,
    tasks_entered: counts.get('entered') ?? 0,
    tasks_moved: counts.get('left') ?? 0,
    wait_duration_in_queue_until_accepted: durationsOf(waits.inQueue),
  }
}

/** The six counts that every cumulative answer has. */
export function reservationCounts(counts: ReadonlyMap<string, number>) {
  const of = (what: string) => counts.get(`reservation.${what}`) ?? 0
  return {
    reservations_created: of('created'),
    reservations_accepted: of('accepted'),
    reservations_rejected: of('rejected'),
    reservations_timed_out: of('timeout'),
    reservations_canceled: of('canceled'),
    reservations_rescinded: of('rescinded'),
  }
}

/** Waiting times in ms. */
type Waits = {
  readonly accepted: number[]
  readonly canceled: number[]
  readonly inQueue: number[]
}

function gather(workspace: Workspace, scope: Scope, { from, to }: Window) {
  const counts = new Map<string, number>()
  const count = (what: string) => counts.set(what, (counts.get(what) ?? 0) + 1)
  const waits: Waits = { accepted: [], canceled: [], inQueue: [] }
  for (const event of workspace.events.between(from, to)) {
    const { facts, type } = event
    if (!facts || !eventCounts(scope, type, facts)) continue
    count(type)
    if (type === 'task-queue.entered' || type === 'task-queue.moved') {
      count(facts.taskQueueSid === scope.taskQueueSid ? 'entered' : 'left')
    }
    addWaits(event, waits)
  }
  return { counts, waits }
}

function addWaits({ at, type, facts }: WorkspaceEvent, waits: Waits): void {
  const { taskCreatedAt = at, taskQueueEnteredAt } = facts ?? {}
  if (type === 'task.canceled') waits.canceled.push(at - taskCreatedAt)
  if (type !== 'reservation.accepted') return
  // Counted from the task's creation, also after a transfer.
  waits.accepted.push(at - taskCreatedAt)
  waits.inQueue.push(at - (taskQueueEnteredAt ?? at))
}

type Side = { readonly tasks_canceled: number; readonly reservations_accepted: number }
type Split = Readonly<Record<string, { readonly above: Side; readonly below: Side }>>

/** The service level's raw figures: a wait equal to the threshold counts as below. */
function split(waits: Waits, thresholds: readonly number[]): Split | null {
  if (thresholds.length === 0) return null
  return Object.fromEntries(
    thresholds.map((seconds) => {
      const below = (ms: number) => ms <= seconds * 1000
      const side = (matches: (ms: number) => boolean): Side => ({
        tasks_canceled: waits.canceled.filter(matches).length,
        reservations_accepted: waits.accepted.filter(matches).length,
      })
      return [String(seconds), { above: side((ms) => !below(ms)), below: side(below) }]
    }),
  )
}
