import type { Step, Widget } from '../execution/widget.ts'
import { element, escaped } from './twiml.ts'
import { voiceWidget } from './voice-step.ts'

const DONE = 'callCompleted'

/** Connects the call to somebody, until one of them hangs up. */
export const connectCallTo: Widget = voiceWidget({
  start: (step) => ({ kind: 'wait', twiml: dial(step) }),
  resume(_, arrival) {
    if (arrival.kind === 'callback' && arrival.event === DONE) {
      return { kind: 'exit', event: DONE, outputs: arrival.fields }
    }
    return arrival.kind === 'call-ended' ? { kind: 'exit', event: 'hangup' } : undefined
  },
})

function dial(step: Step): string {
  const attributes = {
    action: step.callbackUrl(DONE),
    callerId: step.text('caller_id'),
    timeout: step.integer('timeout'),
    timeLimit: step.text('time_limit'),
    record: step.boolean('record') ? 'record-from-answer' : undefined,
  }
  return element('Dial', attributes, nouns(step))
}

function nouns(step: Step): string {
  const to = step.text('to')
  switch (step.text('noun')) {
    case 'client':
      return element('Client', {}, escaped(to))
    case 'sip':
      return element(
        'Sip',
        { username: step.text('sip_username'), password: step.text('sip_password') },
        escaped(step.text('sip_endpoint') || to),
      )
    case 'sim':
      return element('Sim', {}, escaped(to))
    case 'conference':
      return element('Conference', {}, escaped(to))
    // One number, or several that ring together.
    default:
      return to
        .split(',')
        .map((number) => element('Number', {}, escaped(number.trim())))
        .join('')
  }
}
