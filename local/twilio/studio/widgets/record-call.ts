import { TwilioRefusal } from '../../rest/refusal.ts'
import type { Step, Widget } from '../execution/widget.ts'
import { pascalCase } from './pascal-case.ts'
import { trimOf } from './trim.ts'
import { voiceWidget } from './voice-step.ts'

/** Starts, or stops, recording the call. */
export const recordCall: Widget = voiceWidget({
  async start(step) {
    const { accountSid } = step.execution
    const recordings = `https://api.twilio.com/2010-04-01/Accounts/${accountSid}/Calls/${step.callSid}/Recordings`
    try {
      const recording = step.boolean('record_call')
        ? await step.api('POST', `${recordings}.json`, form(step))
        : await step.api('POST', `${recordings}/Twilio.CURRENT.json`, { Status: 'stopped' })
      return { kind: 'exit', event: 'success', outputs: pascalCase(recording) }
    } catch (error) {
      if (!(error instanceof TwilioRefusal)) throw error
      return { kind: 'exit', event: 'failed' }
    }
  },
})

function form(step: Step): Record<string, string> {
  const given = {
    RecordingStatusCallback: step.text('recording_status_callback'),
    RecordingStatusCallbackMethod: step.text('recording_status_callback_method'),
    RecordingStatusCallbackEvent: step.text('recording_status_callback_events'),
    RecordingChannels: step.text('recording_channels'),
    Trim: trimOf(step),
  }
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== ''))
}
