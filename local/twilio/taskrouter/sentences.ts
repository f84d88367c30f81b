import type { ReservationEvent, RouterEvent, TaskEvent } from '../../../routing/index.ts'
import type { LiveEvent } from '../contract.ts'
import { stepOf } from './configuration.ts'
import type { Workspace } from './workspace.ts'

/** What a person reads about something that the router did; undefined for what only machines care about. */
export function tell(workspace: Workspace, event: RouterEvent): LiveEvent | undefined {
  const { at, kind: name } = event
  if ('reservation' in event) {
    const { reservation, task } = event
    return {
      at,
      kind: 'reservation',
      ...callOf(event),
      taskSid: task.sid,
      workerSid: reservation.workerSid,
      name,
      text: reservationText(workspace, event),
      data: { reservationSid: reservation.sid, status: reservation.status },
    }
  }
  if ('task' in event) {
    const text = taskText(workspace, event)
    if (text === undefined) return undefined
    return {
      at,
      kind: 'task',
      ...callOf(event),
      taskSid: event.task.sid,
      name,
      text,
      data: { status: event.task.status, taskQueueSid: event.task.taskQueueSid },
    }
  }
  const worker = nameOf(workspace.workers.get(event.workerSid), event.workerSid)
  const activity = nameOf(workspace.activities.get(event.activitySid), event.activitySid)
  const before = nameOf(workspace.activities.get(event.previousActivitySid), 'another activity')
  return {
    at,
    kind: 'worker',
    workerSid: event.workerSid,
    name,
    text: `${worker} goes from ${before} to ${activity}`,
    data: { activitySid: event.activitySid, previousActivitySid: event.previousActivitySid },
  }
}

function taskText(workspace: Workspace, event: TaskEvent): string | undefined {
  const { task } = event
  const seconds = Math.round((event.at - task.createdAt) / 1000)
  const why = event.reason ? ` (${event.reason})` : ''
  switch (event.kind) {
    case 'task.created':
      return `task ${short(task.sid)} is created`
    case 'workflow.entered':
      return undefined
    case 'workflow.target-matched':
      return undefined
    case 'task-queue.entered':
      return `task ${short(task.sid)} waits in ${placeOf(workspace, event)}`
    case 'task-queue.moved':
      return `task ${short(task.sid)} moves to ${placeOf(workspace, event)}`
    case 'task-queue.timeout': {
      const queue = workspace.taskQueues.get(event.previousTaskQueueSid ?? '')
      return `task ${short(task.sid)} has waited ${seconds} s: its time in “${nameOf(queue, '…')}” is over`
    }
    case 'workflow.timeout':
      return `task ${short(task.sid)} falls out of its workflow after ${seconds} s${why}`
    case 'workflow.skipped':
      return `task ${short(task.sid)} is skipped out of its workflow${why}`
    case 'task.updated':
      return undefined
    case 'task.canceled':
      return `task ${short(task.sid)} is canceled after ${seconds} s${why}`
    case 'task.wrapup':
      return `task ${short(task.sid)} is wrapped up`
    case 'task.completed':
      return `task ${short(task.sid)} is completed${why}`
    case 'task.deleted':
      return `task ${short(task.sid)} is deleted`
    case 'task.system-deleted':
      return `task ${short(task.sid)} is deleted: it was assigned for too long`
    default:
      throw new Error(`Unknown event ${event.kind satisfies never}`)
  }
}

function reservationText(workspace: Workspace, { kind, reservation, task }: ReservationEvent) {
  const worker = nameOf(workspace.workers.get(reservation.workerSid), reservation.workerSid)
  const what = `task ${short(task.sid)}`
  switch (kind) {
    case 'reservation.created':
      return `${what} is offered to ${worker}`
    case 'reservation.accepted':
      return `${worker} accepts ${what}`
    case 'reservation.rejected':
      return `${worker} rejects ${what}`
    case 'reservation.timeout':
      return `${worker} let ${what} time out`
    case 'reservation.canceled':
      return `the offer of ${what} to ${worker} is canceled`
    case 'reservation.rescinded':
      return `the offer of ${what} to ${worker} is taken back: somebody else was faster`
    case 'reservation.wrapup':
      return `${worker} wraps up ${what}`
    case 'reservation.completed':
      return `${worker} is done with ${what}`
    default:
      throw new Error(`Unknown event ${kind satisfies never}`)
  }
}

/** `“Spanish, everyone” (tier 2 of 3, priority 10)` */
function placeOf(workspace: Workspace, { task }: TaskEvent): string {
  const queue = nameOf(workspace.taskQueues.get(task.taskQueueSid ?? ''), 'no queue')
  const step = stepOf(workspace.workflows.get(task.workflowSid), task)
  const tier = step
    ? `tier ${task.targetIndex + 1} of ${step.filter.targets.length}`
    : 'default filter'
  return `“${queue}” (${tier}, priority ${task.priority})`
}

// The story of a call is told under the SID of the caller's leg.
function callOf({ task }: TaskEvent | ReservationEvent): { callSid?: string } {
  const callSid = task.attributes['call_sid']
  return typeof callSid === 'string' ? { callSid } : {}
}

function nameOf(row: { readonly friendlyName: string } | undefined, otherwise: string): string {
  return row?.friendlyName ?? otherwise
}

// Enough of a SID to tell tasks apart in a terminal; the whole is in the event's `taskSid`.
function short(sid: string): string {
  return `${sid.slice(0, 8)}…`
}
