import { badRequest, TwilioRefusal } from '../../rest/refusal.ts'
import { createBridge, holdGuest } from '../call/bridge.ts'
import type { Call } from '../call/call.ts'
import { callFields } from '../call/call-fields.ts'
import type { QueueMember } from '../queue/queue.ts'
import type { Scope } from '../scope.ts'
import type { Instructed } from './instructions.ts'
import { callerId, instructionCodes, ringWorker } from './worker-leg.ts'

/**
 * `dequeue`: rings the worker; the answer accepts the reservation and joins the worker with the queued caller. A leg
 * that fails cancels the reservation, so that the task is routed again.
 */
export function dequeue(instructed: Instructed): void {
  const { voice, reservation } = instructed
  const member = voice.queues.memberOfTask(reservation.taskSid)
  if (!member) {
    throw badRequest(
      `Task ${reservation.taskSid} has no call that waits in a queue: dequeue is only for tasks of <Enqueue>`,
      instructionCodes.dequeueNotPending,
    )
  }
  const from = callerId(instructed, member.call.to, instructionCodes.dequeueFrom)
  const worker = ringWorker(instructed, { from, storyOf: member.call })
  reportEnd(instructed, worker)
  const stopWatching = member.left.on(() => worker.hangUp('canceled'))
  worker.answered.on(() => {
    stopWatching()
    connect(instructed, member, worker)
  })
  worker.ended.on(({ status }) => {
    stopWatching()
    if (worker.answeredAt !== null || status === 'canceled') return
    voice.taskRouter.cancelReservation(reservation.reservationSid)
  })
}

function connect(instructed: Instructed, member: QueueMember, worker: Call) {
  const { voice, reservation, parameters } = instructed
  const { taskRouter, recordings } = voice
  const { call: caller } = member
  const scope = worker.occupy()
  try {
    taskRouter.acceptReservation(reservation.reservationSid)
  } catch (error) {
    if (!(error instanceof TwilioRefusal)) throw error
    voice.alert(caller, instructionCodes.dequeueNotPending, error.message)
    return worker.hangUp('completed')
  }
  const bridge = createBridge()
  const recording =
    parameters['record'] === 'record-from-answer'
      ? recordings.start({ call: caller, source: 'DialVerb', channels: 2, callback: null })
      : null
  bridge.onEnd(() => recording?.stop())
  const parted = () => {
    const activitySid = parameters['post_work_activity_sid']
    if (activitySid) taskRouter.setWorkerActivity(reservation.workerSid, activitySid)
  }
  const run = (callersScope: Scope) => {
    caller.doing = `bridged with ${worker.to}`
    worker.doing = `bridged with ${caller.from}`
    worker.tell('call.bridged', `${worker.to} answered, talking to ${caller.from}`)
    return bridge.hold(callersScope)
  }
  member.leave({ kind: 'taken', run, parted })
  taskRouter.mergeTaskAttributes(reservation.taskSid, { worker_call_sid: worker.sid })
  void holdGuest(bridge, worker, scope)
}

/** `status_callback_url`: by GET, for the end of the leg only. */
function reportEnd({ voice, parameters }: Instructed, worker: Call): void {
  const url = parameters['status_callback_url']
  if (!url) return
  worker.ended.on(() => {
    const fields = { ...callFields(worker, voice.accountSid), taskCallSid: worker.sid }
    voice.notify({ purpose: 'call status callback', url, method: 'GET', fields, call: worker })
  })
}
