import { TwilioRefusal } from '../../rest/refusal.ts'
import { createBridge } from '../call/bridge.ts'
import type { QueueMember, VoiceQueue } from '../queue/queue.ts'
import { Interrupted } from '../scope.ts'
import type { Dial, DialQueue } from '../twiml/index.ts'
import { absoluteTarget } from './address.ts'
import { requestActionOnly } from './afterwards.ts'
import { afterDial } from './dial-result.ts'
import type { Frame, Step } from './frame.ts'

/** `<Dial><Queue>`: joins this leg with the front of a queue, or with the call of a reservation, which that accepts. */
export async function dialQueue(verb: Dial, noun: DialQueue, frame: Frame): Promise<Step> {
  const { call } = frame
  const wanted = noun.reservationSid ? reserved(noun.reservationSid, frame) : named(noun, frame)
  if (wanted === null) return afterDial(verb, frame, { DialCallStatus: 'failed' })
  call.doing = `Dial queue ${noun.name || noun.reservationSid}`
  const member = 'call' in wanted ? wanted : await front(verb, wanted, frame)
  if (member === null) return afterDial(verb, frame, { DialCallStatus: 'no-answer' })
  if (!accepted(noun, member, frame)) return afterDial(verb, frame, { DialCallStatus: 'failed' })
  return connect(verb, noun, member, frame)
}

function named({ name }: DialQueue, { call, voice }: Frame): VoiceQueue | null {
  const queue = voice.queues.named(name)
  if (!queue) voice.alert(call, 14215, `<Queue>: there is no queue “${name}”`)
  return queue ?? null
}

function reserved(reservationSid: string, { call, voice }: Frame): QueueMember | null {
  const reservation = voice.taskRouter.reservation(reservationSid)
  const member =
    reservation?.status === 'pending' ? voice.queues.memberOfTask(reservation.taskSid) : undefined
  if (!member) {
    const text = `<Queue reservationSid="${reservationSid}"> is no pending reservation of an enqueued call`
    voice.alert(call, 14215, text)
  }
  return member ?? null
}

/** The call at the front; of an empty queue the next one to come, within the timeout. */
async function front(verb: Dial, queue: VoiceQueue, frame: Frame): Promise<QueueMember | null> {
  const [first] = queue.members()
  if (first) return first
  const { clock } = frame.voice
  return frame.scope.wait<QueueMember | null>((done) => {
    const timer = clock.schedule(clock.now() + verb.timeoutSeconds * 1_000, () => done(null))
    const off = queue.joined.on(done)
    return () => {
      timer.cancel()
      off()
    }
  })
}

function accepted({ reservationSid }: DialQueue, { taskSid }: QueueMember, frame: Frame): boolean {
  const { call, voice } = frame
  if (reservationSid === null) return true
  try {
    voice.taskRouter.acceptReservation(reservationSid)
    if (taskSid) voice.taskRouter.mergeTaskAttributes(taskSid, { worker_call_sid: call.sid })
    return true
  } catch (error) {
    if (!(error instanceof TwilioRefusal)) throw error
    voice.alert(call, 14215, error.message)
    return false
  }
}

async function connect(
  verb: Dial,
  noun: DialQueue,
  member: QueueMember,
  frame: Frame,
): Promise<Step> {
  const { call, voice, scope } = frame
  const { call: queued, queue } = member
  const { clock, taskRouter } = voice
  const bridge = createBridge()
  const announcement = absoluteTarget(frame, noun.announcement)
  const queueSeconds = member.waitSeconds
  const startedAt = clock.now()
  const worker = noun.reservationSid ? taskRouter.reservation(noun.reservationSid) : undefined
  const left = member.leave({
    kind: 'taken',
    async run(queuedScope) {
      if (announcement) {
        const fields = () => ({
          QueueSid: queue.sid,
          QueueTime: String(queueSeconds),
          DequeingCallSid: call.sid,
        })
        const source = { kind: 'url', ...announcement } as const
        const stage = 'queue-announcement'
        await voice
          .perform(source, { call: queued, scope: queuedScope, stage, fields })
          .catch((error: unknown) => {
            bridge.end()
            throw error
          })
      }
      queued.doing = `bridged with ${call.from}`
      queued.tell('call.bridged', `${call.who} is talking to ${queued.from}`)
      await bridge.hold(queuedScope)
    },
    parted() {
      if (worker && noun.postWorkActivitySid) {
        taskRouter.setWorkerActivity(worker.workerSid, noun.postWorkActivitySid)
      }
    },
  })
  if (!left) return afterDial(verb, frame, { DialCallStatus: 'failed' })
  call.doing = `bridged with ${queued.from}`
  const fields = () => ({
    DialCallStatus: 'completed',
    DialBridged: 'true',
    DialCallSid: queued.sid,
    DialCallDuration: String(Math.round((clock.now() - startedAt) / 1_000)),
    QueueSid: queue.sid,
    DequeueResult: 'bridged',
    DequeuedCallSid: queued.sid,
    DequeuedCallQueueTime: String(queueSeconds),
    DequeuedCallDuration: String(Math.round((clock.now() - startedAt) / 1_000)),
  })
  try {
    await scope.part<void>(async (part, stop) => {
      const off = call.keys.on((key) => {
        if (verb.hangupOnStar && key === '*') stop()
      })
      const limit = clock.schedule(startedAt + verb.timeLimitSeconds * 1_000, () => stop())
      try {
        await bridge.hold(part)
      } finally {
        off()
        limit.cancel()
      }
    })
    return afterDial(verb, frame, fields())
  } catch (error) {
    if (error instanceof Interrupted && error.reason !== 'stopped') {
      requestActionOnly(frame, verb.action, verb.method, fields())
    }
    throw error
  }
}
