import { type AssignmentRequest, routes } from '../../schemas/index.ts'
import type { Settings } from '../settings.ts'

/** What an assignment callback tells TaskRouter to do with the reservation. */
export type Instruction = Readonly<Record<string, string | boolean | number>> & {
  readonly instruction: 'accept' | 'reject' | 'dequeue' | 'conference'
}

/** The instruction, and why the worker was refused if it was. */
export type Decision = {
  readonly instruction: Instruction
  /** Set when the worker cannot be called at all. */
  readonly misconfigured?: string
}

/** How a reservation is answered: by the kind of its task, the worker's address and the workflow's setting. */
export function decide(assignment: AssignmentRequest, { app, centre }: Settings): Decision {
  if (!isVoice(assignment)) return { instruction: { instruction: 'accept' } }
  const misconfigured = whyNotCallable(assignment.WorkerAttributes)
  if (misconfigured) {
    // Out of the way: left available, the worker would be offered the same task again at once.
    const activity_sid = app.OFFLINE_ACTIVITY_SID ?? app.WRAP_UP_ACTIVITY_SID
    return { instruction: { instruction: 'reject', activity_sid }, misconfigured }
  }
  const shared = {
    from: app.CALLER_ID,
    post_work_activity_sid: app.WRAP_UP_ACTIVITY_SID,
    ...(centre.ringSeconds === undefined ? {} : { timeout: centre.ringSeconds }),
  }
  if (centre.instructions?.[assignment.WorkflowSid] !== 'conference') {
    return { instruction: { instruction: 'dequeue', ...shared } }
  }
  const callback = app.PUBLIC_BASE_URL + routes.callStatus
  return {
    instruction: {
      instruction: 'conference',
      ...shared,
      end_conference_on_exit: true,
      end_conference_on_customer_exit: true,
      status_callback: callback,
      status_callback_events: 'initiated,ringing,answered,completed',
      conference_status_callback: callback,
      conference_status_callback_events: 'start,end,join,leave',
      conference_record: centre.recordConferences ? 'record-from-start' : 'do-not-record',
      conference_recording_status_callback: callback,
    },
  }
}

function isVoice({ TaskChannelUniqueName, TaskAttributes }: AssignmentRequest): boolean {
  if (TaskChannelUniqueName) return TaskChannelUniqueName === 'voice'
  const attributes = parseObject(TaskAttributes)
  // With broken attributes: a call that is not dequeued is offered again, one that is accepted is stranded.
  return attributes === undefined || typeof attributes['call_sid'] === 'string'
}

function whyNotCallable(workerAttributes: string | undefined): string | undefined {
  const attributes = parseObject(workerAttributes)
  if (!attributes) return 'its attributes are not a JSON object'
  const { contact_uri: contactUri } = attributes
  return typeof contactUri === 'string' && /^(\+[1-9]\d{1,14}|client:.+|sips?:.+)$/.test(contactUri)
    ? undefined
    : 'its attribute contact_uri is not a number in E.164, client:… or sip:…'
}

function parseObject(text: string | undefined): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text ?? '')
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined
  } catch {
    return undefined
  }
}
