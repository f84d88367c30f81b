import { rfc2822Date } from '../../rest/date.ts'
import type { VoiceContext } from '../voice-context.ts'
import type { Call } from './call.ts'
import { callFields } from './call-fields.ts'

/**
 * Sends the news of a leg's progress to whoever asked for them, from now until its end. What it returns is to be called when the
 * leg is dialled.
 */
export function reportProgress(voice: VoiceContext, call: Call): () => void {
  let sequence = 0
  const report = (event: string, status: string, more: Record<string, string> = {}) => {
    const { progress } = call
    if (!progress?.events.includes(event)) return
    const fields = {
      ...callFields(call, voice.accountSid),
      CallStatus: status,
      Timestamp: rfc2822Date(voice.clock.now()),
      CallbackSource: 'call-progress-events',
      SequenceNumber: String(sequence++),
      ...more,
    }
    const { url, method } = progress
    voice.notify({ purpose: 'call status callback', url, method, fields, call })
  }
  call.rang.on(() => report('ringing', 'ringing'))
  call.answered.on(() => report('answered', 'in-progress'))
  call.ended.on(({ status, sipCode }) => {
    const ms = call.answeredAt === null ? 0 : (call.endedAt ?? 0) - call.answeredAt
    const seconds = Math.round(ms / 1_000)
    report('completed', status, {
      CallDuration: String(seconds),
      Duration: String(Math.ceil(seconds / 60)),
      SipResponseCode: String(sipCode),
      ...voice.recordings.ofCall(call.sid),
    })
  })
  return () => report('initiated', 'initiated')
}
