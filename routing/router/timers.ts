import { place, remove } from './heap.ts'
import type { RouterState, Task } from './state.ts'

/**
 * Sets the one timer of a task to what comes next in its state: the deadline of its step or its TTL while it waits,
 * the end of its reservations or its TTL while it is reserved, the day's limit while it is assigned.
 */
export function armTimer(state: RouterState, task: Task): void {
  const due = dueAt(task)
  const { timer } = task
  if (due === Number.POSITIVE_INFINITY) {
    remove(state.timers, timer)
    return
  }
  if (timer.slot >= 0 && timer.first === due) return
  timer.first = due
  timer.second = ++state.counters.timer
  place(state.timers, timer)
}

/** Sets the timer of a restored task, with its old place among timers that are due at the same time. */
export function restoreTimer(state: RouterState, task: Task, order: number): void {
  const due = dueAt(task)
  if (due === Number.POSITIVE_INFINITY) return
  task.timer.first = due
  task.timer.second = order
  place(state.timers, task.timer)
}

function dueAt(task: Task): number {
  switch (task.status) {
    case 'pending':
      return Math.min(task.deadline, task.expiresAt)
    case 'reserved':
      // A deadline that passes now is looked at when the reservation ends.
      return Math.min(task.reservationsEndAt, task.expiresAt)
    case 'assigned':
      return task.assignedUntil
    case 'wrapping':
    case 'completed':
    case 'canceled':
      return Number.POSITIVE_INFINITY
    default:
      throw new Error(`No such status: ${task.status satisfies never}`)
  }
}
