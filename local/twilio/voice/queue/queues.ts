import type { Clock } from '../../../clock.ts'
import type { NewSid } from '../../objects/sid.ts'
import { createQueue, type QueueMember, type VoiceQueue } from './queue.ts'

/** The account's call queues. */
export interface Queues {
  /** The queue of that name, created when there is none. */
  ensure(friendlyName: string, maxSize: number): VoiceQueue
  create(friendlyName: string, maxSize: number): VoiceQueue
  named(friendlyName: string): VoiceQueue | undefined
  get(sid: string): VoiceQueue | undefined
  list(): Iterable<VoiceQueue>
  delete(sid: string): void
  /** Where that call, or the call of that task, waits. */
  memberOfCall(callSid: string): QueueMember | undefined
  memberOfTask(taskSid: string): QueueMember | undefined
}

/** No queues. */
export function createQueues(context: { readonly clock: Clock; readonly newSid: NewSid }): Queues {
  const queues = new Map<string, VoiceQueue>()
  const find = (wanted: (member: QueueMember) => boolean) => {
    for (const queue of queues.values()) {
      const member = queue.members().find(wanted)
      if (member) return member
    }
    return undefined
  }
  const all: Queues = {
    create(friendlyName, maxSize) {
      const queue = createQueue(context.newSid('QU'), friendlyName, maxSize, context.clock)
      queues.set(queue.sid, queue)
      return queue
    },
    ensure: (friendlyName, maxSize) => all.named(friendlyName) ?? all.create(friendlyName, maxSize),
    named: (friendlyName) => [...queues.values()].find((one) => one.friendlyName === friendlyName),
    get: (sid) => queues.get(sid),
    list: () => queues.values(),
    delete: (sid) => void queues.delete(sid),
    memberOfCall: (callSid) => find(({ call }) => call.sid === callSid),
    memberOfTask: (taskSid) => find((member) => member.taskSid === taskSid),
  }
  return all
}
