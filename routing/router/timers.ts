import {
  firstId,
  firstKey,
  type Heap,
  isBefore,
  isIn,
  keyOf,
  newHeap,
  newSlots,
  put,
  remove,
} from './heap.ts'
import type { RouterState, Task } from './state.ts'

/**
 * The timers of a router, one a task. Those of assigned tasks lie apart: they are many, each later than the one before,
 * and hardly ever fire, so that the heap of those that matter stays small.
 */
export type Timers = { readonly soon: Heap; readonly assigned: Heap }

export function newTimers(): Timers {
  return { soon: newHeap(newSlots()), assigned: newHeap(newSlots()) }
}

/**
 * Sets the timer of a task to what comes next in its state: the deadline of its step or its TTL while it waits, the end
 * of its reservations or its TTL while it is reserved, the day's limit while it is assigned.
 */
export function armTimer(state: RouterState, task: Task): void {
  const due = dueAt(task)
  const { soon, assigned } = state.timers
  const heap = task.status === 'assigned' ? assigned : soon
  remove(heap === soon ? assigned : soon, task.index)
  if (due === Number.POSITIVE_INFINITY) remove(soon, task.index)
  else if (!isIn(heap.slots, task.index) || keyOf(heap, task.index, 0) !== due) {
    put(heap, task.index, due, ++state.counters.timer, 0)
  }
}

/** Removes the timer of a task that leaves the router. */
export function disarmTimer({ timers }: RouterState, task: Task): void {
  remove(timers.soon, task.index)
  remove(timers.assigned, task.index)
}

/** Sets the timer of a restored task, with its old place among timers that are due at the same time. */
export function restoreTimer(state: RouterState, task: Task, order: number): void {
  const due = dueAt(task)
  if (due === Number.POSITIVE_INFINITY) return
  const { soon, assigned } = state.timers
  put(task.status === 'assigned' ? assigned : soon, task.index, due, order, 0)
}

/** The place of a task's timer among those that are due at the same time; 0 if it has none. */
export function timerOrder({ timers }: RouterState, { index }: Task): number {
  if (isIn(timers.soon.slots, index)) return keyOf(timers.soon, index, 1)
  return isIn(timers.assigned.slots, index) ? keyOf(timers.assigned, index, 1) : 0
}

/** When the next timer is due; Infinity without one. */
export function nextDue({ timers }: RouterState): number {
  return Math.min(firstKey(timers.soon), firstKey(timers.assigned))
}

/** Index of the task whose timer is the next; −1 without one. */
export function nextTimed({ timers: { soon, assigned } }: RouterState): number {
  const isSoon = assigned.size === 0 || (soon.size > 0 && isBefore(soon, assigned))
  return firstId(isSoon ? soon : assigned)
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
