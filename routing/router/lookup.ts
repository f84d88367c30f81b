import type { ReservationStatus, Sid, TaskStatus } from '../router-contract.ts'
import { RouterRefusal } from './router-refusal.ts'
import type { Reservation, RouterState, Task } from './state.ts'

/** What a path of Twilio's API calls a kind of object. */
type Collection =
  | 'Activities'
  | 'TaskChannels'
  | 'Workers'
  | 'TaskQueues'
  | 'Workflows'
  | 'Tasks'
  | 'Reservations'

/** Where an object is found by its SID. */
type Lookup<T> = { get(sid: Sid): T | undefined }

/** The object of that SID, or a refusal like Twilio's 404. */
export function find<T>(objects: Lookup<T>, collection: Collection, sid: Sid): T {
  return objects.get(sid) ?? notFound(collection, sid)
}

function notFound(collection: Collection, sid: Sid): never {
  throw new RouterRefusal(
    'unknown',
    sid,
    `The requested resource /${collection}/${sid} was not found`,
  )
}

/** The same for an object that a parameter names: Twilio answers 400 then. */
export function findNamed<T>(objects: Lookup<T>, parameter: string, sid: Sid): T {
  const found = objects.get(sid)
  if (found !== undefined) return found
  throw new RouterRefusal(
    'invalid',
    sid,
    `Invalid ${parameter}: there is no ${sid} in the workspace`,
  )
}

/** The task, provided its status allows `action`. */
export function findTask(
  state: RouterState,
  sid: Sid,
  allowed: readonly TaskStatus[],
  action: string,
  because: string,
): Task {
  const task = state.tasks.get(sid) ?? notFound('Tasks', sid)
  if (allowed.includes(task.status)) return task
  throw new RouterRefusal(
    'invalid',
    sid,
    `Cannot ${action} task ${sid}${state.place} because ${because}.`,
  )
}

/** The reservation, provided its status allows `action`; a rescinded one is gone (410). */
export function findReservation(
  state: RouterState,
  sid: Sid,
  allowed: readonly ReservationStatus[],
  action: string,
): Reservation {
  const reservation = state.reservations.get(sid) ?? notFound('Reservations', sid)
  const { status } = reservation
  if (allowed.includes(status)) return reservation
  if (status === 'rescinded') {
    throw new RouterRefusal(
      'gone',
      sid,
      `Reservation ${sid}${state.place} has been rescinded: another worker accepted the task.`,
    )
  }
  throw new RouterRefusal(
    'invalid',
    sid,
    `Cannot ${action} reservation ${sid}${state.place} because it is ${status}, not ${allowed.join(' or ')}.`,
  )
}
