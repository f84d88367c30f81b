import type { Command } from '../router-contract.ts'
import { limits, reasons } from './choices.ts'
import { emitReservation } from './events.ts'
import { resumeTasks } from './flow.ts'
import { findNamed, findReservation } from './lookup.ts'
import { isLive, setReservationStatus } from './reserve.ts'
import type { Reservation, RouterState, Task } from './state.ts'
import { completeTask, wrapUp } from './task-commands.ts'
import { cancelTask, endReservations } from './task-end.ts'
import { armTimer } from './timers.ts'
import { moveToActivity } from './worker-state.ts'

type Of<K extends Command['kind']> = Extract<Command, { readonly kind: K }>

/** The first to accept gets the task; other workers who were asked at the same time are told so. */
export function acceptReservation(state: RouterState, command: Of<'accept-reservation'>): void {
  const reservation = findReservation(state, command.sid, ['pending'], 'accept')
  const { task } = reservation
  task.status = 'assigned'
  task.endsAt = state.now + limits.assignedSeconds * 1000
  task.view = null
  setReservationStatus(state, reservation, 'accepted')
  emitReservation(state, 'reservation.accepted', reservation)
  for (const other of task.reservations) {
    if (other.status !== 'pending') continue
    setReservationStatus(state, other, 'rescinded')
    emitReservation(state, 'reservation.rescinded', other)
  }
  armTimer(state, task)
}

export function rejectReservation(state: RouterState, command: Of<'reject-reservation'>): void {
  const reservation = findReservation(state, command.sid, ['pending'], 'reject')
  const { activitySid } = command
  const activity =
    activitySid === undefined ? null : findNamed(state.activities, 'WorkerActivitySid', activitySid)
  setReservationStatus(state, reservation, 'rejected')
  const isBack = comesBack(reservation.task)
  emitReservation(state, 'reservation.rejected', reservation)
  if (activity !== null) moveToActivity(state, reservation.worker, activity)
  if (isBack) takeBack(state, [reservation.task])
}

/** Rejects all that is pending with a worker who becomes unavailable. */
export function rejectPending(state: RouterState, pending: readonly Reservation[]): void {
  const back: Task[] = []
  for (const reservation of pending) {
    setReservationStatus(state, reservation, 'rejected')
    if (comesBack(reservation.task)) back.push(reservation.task)
    emitReservation(state, 'reservation.rejected', reservation)
  }
  takeBack(state, back)
}

export function cancelReservation(state: RouterState, command: Of<'cancel-reservation'>): void {
  const reservation = findReservation(state, command.sid, ['pending'], 'cancel')
  setReservationStatus(state, reservation, 'canceled')
  const isBack = comesBack(reservation.task)
  emitReservation(state, 'reservation.canceled', reservation)
  if (isBack) takeBack(state, [reservation.task])
}

export function wrapUpReservation(state: RouterState, command: Of<'wrap-up-reservation'>): void {
  const reservation = findReservation(state, command.sid, ['accepted'], 'wrap up')
  wrapUp(state, reservation.task, null)
}

export function completeReservation(state: RouterState, command: Of<'complete-reservation'>): void {
  const allowed = ['accepted', 'wrapping'] as const
  completeTask(state, findReservation(state, command.sid, allowed, 'complete').task, null)
}

/** Nobody answered: the workers go to the workspace's timeout activity, the task is evaluated again. */
export function timeOutReservations(state: RouterState, task: Task): void {
  const asked = task.reservations.filter(({ status }) => status === 'pending')
  task.status = 'pending'
  task.view = null
  endReservations(state, task, 'timeout')
  const activity = state.activities.get(state.timeoutActivitySid ?? '')
  if (activity !== undefined) {
    for (const { worker } of asked) moveToActivity(state, worker, activity)
  }
  takeBack(state, [task])
}

/** Sets the task back to pending once none of its reservations is left. */
function comesBack(task: Task): boolean {
  if (task.reservations.some(({ status }) => isLive(status))) return false
  task.status = 'pending'
  task.view = null
  return true
}

function takeBack(state: RouterState, tasks: readonly Task[]): void {
  const again: Task[] = []
  for (const task of tasks) {
    if (task.assignments < state.maxAssignments) again.push(task)
    else cancelTask(state, task, reasons.assignments)
  }
  resumeTasks(state, again)
}
