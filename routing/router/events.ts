import type { ReservationEvent, RouterEvent, Sid, TaskEvent } from '../router-contract.ts'
import type { Activity, Reservation, RouterState, Task, Worker } from './state.ts'
import { viewReservation, viewTask } from './views.ts'

const noEvents: readonly RouterEvent[] = []

/**
 * Says what happened to a task, as it stands now; `reason` and `previousTaskQueueSid` belong to some kinds only.
 * All events of tasks have the same fields, so that code which reads them stays fast.
 */
export function emitTask(
  state: RouterState,
  kind: TaskEvent['kind'],
  task: Task,
  reason?: string,
  previousTaskQueueSid?: Sid,
): void {
  emit(state, { kind, at: state.now, task: viewTask(task), reason, previousTaskQueueSid })
}

/** Says what happened to a reservation; its task is shown as it stands now. */
export function emitReservation(
  state: RouterState,
  kind: ReservationEvent['kind'],
  reservation: Reservation,
): void {
  emit(state, {
    kind,
    at: state.now,
    reservation: viewReservation(reservation),
    task: viewTask(reservation.task),
  })
}

/** Says that a worker moved to another activity. */
export function emitActivity(
  state: RouterState,
  worker: Worker,
  previous: Activity,
  inPreviousActivityMs: number,
): void {
  emit(state, {
    kind: 'worker.activity.update',
    at: state.now,
    workerSid: worker.sid,
    activitySid: worker.activity.sid,
    previousActivitySid: previous.sid,
    inPreviousActivityMs,
  })
}

/** The events that were not handed out yet, in an array of their own. */
export function pendingEvents({ events, eventCount }: RouterState): readonly RouterEvent[] {
  return events.slice(0, eventCount)
}

/** The same, which are handed out now. */
export function takeEvents(state: RouterState): readonly RouterEvent[] {
  if (state.eventCount === 0) return noEvents
  const taken = pendingEvents(state)
  state.eventCount = 0
  return taken
}

// One array serves all steps: a new one that grows event by event would take up more memory than the events in it.
function emit(state: RouterState, event: RouterEvent): void {
  state.events[state.eventCount++] = event
}
