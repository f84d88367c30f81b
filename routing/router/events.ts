import type { ReservationEvent, Sid, TaskEvent, WorkerEvent } from '../router-contract.ts'
import type { Activity, Reservation, RouterState, Task, Worker } from './state.ts'
import { viewReservation, viewTask } from './views.ts'

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
  state.events.push({ kind, at: state.now, task: viewTask(task), reason, previousTaskQueueSid })
}

/** Says what happened to a reservation; its task is shown as it stands now. */
export function emitReservation(
  state: RouterState,
  kind: ReservationEvent['kind'],
  reservation: Reservation,
): void {
  state.events.push({
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
  const event: WorkerEvent = {
    kind: 'worker.activity.update',
    at: state.now,
    workerSid: worker.sid,
    activitySid: worker.activity.sid,
    previousActivitySid: previous.sid,
    inPreviousActivityMs,
  }
  state.events.push(event)
}
