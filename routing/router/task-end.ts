import { emitReservation, emitTask } from './events.ts'
import { leaveLine } from './lines.ts'
import { forgetTask } from './live-tasks.ts'
import { isLive, setReservationStatus } from './reserve.ts'
import type { RouterState, Task } from './state.ts'

// A kind put together from two texts would be a new text each time, slow to compare.
const endings = {
  canceled: 'reservation.canceled',
  rescinded: 'reservation.rescinded',
  timeout: 'reservation.timeout',
  completed: 'reservation.completed',
} as const

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
  status: keyof typeof endings,
): void {
  for (const reservation of task.reservations) {
    if (!isLive(reservation.status)) continue
    setReservationStatus(state, reservation, status)
    emitReservation(state, endings[status], reservation)
  }
}
