import { isIn, keyOf, put, remove } from './heap.ts'
import type { RouterState, Task } from './state.ts'

/**
 * Sets the one timer of a task to what comes next in its state: the deadline of its step or its TTL while it waits,
 * the end of its reservations or its TTL while it is reserved, the day's limit while it is assigned.
 */
export function armTimer(state: RouterState, task: Task): void {
  const due = dueAt(task)
  const { timers } = state
  if (due === Number.POSITIVE_INFINITY) {
    remove(timers, task.index)
    return
  }
  if (isIn(timers.slots, task.index) && keyOf(timers, task.index, 0) === due) return
  put(timers, task.index, due, ++state.counters.timer, 0)
}

/** Sets the timer of a restored task, with its old place among timers that are due at the same time. */
export function restoreTimer(state: RouterState, task: Task, order: number): void {
  const due = dueAt(task)
  if (due === Number.POSITIVE_INFINITY) return
  put(state.timers, task.index, due, order, 0)
}

/** The end of a task’s time to live. */
export function expiresAt(task: Task): number {
  return task.createdAt + task.timeoutSeconds * 1000
}

function dueAt(task: Task): number {
  switch (task.status) {
    case 'pending':
      return Math.min(task.deadline, expiresAt(task))
    case 'reserved':
      // A deadline that passes now is looked at when the reservation ends.
      return Math.min(task.endsAt, expiresAt(task))
    case 'assigned':
      return task.endsAt
    case 'wrapping':
    case 'completed':
    case 'canceled':
      return Number.POSITIVE_INFINITY
    default:
      throw new Error(`No such status: ${task.status satisfies never}`)
  }
}
