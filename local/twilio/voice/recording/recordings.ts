import type { Clock } from '../../../clock.ts'
import type { NewSid } from '../../objects/sid.ts'
import { rfc2822Date } from '../../rest/date.ts'
import type { Call } from '../call/call.ts'
import { createRetained } from '../retained.ts'
import type { RecordingCallback } from '../twiml/index.ts'
import { createRecording, type Recording } from './recording.ts'

export type RecordingSource =
  | 'DialVerb'
  | 'Conference'
  | 'OutboundAPI'
  | 'RecordVerb'
  | 'StartCallRecordingAPI'
  | 'StartConferenceRecordingAPI'

/** What is recorded, and who wants to know; the callback's URL is absolute. */
export type RecordingOptions = {
  /** The leg; for a Dial or a bridge the parent. */
  readonly call: Call
  readonly conferenceSid?: string
  readonly source: RecordingSource
  readonly channels?: number
  readonly track?: string
  readonly callback: RecordingCallback | null
}

/** The account's recordings, the latest of them: as long as what they are of, and a second of silence to listen to. */
export interface Recordings {
  /** Starts at once; a recording of a leg stops with it at the latest. */
  start(options: RecordingOptions): Recording
  get(sid: string): Recording | undefined
  list(): Iterable<Recording>
  delete(sid: string): void
  /** The recording of that leg, or of that conference, that runs now. */
  running(sid: string): Recording | undefined
  /** `Recording…` parameters for the end of a leg that was created with `Record=true`; empty when it was not. */
  ofCall(callSid: string): Readonly<Record<string, string>>
}

/** What recordings need. */
export type RecordingsContext = {
  readonly clock: Clock
  readonly newSid: NewSid
  readonly accountSid: string
  readonly notify: (webhook: {
    purpose: string
    url: string
    method: 'GET' | 'POST'
    fields: Readonly<Record<string, string>>
    call: Call
  }) => void
}

/** No recordings. */
export function createRecordings(context: RecordingsContext): Recordings {
  // Of legs created with `Record=true`: asked for at the end of every leg.
  const outbound = new Map<string, Recording>()
  const recordings = createRetained<Recording>((recording) => {
    const { sid } = recording.call
    if (outbound.get(sid) === recording) outbound.delete(sid)
  })
  return {
    start(options) {
      const recording = createRecording(context.newSid('RE'), options, context)
      recordings.add(recording)
      if (options.source === 'OutboundAPI') outbound.set(options.call.sid, recording)
      const report = (status: string) => reportRecording(recording, status, options, context)
      report('in-progress')
      recording.stopped.on(() => {
        recordings.end(recording, recording.updatedAt)
        report(recording.status)
      })
      if (!options.conferenceSid) options.call.ended.on(() => recording.stop())
      return recording
    },
    get: recordings.get,
    list: recordings.values,
    delete: recordings.delete,
    running(sid) {
      for (const one of recordings.live()) {
        if (!one.over && (one.conferenceSid ?? one.call.sid) === sid) return one
      }
      return undefined
    },
    ofCall(callSid) {
      const recording = outbound.get(callSid)
      return recording ? recordingFields(recording) : {}
    },
  }
}

/** The parameters by which an `action` learns of a recording. */
export function recordingFields(recording: Recording): Record<string, string> {
  return {
    RecordingSid: recording.sid,
    RecordingUrl: recording.url,
    RecordingDuration: String(recording.durationSeconds),
  }
}

function reportRecording(
  recording: Recording,
  status: string,
  { callback, call }: RecordingOptions,
  { accountSid, notify }: RecordingsContext,
): void {
  if (!callback?.events.includes(status)) return
  const { url, method } = callback
  const fields: Record<string, string> = {
    AccountSid: accountSid,
    CallSid: call.sid,
    ...recordingFields(recording),
    RecordingStatus: status,
    RecordingChannels: String(recording.channels),
    RecordingSource: recording.source,
    RecordingTrack: recording.track,
    RecordingStartTime: rfc2822Date(recording.startedAt),
    ...(recording.conferenceSid ? { ConferenceSid: recording.conferenceSid } : {}),
  }
  notify({ purpose: 'recording status callback', url, method, fields, call })
}
