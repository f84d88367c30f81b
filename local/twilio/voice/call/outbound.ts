import type { VoiceContext } from '../voice-context.ts'
import type { Call, CallOptions } from './call.ts'
import { reportProgress } from './status-callbacks.ts'

/** A leg to be dialled. */
export type OutboundCall = Omit<CallOptions, 'sid' | 'status'> & {
  /** How long it may ring. */
  readonly timeoutSeconds: number
  readonly timeLimitSeconds?: number
}

/**
 * Dials: the leg is queued now and rings a moment later, or when it is its turn, so that the caller of this function can listen
 * to it first.
 * It ends by itself when nobody answers.
 */
export function placeCall(voice: VoiceContext, options: OutboundCall): Call {
  const { clock } = voice
  const call = voice.calls.add({ ...options, status: 'queued' })
  call.limit.set(options.timeLimitSeconds ?? LONGEST_CALL_SECONDS)
  const dialAt = clock.now() + call.queueMs
  const timer = clock.schedule(dialAt + options.timeoutSeconds * 1_000, () =>
    call.hangUp('no-answer'),
  )
  call.answered.on(() => timer.cancel())
  call.ended.on(() => timer.cancel())
  const initiated = reportProgress(voice, call)
  if (call.queueMs === 0) {
    initiated()
    queueMicrotask(() => {
      if (!call.end) voice.phones.ring(call)
    })
  } else {
    const turn = clock.schedule(dialAt, () => {
      initiated()
      voice.phones.ring(call)
    })
    call.ended.on(() => turn.cancel())
  }
  return call
}

/** What Twilio adds to the `timeout` of a Dial and of a participant, but not to that of a call. */
export const RING_BUFFER_SECONDS = 5

const LONGEST_CALL_SECONDS = 14_400
