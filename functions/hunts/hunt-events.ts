import type { CallEvent, TaskEvent } from '../../schemas/index.ts'
import type { HuntEvent } from './step.ts'

/** What an event of the workspace says about a hunt. */
export type HuntNews = { readonly id: string; readonly event: HuntEvent | null }

/** The hunt that a task belongs to and what happened to it; undefined when it belongs to none. */
export function huntNews(event: TaskEvent): HuntNews | undefined {
  const { EventType, ReservationSid: sid, WorkerSid: workerSid } = event
  const attributes = parseAttributes(event.TaskAttributes)
  const { hunt_id: id, hunt_task: key, hunt_waits: waits, offered_to: offered } = attributes
  if (typeof id !== 'string' || typeof key !== 'string') return undefined
  const [resource, what = ''] = EventType.split('.')
  const reason = event.TaskCanceledReason ?? EventType
  // Our own end of a task says so.
  const ours = reason.startsWith('hunt: ')
  // With the task goes its reservation, in whatever order the two are told.
  const gone = what === 'canceled' && event.TaskAssignmentStatus === 'canceled'
  if (gone || ['task.deleted', 'task.system-deleted'].includes(EventType)) {
    return { id, event: ours ? null : { kind: 'task-lost', key, reason } }
  }
  if (resource === 'reservation' && sid && workerSid) {
    // The look after a creation tells those of the task that it is about; and who was taken off a task has rejected here.
    const known =
      (what === 'created' && waits !== true) ||
      (what === 'rejected' && Array.isArray(offered) && !offered.includes(workerSid))
    const status = what === 'created' ? 'pending' : what
    return { id, event: known ? null : { kind: 'reservation', key, workerSid, sid, status } }
  }
  return { id, event: null }
}

/** SID of the call that is over, or has left its conference; whoever hunts for it is to know. */
export function goneCaller(event: CallEvent): string | undefined {
  const { CallSid, CallStatus, StatusCallbackEvent, ConferenceSid } = event
  if (StatusCallbackEvent === 'participant-leave') return CallSid
  const over = ['completed', 'busy', 'no-answer', 'failed', 'canceled'].includes(CallStatus ?? '')
  return over && !ConferenceSid ? CallSid : undefined
}

function parseAttributes(text: string | undefined): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text ?? '')
    return typeof value === 'object' && value !== null ? { ...value } : {}
  } catch {
    return {}
  }
}
