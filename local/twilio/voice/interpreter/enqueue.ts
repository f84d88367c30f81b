import { isSid } from '../../objects/sid.ts'
import { TwilioRefusal } from '../../rest/refusal.ts'
import { taskAttributes } from '../call/call-fields.ts'
import type { QueueExit, QueueMember, VoiceQueue } from '../queue/queue.ts'
import { Interrupted, type Scope } from '../scope.ts'
import type { Enqueue } from '../twiml/index.ts'
import { absolute, actionSource } from './address.ts'
import { requestActionOnly } from './afterwards.ts'
import { type Frame, next, type Source, type Step } from './frame.ts'

const MAX_SIZE = 1_000
const MAX_SIZE_OF_WORKFLOW = 100
// A wait document that takes no time is not fetched again within a second.
const SHORTEST_LOOP_MS = 1_000

/** `<Enqueue>`: the call waits until it is taken out, leaves, or gives up; with a workflow, as a task. */
export async function enqueue(verb: Enqueue, frame: Frame): Promise<Step> {
  const { call, voice } = frame
  const queue = findQueue(verb, frame)
  if (typeof queue === 'string') {
    voice.alert(call, verb.workflowSid === null ? 14204 : 14220, queue)
    return leaveWith(verb, frame, { QueueResult: 'error' })
  }
  const member = join(verb, frame, queue)
  if (member === 'refused') return leaveWith(verb, frame, { QueueResult: 'error' })
  if (member === 'full') {
    call.tell('call.queue-full', `queue “${queue.friendlyName}” is full`)
    return leaveWith(verb, frame, { QueueResult: 'queue-full' })
  }
  call.doing = 'Enqueue'
  const place = verb.workflowSid === null ? `in queue “${queue.friendlyName}”` : 'for an agent'
  call.tell('call.enqueued', `${call.who} waits ${place}`)
  return waitAndLeave(verb, frame, member)
}

/** The queue, or why there can be none. */
function findQueue({ workflowSid, name, task }: Enqueue, { voice }: Frame): VoiceQueue | string {
  if (workflowSid !== null) {
    if (!isSid('WW', workflowSid))
      return `<Enqueue workflowSid="${workflowSid}"> is no workflow SID`
    return voice.queues.ensure(workflowSid, MAX_SIZE_OF_WORKFLOW)
  }
  if (task) return '<Enqueue> with a <Task> needs a workflowSid'
  if (name.length < 1 || name.length > 64)
    return `a queue name has 1 to 64 characters, not '${name}'`
  return voice.queues.ensure(name, MAX_SIZE)
}

function join(
  verb: Enqueue,
  { call, voice }: Frame,
  queue: VoiceQueue,
): QueueMember | 'full' | 'refused' {
  const { workflowSid, task } = verb
  const own = parseAttributes(task?.attributes ?? '{}')
  if (!own) {
    voice.alert(call, 14221, `the attributes of <Task> are no JSON object: ${task?.attributes}`)
    return 'refused'
  }
  const createTask = () => {
    if (workflowSid === null) return null
    const attributes = { ...taskAttributes(call, voice.accountSid), ...own }
    const priority = task?.priority ?? undefined
    const timeoutSeconds = task?.timeoutSeconds ?? undefined
    return voice.taskRouter.enqueue({ workflowSid, attributes, priority, timeoutSeconds }).taskSid
  }
  try {
    return queue.join(call, createTask, verb.maxQueueSize ?? undefined) ?? 'full'
  } catch (error) {
    if (!(error instanceof TwilioRefusal)) throw error
    voice.alert(call, error.code, `<Enqueue workflowSid="${workflowSid}">: ${error.message}`)
    return 'refused'
  }
}

function parseAttributes(text: string): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(text.trim() || '{}')
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? { ...value }
      : null
  } catch {
    return null
  }
}

async function waitAndLeave(verb: Enqueue, frame: Frame, member: QueueMember): Promise<Step> {
  const { scope, voice } = frame
  const { taskSid, queue } = member
  const taskOver = (reason: string) => {
    if (taskSid === null) return
    // A task that was accepted without a bridge is not canceled but over.
    voice.taskRouter.callLeftQueue(taskSid, reason)
    if (reason === 'hangup') voice.taskRouter.callEnded(taskSid)
  }
  let seconds = 0
  const fields = (QueueResult: string) => ({
    QueueResult,
    QueueSid: queue.sid,
    QueueTime: String(seconds),
  })
  let taken: (QueueExit & { kind: 'taken' }) | null = null
  try {
    const exit = await scope.part<QueueExit>((part, stop) => {
      const leave = (how: QueueExit | null) => {
        seconds = member.waitSeconds
        if (how) stop(how)
      }
      // Somebody may have waited for a call to come, and have taken it at once.
      if (member.exit !== undefined) leave(member.exit)
      else member.left.on(leave)
      return wait(verb, frame, member, part)
    })
    member.drop()
    if (exit.kind === 'taken') {
      taken = exit
      await exit.run(scope)
      return leaveWith(verb, frame, fields('bridged'))
    }
    taskOver(exit.kind)
    if (exit.kind === 'redirected') {
      requestActionOnly(frame, verb.action, verb.method, fields('redirected'))
      return { kind: 'goto', source: exit.source }
    }
    return leaveWith(verb, frame, fields(exit.kind))
  } catch (error) {
    member.drop()
    if (error instanceof Interrupted && error.reason !== 'stopped') {
      const gone = error.reason === 'hung-up' ? 'hangup' : 'redirected'
      if (!taken) taskOver(gone)
      const after = gone === 'hangup' ? 'bridged' : 'redirected-from-bridged'
      requestActionOnly(frame, verb.action, verb.method, fields(taken ? after : gone))
    }
    throw error
  } finally {
    if (taken && scope.cause !== 'stopped') {
      if (taskSid) voice.taskRouter.callEnded(taskSid)
      taken.parted?.()
    }
  }
}

/** Runs the wait document over and over; returns when it asks to leave or fails. */
async function wait(
  { waitUrl, waitUrlMethod }: Enqueue,
  frame: Frame,
  member: QueueMember,
  scope: Scope,
): Promise<QueueExit> {
  const { call, voice } = frame
  if (!waitUrl) {
    call.tell('call.wait', `${call.who} hears ${waitUrl === '' ? 'silence' : 'music'}`)
    return scope.wait<never>(() => () => {})
  }
  const source: Source = { kind: 'url', url: absolute(frame, waitUrl), method: waitUrlMethod }
  const fields = () => ({
    QueueSid: member.queue.sid,
    QueuePosition: String(member.position),
    QueueTime: String(member.waitSeconds),
    AvgQueueTime: String(member.queue.averageWaitSeconds),
    CurrentQueueSize: String(member.queue.members().length),
    MaxQueueSize: String(member.queue.maxSize),
  })
  for (;;) {
    const startedAt = voice.clock.now()
    const outcome = await voice.perform(source, { call, scope, stage: 'queue-wait', fields })
    if (outcome === 'leave' || outcome === 'error') return { kind: outcome }
    if (outcome === 'hang-up') call.hangUp('completed')
    const left = startedAt + SHORTEST_LOOP_MS - voice.clock.now()
    if (left > 0) await scope.sleep(left)
  }
}

function leaveWith(verb: Enqueue, frame: Frame, fields: Record<string, string>): Step {
  if (verb.action === null) return next
  return { kind: 'goto', source: actionSource(frame, verb.action, verb.method, fields) }
}
