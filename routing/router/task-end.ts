import type { ReservationStatus } from '../router-contract.ts'
import { emitReservation, emitTask } from './events.ts'
import { remove } from './heap.ts'
import { leaveLine } from './lines.ts'
import { isLive, setReservationStatus } from './reserve.ts'
import type { RouterState, Task } from './state.ts'

/** Cancels a pending or reserved task with all that belongs to it. */
export function cancelTask(state: RouterState, task: Task, reason: string): void {
  leaveLine(state, task)
  task.status = 'canceled'
  task.reason = reason
  task.view = null
  endReservations(state, task, 'canceled')
  emitTask(state, 'task.canceled', task, reason)
  forgetTask(state, task)
}

/** Ends every live reservation of a task in one way, and says so. */
export function endReservations(
  state: RouterState,
  task: Task,
  status: Extract<ReservationStatus, 'canceled' | 'rescinded' | 'timeout' | 'completed'>,
): void {
  for (const reservation of task.reservations) {
    if (!isLive(reservation.status)) continue
    setReservationStatus(state, reservation, status)
    emitReservation(state, `reservation.${status}`, reservation)
  }
}

/** Takes an ended task out of the router, with its reservations. */
export function forgetTask(state: RouterState, task: Task): void {
  leaveLine(state, task)
  remove(state.timers, task.timer)
  for (const reservation of task.reservations) state.reservations.delete(reservation.sid)
  state.tasks.delete(task.sid)
  if (task.queue !== null) task.queue.liveTasks--
  task.workflow.liveTasks--
  task.plan.liveTasks--
  task.channel.liveTasks--
}
