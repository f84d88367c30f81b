import type { TaskEvent } from '../../schemas/index.ts'

/** What the system does about an event of the workspace. */
export type Reaction =
  | { readonly kind: 'none' }
  /** The task died while its caller still waits. */
  | {
      readonly kind: 'rescue'
      readonly taskSid: string
      readonly callSid: string
      readonly language: string | null
    }
  /** The conversation is over: the worker has some time, then the task is completed for them. */
  | {
      readonly kind: 'start-wrap-up'
      readonly taskSid: string
      readonly taskQueueSid: string | null
      readonly workerSid: string | null
    }
  /** A conversation begins, whose end nobody may hear of. */
  | { readonly kind: 'watch-wrap-ups' }
  /** A worker came to an activity; whether it is the one of wrap-up is a setting. */
  | {
      readonly kind: 'worker-moved'
      readonly workerSid: string
      readonly activitySid: string
    }

/** Decides by the event alone, so that repeats and any order lead to the same. */
export function react(event: TaskEvent): Reaction {
  const { EventType, TaskSid: taskSid, WorkerSid, WorkerActivitySid } = event
  if (EventType === 'worker.activity.update' && WorkerSid && WorkerActivitySid) {
    return { kind: 'worker-moved', workerSid: WorkerSid, activitySid: WorkerActivitySid }
  }
  if (!taskSid) return { kind: 'none' }
  switch (EventType) {
    case 'task.canceled': {
      const { call_sid: callSid, selected_language: language } = parseAttributes(event)
      if (typeof callSid !== 'string' || callerLeft(event.TaskCanceledReason)) {
        return { kind: 'none' }
      }
      return {
        kind: 'rescue',
        taskSid,
        callSid,
        language: typeof language === 'string' ? language : null,
      }
    }
    case 'reservation.accepted':
      return { kind: 'watch-wrap-ups' }
    // The completed task of a workspace without multitasking never wrapped up, but its worker still does.
    case 'task.wrapup':
    case 'reservation.wrapup':
    case 'task.completed':
    case 'reservation.completed':
      return {
        kind: 'start-wrap-up',
        taskSid,
        taskQueueSid: event.TaskQueueSid ?? null,
        workerSid: event.WorkerSid ?? null,
      }
    default:
      return { kind: 'none' }
  }
}

// A task that was canceled because its call left the queue has a QueueResult for a reason, mostly `hangup`; what
// becomes of the call is then said by /queue-exit.
function callerLeft(reason: string | undefined): boolean {
  return /^(hang-?up|leave|redirected.*|bridged|error|system-error)$/i.test(reason ?? '')
}

function parseAttributes({ TaskAttributes }: TaskEvent): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(TaskAttributes ?? '')
    return typeof value === 'object' && value !== null ? { ...value } : {}
  } catch {
    return {}
  }
}
