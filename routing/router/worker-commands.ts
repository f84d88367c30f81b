import type { Command } from '../router-contract.ts'
import { grown, setBit, wordsFor } from './bits.ts'
import { updateCandidate } from './lines.ts'
import { find, findNamed } from './lookup.ts'
import { rejectPending } from './reservation-commands.ts'
import { RouterRefusal } from './router-refusal.ts'
import type { Activity, RouterState, Worker } from './state.ts'
import { moveToActivity, scopeOf } from './worker-state.ts'
import { addChannel } from './workspace-commands.ts'

type Of<K extends Command['kind']> = Extract<Command, { readonly kind: K }>

export function putWorker(state: RouterState, command: Of<'put-worker'>): void {
  const known = state.workers.get(command.sid)
  refuseTakenName(state, command)
  if (known === undefined) {
    const activity = findNamed(state.activities, 'ActivitySid', command.activitySid)
    addWorker(state, command, activity, ++state.counters.worker, state.now)
    return
  }
  known.friendlyName = command.friendlyName
  known.attributes = command.attributes
  known.scope = scopeOf(state, known)
  updateMemberships(state, known)
}

/** Adds a worker with an index of his own; also when a snapshot is restored. */
export function addWorker(
  state: RouterState,
  { sid, friendlyName, attributes }: Pick<Worker, 'sid' | 'friendlyName' | 'attributes'>,
  activity: Activity,
  order: number,
  activityChangedAt: number,
): Worker {
  const index = state.freeIndexes.pop() ?? state.workerAt.length
  if (wordsFor(index + 1) > state.words) growSets(state, state.words * 2)
  const bare = {
    ...{ sid, index, order, friendlyName, attributes, activity, activityChangedAt },
    ...{ scope: attributes, lastAssignment: 0, channels: [], reservations: [] },
  }
  const worker: Worker = bare
  worker.scope = scopeOf(state, worker)
  state.workerAt[index] = worker
  state.workers.set(sid, worker)
  activity.workers++
  setBit(state.availableWorkers, index, activity.available)
  for (const channel of state.channels.values()) addChannel(state, worker, channel)
  updateMemberships(state, worker)
  return worker
}

export function setWorkerActivity(state: RouterState, command: Of<'set-worker-activity'>): void {
  const worker = find(state.workers, 'Workers', command.sid)
  const activity = findNamed(state.activities, 'ActivitySid', command.activitySid)
  const { rejectPendingReservations = false } = command
  if (rejectPendingReservations && activity.available) {
    throw new RouterRefusal(
      'invalid',
      worker.sid,
      `RejectPendingReservations of worker ${worker.sid} needs an unavailable activity, and ${activity.friendlyName} is available`,
    )
  }
  moveToActivity(state, worker, activity)
  if (rejectPendingReservations) {
    rejectPending(
      state,
      worker.reservations.filter(({ status }) => status === 'pending'),
    )
  }
}

export function deleteWorker(state: RouterState, { sid }: Of<'delete-worker'>): void {
  const worker = find(state.workers, 'Workers', sid)
  if (worker.activity.available) {
    throw new RouterRefusal('invalid', sid, `Cannot delete worker ${sid} because it is available`)
  }
  if (worker.reservations.length > 0) {
    throw new RouterRefusal(
      'invalid',
      sid,
      `Cannot delete worker ${sid} because it has ${worker.reservations.length} reservation(s)`,
    )
  }
  state.workers.delete(sid)
  state.workerAt[worker.index] = undefined
  state.freeIndexes.push(worker.index)
  worker.activity.workers--
  setBit(state.availableWorkers, worker.index, false)
  for (const channel of state.channels.values()) setBit(channel.eligible, worker.index, false)
  for (const queue of state.queues.values()) setBit(queue.members, worker.index, false)
  for (const line of state.lines) setBit(line.candidates, worker.index, false)
}

function refuseTakenName(state: RouterState, { sid, friendlyName }: Of<'put-worker'>): void {
  const name = friendlyName.toLowerCase()
  for (const other of state.workers.values()) {
    if (other.sid !== sid && other.friendlyName.toLowerCase() === name) {
      throw new RouterRefusal(
        'conflict',
        sid,
        `Worker ${other.sid} has the FriendlyName ${friendlyName} already`,
      )
    }
  }
}

/** Which queues and lines the worker belongs to, after his attributes or his name changed. */
function updateMemberships(state: RouterState, worker: Worker): void {
  for (const queue of state.queues.values()) {
    setBit(queue.members, worker.index, queue.matches?.(worker.attributes) ?? false)
  }
  for (const line of state.lines) updateCandidate(line, worker)
  state.freed = true
}

function growSets(state: RouterState, words: number): void {
  state.words = words
  state.availableWorkers = grown(state.availableWorkers, words)
  for (const channel of state.channels.values()) channel.eligible = grown(channel.eligible, words)
  for (const queue of state.queues.values()) queue.members = grown(queue.members, words)
  for (const line of state.lines) line.candidates = grown(line.candidates, words)
}
