import type { Clock } from '../../../clock.ts'
import type { Call } from '../call/call.ts'
import { createSignal, type Signal } from '../signal.ts'
import type { RecordingOptions, RecordingSource } from './recordings.ts'

export type RecordingStatus = 'in-progress' | 'paused' | 'completed' | 'absent'

/** One recording; only its length is real. */
export interface Recording {
  readonly sid: string
  /** The parent leg. */
  readonly call: Call
  readonly conferenceSid: string | null
  readonly source: RecordingSource
  readonly channels: number
  readonly track: string
  readonly startedAt: number
  readonly updatedAt: number
  readonly status: RecordingStatus
  readonly over: boolean
  /** Without the pauses. */
  readonly durationSeconds: number
  /** Without an extension: WAV. */
  readonly url: string
  readonly stopped: Signal<void>
  pause(): void
  resume(): void
  stop(): void
}

/** A recording that runs. */
export function createRecording(
  sid: string,
  options: RecordingOptions,
  { clock, accountSid }: { readonly clock: Clock; readonly accountSid: string },
): Recording {
  const startedAt = clock.now()
  const stopped = createSignal<void>()
  let status: RecordingStatus = 'in-progress'
  let updatedAt = startedAt
  let recordedMs = 0
  let runsSince = startedAt

  const takeTime = () => {
    const now = clock.now()
    if (status === 'in-progress') recordedMs += now - runsSince
    runsSince = now
    updatedAt = now
  }
  const over = () => status === 'completed' || status === 'absent'

  return {
    sid,
    call: options.call,
    conferenceSid: options.conferenceSid ?? null,
    source: options.source,
    channels: options.channels ?? 1,
    track: options.track ?? 'both',
    startedAt,
    stopped,
    url: `https://api.twilio.com/2010-04-01/Accounts/${accountSid}/Recordings/${sid}`,
    get updatedAt() {
      return updatedAt
    },
    get status() {
      return status
    },
    get over() {
      return over()
    },
    get durationSeconds() {
      const running = status === 'in-progress' ? clock.now() - runsSince : 0
      return Math.round((recordedMs + running) / 1_000)
    },
    pause() {
      if (status !== 'in-progress') return
      takeTime()
      status = 'paused'
    },
    resume() {
      if (status !== 'paused') return
      takeTime()
      status = 'in-progress'
    },
    stop() {
      if (over()) return
      takeTime()
      status = 'completed'
      stopped.emit()
    },
  }
}
