import type { ReservationStatus } from '../router-contract.ts'
import { emitReservation, emitTask } from './events.ts'
import { leaveLine } from './lines.ts'
import { forgetTask } from './live-tasks.ts'
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
