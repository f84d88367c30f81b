import type { Widget } from '../execution/widget.ts'
import { trimOf } from './trim.ts'
import { element } from './twiml.ts'
import { voiceWidget } from './voice-step.ts'

const RECORDED = 'recorded'
// The recording of a caller who hangs up is told of a moment after the end of the call.
const AFTER_HANG_UP_SECONDS = 15

/**
 * Records what the person on the call says. Silence makes a recording too: `noAudio` is taken in Twilio accounts of long ago only,
 * see https://www.twilio.com/docs/studio/widget-library/record-voicemail.
 */
export const recordVoicemail: Widget = voiceWidget({
  start(step) {
    const record = element('Record', {
      action: step.callbackUrl(RECORDED),
      timeout: step.integer('timeout') ?? 5,
      maxLength: step.integer('max_length') ?? 3_600,
      // Without it no key ends the recording, where the verb alone would let any.
      finishOnKey: step.text('finish_on_key') || null,
      playBeep: step.text('play_beep'),
      trim: trimOf(step),
      transcribe: step.boolean('transcribe'),
      transcribeCallback: step.text('transcription_callback_url'),
      recordingStatusCallback: step.text('recording_status_callback_url'),
    })
    return { kind: 'wait', twiml: record }
  },
  resume(_, arrival) {
    switch (arrival.kind) {
      case 'callback': {
        const { event, fields } = arrival
        if (event !== RECORDED) return undefined
        const hungUp = fields['Digits'] === 'hangup'
        return { kind: 'exit', event: hungUp ? 'hangup' : 'recordingComplete', outputs: fields }
      }
      case 'call-ended':
        return { kind: 'wait', seconds: AFTER_HANG_UP_SECONDS }
      case 'timeout':
        return { kind: 'exit', event: 'hangup' }
      default:
        return undefined
    }
  },
})
