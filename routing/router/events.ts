import type { ReservationEvent, Sid, TaskEvent, WorkerEvent } from '../router-contract.ts'
import type { Activity, Reservation, RouterState, Task, Worker } from './state.ts'
import { viewReservation, viewTask } from './views.ts'

/** Says what happened to a task, as it stands now. */
export function emitTask(state: RouterState, kind: TaskEvent['kind'], task: Task): void {
  state.events[state.eventCount++] = { kind, at: state.now, task: viewTask(task) }
}

/** The same for an event that has a reason. */
export function emitTaskReason(
  state: RouterState,
  kind: TaskEvent['kind'],
  task: Task,
  reason: string,
): void {
  state.events[state.eventCount++] = { kind, at: state.now, task: viewTask(task), reason }
}

/** The same for an event by which a task left a queue. */
export function emitTaskLeft(
  state: RouterState,
  kind: 'task-queue.moved' | 'task-queue.timeout',
  task: Task,
  previousTaskQueueSid: Sid,
): void {
  const event: TaskEvent = { kind, at: state.now, task: viewTask(task), previousTaskQueueSid }
  state.events[state.eventCount++] = event
}

/** Says what happened to a reservation; its task is shown as it stands now. */
export function emitReservation(
  state: RouterState,
  kind: ReservationEvent['kind'],
  reservation: Reservation,
): void {
  state.events[state.eventCount++] = {
    kind,
    at: state.now,
    reservation: viewReservation(reservation),
    task: viewTask(reservation.task),
  }
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
  state.events[state.eventCount++] = event
}
