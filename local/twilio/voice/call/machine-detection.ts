import type { VoiceContext } from '../voice-context.ts'
import type { Call } from './call.ts'

export type MachineDetection = 'Enable' | 'DetectMessageEnd'

/** What detection found, and how long it took. */
export type Detection = { readonly answeredBy: string; readonly ms: number }

// A person is known after a word; a machine after a sentence; the end of its message takes longer still.
const HUMAN_MS = 1_500
const MACHINE_MS = 3_000
const MESSAGE_END_MS = 8_000

/** What the profile of the phone that answered makes detection find. */
export function detection(voice: VoiceContext, call: Call, mode: MachineDetection): Detection {
  if (voice.phones.answeredAs(call) === 'human') return { answeredBy: 'human', ms: HUMAN_MS }
  return mode === 'Enable'
    ? { answeredBy: 'machine_start', ms: MACHINE_MS }
    : { answeredBy: 'machine_end_beep', ms: MESSAGE_END_MS }
}

/** Finds it out while the call goes on, and tells the callback. */
export function detectInBackground(
  voice: VoiceContext,
  call: Call,
  mode: MachineDetection,
  callback: { readonly url: string; readonly method: 'GET' | 'POST' } | null,
): void {
  const { clock, accountSid } = voice
  const { answeredBy, ms } = detection(voice, call, mode)
  const timer = clock.schedule(clock.now() + ms, () => {
    call.answeredBy = answeredBy
    if (!callback) return
    const fields = {
      CallSid: call.sid,
      AccountSid: accountSid,
      AnsweredBy: answeredBy,
      MachineDetectionDuration: String(ms),
    }
    voice.notify({ purpose: 'machine detection callback', ...callback, fields, call })
  })
  call.ended.on(() => timer.cancel())
}
