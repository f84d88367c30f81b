import type { Clock } from '../../../clock.ts'
import type { Call } from '../call/call.ts'
import type { Source } from '../interpreter/frame.ts'
import type { Scope } from '../scope.ts'
import { createSignal, type Signal } from '../signal.ts'

/** How a call leaves a queue while it goes on. */
export type QueueExit =
  | { readonly kind: 'leave' }
  | { readonly kind: 'error' }
  | { readonly kind: 'redirected'; readonly source: Source }
  /** Taken out by somebody: `run` goes on with the call until they have parted; `parted` follows, after the end of the task. */
  | {
      readonly kind: 'taken'
      readonly run: (scope: Scope) => Promise<void>
      readonly parted?: () => void
    }

/** A call that waits in a queue. */
export interface QueueMember {
  readonly call: Call
  readonly queue: VoiceQueue
  readonly taskSid: string | null
  readonly enqueuedAt: number
  /** 1 is the front. */
  readonly position: number
  /** Whole seconds since it came. */
  readonly waitSeconds: number
  /** Takes it out; false when it had left already. */
  leave(exit: QueueExit): boolean
  /** Takes it out because the leg has ended or is executing something else. */
  drop(): void
  readonly left: Signal<QueueExit | null>
  /** How it left; undefined while it waits. */
  readonly exit: QueueExit | null | undefined
}

/** A queue of calls, oldest first. */
export interface VoiceQueue {
  readonly sid: string
  friendlyName: string
  maxSize: number
  readonly createdAt: number
  updatedAt: number
  members(): readonly QueueMember[]
  /** Null when the queue is full. `maxSize` counts for this entry only. */
  join(call: Call, taskSid: () => string | null, maxSize?: number): QueueMember | null
  readonly joined: Signal<QueueMember>
  /** Mean of the members' waiting times so far, whole seconds. */
  readonly averageWaitSeconds: number
}

/** An empty queue. */
export function createQueue(
  sid: string,
  friendlyName: string,
  maxSize: number,
  clock: Clock,
): VoiceQueue {
  const joined = createSignal<QueueMember>()
  let members: readonly QueueMember[] = []

  function createMember(call: Call, taskSid: string | null): QueueMember {
    const left = createSignal<QueueExit | null>()
    const enqueuedAt = clock.now()
    let gone: QueueExit | null | undefined
    const depart = (exit: QueueExit | null) => {
      if (!members.includes(member)) return false
      members = members.filter((one) => one !== member)
      gone = exit
      left.emit(exit)
      return true
    }
    const member: QueueMember = {
      call,
      queue,
      taskSid,
      enqueuedAt,
      left,
      get exit() {
        return gone
      },
      get position() {
        return members.indexOf(member) + 1
      },
      get waitSeconds() {
        return Math.floor((clock.now() - enqueuedAt) / 1_000)
      },
      leave: depart,
      drop: () => void depart(null),
    }
    return member
  }

  const queue: VoiceQueue = {
    sid,
    friendlyName,
    maxSize,
    createdAt: clock.now(),
    updatedAt: clock.now(),
    joined,
    members: () => members,
    join(call, taskSid, ownMaxSize) {
      if (members.length >= (ownMaxSize ?? queue.maxSize)) return null
      const member = createMember(call, taskSid())
      members = [...members, member]
      joined.emit(member)
      return member
    },
    get averageWaitSeconds() {
      if (members.length === 0) return 0
      const sum = members.reduce((seconds, member) => seconds + member.waitSeconds, 0)
      return Math.floor(sum / members.length)
    },
  }
  return queue
}
