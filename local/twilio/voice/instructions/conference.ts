import { badRequest, TwilioRefusal } from '../../rest/refusal.ts'
import type { Call } from '../call/call.ts'
import {
  API_END_HANGS_UP,
  attend,
  attendAsGuest,
  type Conference,
  createParticipant,
} from '../conference/index.ts'
import type { QueueMember } from '../queue/queue.ts'
import { Interrupted, type Scope } from '../scope.ts'
import type { Instructed } from './instructions.ts'
import { callbackOf, flag } from './parameters.ts'
import { callerId, instructionCodes, ringWorker } from './worker-leg.ts'

/**
 * `conference`: rings the worker; the answer accepts the reservation and brings the worker and the queued caller into
 * a conference named by the task. A leg that fails cancels the reservation, so that the task is routed again.
 */
export function conference(instructed: Instructed): void {
  const { voice, reservation, parameters } = instructed
  const member = voice.queues.memberOfTask(reservation.taskSid)
  const customer = member?.call ?? namedCustomer(instructed)
  const worker = ringWorker(instructed, {
    from: callerId(instructed, customer.to, instructionCodes.conferenceFrom),
    storyOf: customer,
    progress: callbackOf(parameters, 'status_callback', ['completed']) ?? undefined,
  })
  const cancel = () => worker.hangUp('canceled')
  const watching = [customer.ended.on(cancel), ...(member ? [member.left.on(cancel)] : [])]
  const stopWatching = () => {
    for (const stop of watching) stop()
  }
  worker.answered.on(() => {
    stopWatching()
    if (flag(parameters, 'record', false)) {
      const callback = callbackOf(parameters, 'recording_status_callback', ['completed'])
      voice.recordings.start({ call: worker, source: 'OutboundAPI', callback })
    }
    bringTogether(instructed, worker, customer, member)
  })
  worker.ended.on(({ status }) => {
    stopWatching()
    if (worker.answeredAt !== null || status === 'canceled') return
    voice.taskRouter.cancelReservation(reservation.reservationSid)
  })
}

/** The call of a task that was made by hand: its attributes name it. */
function namedCustomer({ voice, reservation }: Instructed): Call {
  const callSid = reservation.taskAttributes['call_sid']
  const call = typeof callSid === 'string' ? voice.calls.live(callSid) : undefined
  if (call?.status === 'in-progress') return call
  throw badRequest(
    `Task ${reservation.taskSid} has no call: none waits in a queue, and no call_sid in progress is among its attributes`,
    instructionCodes.routing,
  )
}

function bringTogether(
  instructed: Instructed,
  worker: Call,
  customer: Call,
  member: QueueMember | undefined,
): void {
  const { voice, reservation, parameters } = instructed
  const { taskRouter } = voice
  const { taskSid, reservationSid, workerSid } = reservation
  try {
    taskRouter.acceptReservation(reservationSid)
  } catch (error) {
    if (!(error instanceof TwilioRefusal)) throw error
    voice.alert(worker, instructionCodes.conferenceNotPending, error.message)
    worker.hangUp('completed')
    return
  }
  worker.tell('call.bridged', `${worker.to} answered, talking to ${customer.from}`)
  const room = openRoom(instructed, worker)
  const run = async (scope: Scope) => {
    const departure = await attend(voice, room, customerIn(instructed, customer), scope)
    if (departure === 'ended-by-api' && API_END_HANGS_UP) customer.hangUp('completed')
  }
  const parted = () => {
    const activitySid = parameters['post_work_activity_sid']
    if (activitySid) taskRouter.setWorkerActivity(workerSid, activitySid)
  }
  void attendAsGuest(voice, room, workerIn(instructed, worker), worker)
  if (member) member.leave({ kind: 'taken', run, parted })
  else void takeOver(customer, run, () => taskRouter.callEnded(taskSid)).then(parted)
  const participants = { worker: worker.sid, customer: customer.sid }
  taskRouter.mergeTaskAttributes(taskSid, { conference: { sid: room.sid, participants } })
}

/** A customer who waits in no queue is taken from whatever the leg does, and hung up when the conference is over. */
async function takeOver(
  customer: Call,
  run: (scope: Scope) => Promise<void>,
  over: () => void,
): Promise<void> {
  try {
    await run(customer.occupy())
    customer.hangUp('completed')
  } catch (error) {
    if (!(error instanceof Interrupted)) throw error
  } finally {
    over()
  }
}

function openRoom({ voice, reservation, parameters }: Instructed, worker: Call): Conference {
  const size = Number(parameters['max_participants'])
  const record = parameters['conference_record'] ?? ''
  return voice.conferences.ensure(reservation.taskSid, worker, {
    maxParticipants: size >= 2 && size <= 250 ? size : 250,
    record: record === 'true' || record === 'record-from-start',
    callback: callbackOf(parameters, 'conference_status_callback', ['start', 'end']),
    recordingCallback: callbackOf(parameters, 'conference_recording_status_callback', [
      'completed',
    ]),
  })
}

function workerIn({ voice, parameters }: Instructed, worker: Call) {
  const options = {
    label: null,
    muted: flag(parameters, 'muted', false),
    startOnEnter: flag(parameters, 'start_conference_on_enter', true),
    endOnExit: flag(parameters, 'end_conference_on_exit', false),
    callSidToCoach: null,
    waitUrl: parameters['wait_url'] ?? null,
    waitMethod: parameters['wait_method']?.toUpperCase() === 'GET' ? 'GET' : 'POST',
  } as const
  return createParticipant(worker, options, voice.clock.now())
}

function customerIn({ voice, parameters }: Instructed, customer: Call) {
  const options = {
    label: null,
    muted: false,
    startOnEnter: true,
    endOnExit: flag(parameters, 'end_conference_on_customer_exit', false),
    callSidToCoach: null,
    waitUrl: null,
    waitMethod: 'POST',
  } as const
  return createParticipant(customer, options, voice.clock.now())
}
