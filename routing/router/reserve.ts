import type { ReservationStatus } from '../router-contract.ts'
import { emitReservation } from './events.ts'
import { leaveLine } from './lines.ts'
import { selectFirst, selectWorkers } from './select-worker.ts'
import type { Line, Reservation, RouterState, Task, Worker } from './state.ts'
import { armTimer } from './timers.ts'
import { channelOf, updateEligibility } from './worker-state.ts'

/** Offers a waiting task to the first workers of its line; false if nobody is eligible. */
export function reserve(state: RouterState, task: Task, line: Line): boolean {
  const count = line.queue.maxReservedWorkers
  if (count > 1) {
    const workers = selectWorkers(state, line, count)
    if (workers.length === 0) return false
    startReservations(state, task)
    for (const worker of workers) createReservation(state, task, worker)
  } else {
    const worker = selectFirst(state, line)
    if (worker === null) return false
    startReservations(state, task)
    createReservation(state, task, worker)
  }
  armTimer(state, task)
  return true
}

/** Changes a reservation's status; what it takes of its worker follows. */
export function setReservationStatus(
  state: RouterState,
  reservation: Reservation,
  status: ReservationStatus,
): void {
  const { worker, channel } = reservation
  const own = channelOf(worker, channel)
  if (reservation.status === 'accepted') own.accepted--
  if (status === 'accepted') {
    own.accepted++
    if (!state.choices.idleSinceReservation) countAssignment(state, reservation)
  }
  reservation.status = status
  reservation.updatedAt = state.now
  reservation.view = null
  if (isLive(status)) {
    // What an expression sees of the worker (`assigned_tasks`) has changed all the same.
    if (state.volatileLines > 0) state.freed = true
    return
  }
  own.used--
  removeItem(worker.reservations, reservation)
  updateEligibility(state, worker, channel)
}

/** Does a reservation of this status occupy its worker's capacity? */
export function isLive(status: ReservationStatus): boolean {
  return status === 'pending' || status === 'accepted' || status === 'wrapping'
}

// However many workers are asked at once, it is one transition to reserved.
function startReservations(state: RouterState, task: Task): void {
  leaveLine(state, task)
  task.status = 'reserved'
  task.assignments++
  task.endsAt = state.now + task.workflow.reservationTimeoutMs
  task.view = null
}

function createReservation(state: RouterState, task: Task, worker: Worker): void {
  const { channel } = task
  const reservation: Reservation = {
    sid: state.newReservationSid(),
    task,
    worker,
    channel,
    status: 'pending',
    createdAt: state.now,
    updatedAt: state.now,
    view: null,
  }
  state.reservations.set(reservation.sid, reservation)
  // Nearly every task has one; pushing to an empty array would reserve room for many.
  if (task.reservations.length === 0) task.reservations = [reservation]
  else task.reservations.push(reservation)
  worker.reservations.push(reservation)
  channelOf(worker, channel).used++
  if (state.choices.idleSinceReservation) countAssignment(state, reservation)
  updateEligibility(state, worker, channel)
  emitReservation(state, 'reservation.created', reservation)
}

function countAssignment(state: RouterState, { worker, channel }: Reservation): void {
  const assignment = ++state.counters.assignment
  worker.lastAssignment = assignment
  channelOf(worker, channel).lastAssignment = assignment
}

// Nearly always it is the last; splice would allocate the removed part.
function removeItem<T>(items: T[], item: T): void {
  const last = items.length - 1
  if (items[last] !== item) {
    const index = items.indexOf(item)
    items.copyWithin(index, index + 1)
  }
  items.pop()
}
