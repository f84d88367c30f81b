import { callFields } from '../call/call-fields.ts'
import { type Recording, recordingFields } from '../recording/index.ts'
import { Interrupted } from '../scope.ts'
import type { Record as RecordVerb, StartRecording } from '../twiml/index.ts'
import { absolute, absoluteTarget, actionSource } from './address.ts'
import { requestActionOnly } from './afterwards.ts'
import type { Frame, Step } from './frame.ts'

/** `<Record>`: until a key, silence, the longest length or the hang-up; then `action`. What follows in the document is unreachable. */
export async function record(verb: RecordVerb, frame: Frame): Promise<Step> {
  const { call, voice } = frame
  call.doing = 'Record'
  call.tell('call.record', `${call.who} is recorded`)
  const recording = voice.recordings.start({
    call,
    source: 'RecordVerb',
    callback: absoluteTarget(frame, verb.recordingCallback),
  })
  // A recording over the action's own document when there is no action: that may well be a loop.
  const action = verb.action ?? ''
  const fields = (Digits: string) => ({ ...recordingFields(recording), Digits })
  try {
    const key = await untilItEnds(verb, frame)
    recording.stop()
    return { kind: 'goto', source: actionSource(frame, action, verb.method, fields(key)) }
  } catch (error) {
    recording.stop()
    if (error instanceof Interrupted && error.reason === 'hung-up') {
      requestActionOnly(frame, action, verb.method, fields('hangup'))
    }
    throw error
  } finally {
    if (verb.transcribe) refuseTranscription(verb, frame, recording)
  }
}

/** The key that ended it, or nothing. */
function untilItEnds(verb: RecordVerb, { scope, call, voice }: Frame): Promise<string> {
  const { clock } = voice
  return scope.wait<string>((done) => {
    const after = (seconds: number) => clock.schedule(clock.now() + seconds * 1_000, () => done(''))
    const longest = after(verb.maxLengthSeconds)
    let silence = verb.timeoutSeconds > 0 ? after(verb.timeoutSeconds) : null
    const off = [
      call.keys.on((key) => {
        if (verb.finishOnKey.includes(key)) done(key)
      }),
      call.words.on(() => {
        silence?.cancel()
        if (verb.timeoutSeconds > 0) silence = after(verb.timeoutSeconds)
      }),
    ]
    return () => {
      longest.cancel()
      silence?.cancel()
      for (const stop of off) stop()
    }
  })
}

/** There is no transcription service on one machine: the callback hears that it failed, as Twilio says it. */
function refuseTranscription(verb: RecordVerb, frame: Frame, recording: Recording): void {
  const { call, voice } = frame
  if (verb.transcribeCallback === null) return
  const sid = voice.newSid('TR')
  const fields = {
    ...callFields(call, voice.accountSid),
    TranscriptionSid: sid,
    TranscriptionText: '',
    TranscriptionStatus: 'failed',
    TranscriptionUrl: `https://api.twilio.com/2010-04-01/Accounts/${voice.accountSid}/Transcriptions/${sid}`,
    RecordingSid: recording.sid,
    RecordingUrl: recording.url,
  }
  const url = absolute(frame, verb.transcribeCallback)
  voice.notify({ purpose: 'transcription callback', url, method: 'POST', fields, call })
}

/** `<Start><Recording>`: in the background until it is stopped or the leg ends. A second one while one runs is left out. */
export function startRecording(verb: StartRecording, frame: Frame) {
  const { call, voice } = frame
  if (voice.recordings.running(call.sid)) {
    return voice.alert(call, 12200, '<Start><Recording>: a recording of this call is running')
  }
  call.tell('call.record', `${call.who} is recorded in the background`)
  voice.recordings.start({
    call,
    source: 'StartCallRecordingAPI',
    channels: verb.channels === 'dual' ? 2 : 1,
    track: verb.track,
    callback: absoluteTarget(frame, verb.recordingCallback),
  })
}

/** `<Stop><Recording>`. */
export function stopRecording({ call, voice }: Frame): void {
  voice.recordings.running(call.sid)?.stop()
}
