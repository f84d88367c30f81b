import type { Command } from '../router-contract.ts'
import { find, findNamed } from './lookup.ts'
import { isLive } from './reserve.ts'
import { RouterRefusal } from './router-refusal.ts'
import type { Channel, RouterState, Worker } from './state.ts'
import { updateEligibility } from './worker-state.ts'

type Of<K extends Command['kind']> = Extract<Command, { readonly kind: K }>

export function putWorkspace(state: RouterState, command: Of<'put-workspace'>): void {
  // The timeout activity is looked up when it is needed: a workspace may be put before its activities.
  state.timeoutActivitySid = command.timeoutActivitySid
  state.prioritizeQueueOrder = command.prioritizeQueueOrder ?? 'FIFO'
}

export function putActivity(state: RouterState, command: Of<'put-activity'>): void {
  const { sid, friendlyName, available } = command
  const activity = state.activities.get(sid)
  if (activity === undefined) {
    state.activities.set(sid, { sid, friendlyName, available, workers: 0 })
    return
  }
  if (activity.available !== available) {
    throw new RouterRefusal('invalid', sid, `Available of activity ${sid} cannot be changed`)
  }
  activity.friendlyName = friendlyName
  if (state.volatileLines > 0) state.freed = true
}

export function deleteActivity(state: RouterState, { sid }: Of<'delete-activity'>): void {
  const activity = find(state.activities, 'Activities', sid)
  if (activity.workers > 0) {
    throw new RouterRefusal(
      'invalid',
      sid,
      `Cannot delete activity ${sid} because ${activity.workers} worker(s) are in it`,
    )
  }
  if (state.timeoutActivitySid === sid) {
    throw new RouterRefusal(
      'invalid',
      sid,
      `Cannot delete activity ${sid} because it is the timeout activity of the workspace`,
    )
  }
  state.activities.delete(sid)
}

export function putTaskChannel(state: RouterState, command: Of<'put-task-channel'>): void {
  const { sid, uniqueName, channelOptimizedRouting } = command
  const known = state.channels.get(sid)
  if (known !== undefined) {
    if (known.uniqueName !== uniqueName) {
      throw new RouterRefusal('invalid', sid, `UniqueName of task channel ${sid} cannot be changed`)
    }
    known.channelOptimizedRouting = channelOptimizedRouting
    return
  }
  const channel: Channel = {
    sid,
    uniqueName,
    index: freeChannelIndex(state),
    channelOptimizedRouting,
    eligible: new Uint32Array(state.words),
    liveTasks: 0,
  }
  state.channels.set(sid, channel)
  for (const worker of state.workers.values()) addChannel(state, worker, channel)
}

export function deleteTaskChannel(state: RouterState, { sid }: Of<'delete-task-channel'>): void {
  const channel = find(state.channels, 'TaskChannels', sid)
  const reserved = [...state.reservations.values()].some(
    (reservation) => reservation.channel === channel && isLive(reservation.status),
  )
  if (channel.liveTasks > 0 || reserved) {
    throw new RouterRefusal(
      'invalid',
      sid,
      `Cannot delete task channel ${sid} because tasks use it`,
    )
  }
  for (const line of state.lines) {
    if (line.channel !== channel) continue
    line.step.lines[channel.index]?.clear()
    state.lines.delete(line)
    if (line.step.expression?.volatile) state.volatileLines--
  }
  state.channels.delete(sid)
}

export function putWorkerChannel(state: RouterState, command: Of<'put-worker-channel'>): void {
  const worker = find(state.workers, 'Workers', command.workerSid)
  const channel = findNamed(state.channels, 'TaskChannel', command.taskChannelSid)
  const own = worker.channels[channel.index]
  if (own === undefined) return
  if (!Number.isInteger(command.capacity) || command.capacity < 0) {
    throw new RouterRefusal('invalid', worker.sid, `Invalid Capacity: ${command.capacity}`)
  }
  own.capacity = command.capacity
  own.available = command.available
  updateEligibility(state, worker, channel)
}

/** Every worker has every channel, with a capacity of one until told otherwise. */
export function addChannel(state: RouterState, worker: Worker, channel: Channel): void {
  worker.channels[channel.index] = {
    capacity: 1,
    available: true,
    used: 0,
    accepted: 0,
    lastAssignment: 0,
  }
  updateEligibility(state, worker, channel)
}

function freeChannelIndex(state: RouterState): number {
  const taken = new Set([...state.channels.values()].map((channel) => channel.index))
  let index = 0
  while (taken.has(index)) index++
  return index
}
