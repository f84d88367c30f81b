import { hasBit, setBit } from './bits.ts'
import { emitActivity } from './events.ts'
import type { Activity, Channel, RouterState, Worker, WorkerChannel } from './state.ts'
import { availablePercentage } from './views.ts'

/** Recomputes whether the worker may be given tasks of this channel. */
export function updateEligibility(state: RouterState, worker: Worker, channel: Channel): void {
  const own = channelOf(worker, channel)
  const eligible = worker.activity.available && own.available && own.used < own.capacity
  const wasEligible = hasBit(channel.eligible, worker.index)
  if (eligible !== wasEligible) setBit(channel.eligible, worker.index, eligible)
  if ((eligible && !wasEligible) || state.volatileLines > 0) state.freed = true
}

/** Moves the worker to another activity, and says so; nothing happens if he is there already. */
export function moveToActivity(state: RouterState, worker: Worker, activity: Activity): void {
  const previous = worker.activity
  if (previous === activity) return
  const since = worker.activityChangedAt
  previous.workers--
  activity.workers++
  worker.activity = activity
  worker.activityChangedAt = state.now
  setBit(state.availableWorkers, worker.index, activity.available)
  for (const channel of state.channels.values()) updateEligibility(state, worker, channel)
  emitActivity(state, worker, previous, state.now - since)
}

/** The worker's use of a channel; every worker has one for each channel. */
export function channelOf(worker: Worker, channel: Channel): WorkerChannel {
  const own = worker.channels[channel.index]
  if (own === undefined) throw new Error(`Worker ${worker.sid} lacks channel ${channel.sid}`)
  return own
}

/** What `worker.…` names in a target expression: his attributes, and fields that follow what he does. */
export function scopeOf(state: RouterState, worker: Omit<Worker, 'scope'>): Worker['scope'] {
  return {
    ...worker.attributes,
    sid: worker.sid,
    friendly_name: worker.friendlyName,
    get activity_sid() {
      return worker.activity.sid
    },
    get activity_name() {
      return worker.activity.friendlyName
    },
    get channel() {
      return Object.fromEntries(
        [...state.channels.values()].map(({ uniqueName, index }) => [
          uniqueName,
          scopeOfChannel(worker.channels[index]),
        ]),
      )
    },
  }
}

function scopeOfChannel(channel: WorkerChannel | undefined) {
  if (channel === undefined) return null
  return {
    configured_capacity: channel.capacity,
    assigned_tasks: channel.accepted,
    available_capacity_percentage: availablePercentage(channel),
  }
}
