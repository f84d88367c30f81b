import { TwilioRefusal } from '../../rest/refusal.ts'
import type { Step, Widget } from '../execution/widget.ts'
import { trimOf } from './trim.ts'

const ANSWERED = 'answered'
const exits: Readonly<Record<string, string>> = {
  busy: 'busy',
  'no-answer': 'noAnswer',
}

/** Calls somebody; what the flow says from then on is heard on that call. */
export const makeOutgoingCall: Widget = {
  async start(step) {
    const { accountSid } = step.execution
    const calls = `https://api.twilio.com/2010-04-01/Accounts/${accountSid}/Calls.json`
    try {
      const call = await step.api('POST', calls, form(step))
      step.takeCall(String(call['sid']))
      return { kind: 'wait' }
    } catch (error) {
      if (!(error instanceof TwilioRefusal)) throw error
      step.alert(81008, `the call was not made: ${error.message} (${error.code})`)
      return { kind: 'exit', event: 'failed' }
    }
  },
  resume(_, arrival) {
    if (arrival.kind === 'callback' && arrival.event === ANSWERED) {
      return { kind: 'exit', event: 'answered', outputs: arrival.fields }
    }
    if (arrival.kind !== 'call-ended') return undefined
    const outputs = { CallStatus: arrival.status }
    return { kind: 'exit', event: exits[arrival.status] ?? 'failed', outputs }
  },
}

function form(step: Step): Record<string, string> {
  const detects = step.boolean('detect_answering_machine') ?? false
  const given = {
    To: step.text('to'),
    From: step.text('from'),
    Url: step.callbackUrl(ANSWERED),
    Timeout: step.text('timeout'),
    SendDigits: step.text('send_digits'),
    Record: step.text('record'),
    RecordingChannels: step.text('recording_channels'),
    RecordingStatusCallback: step.text('recording_status_callback'),
    Trim: trimOf(step),
    SipAuthUsername: step.text('sip_auth_username'),
    SipAuthPassword: step.text('sip_auth_password'),
    ...(detects && {
      MachineDetection: step.text('machine_detection') || 'Enable',
      MachineDetectionTimeout: step.text('machine_detection_timeout'),
      MachineDetectionSpeechThreshold: step.text('machine_detection_speech_threshold'),
      MachineDetectionSpeechEndThreshold: step.text('machine_detection_speech_end_threshold'),
      MachineDetectionSilenceTimeout: step.text('machine_detection_silence_timeout'),
    }),
  }
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== ''))
}
