import type { Widget } from '../execution/widget.ts'
import { element, escaped } from './twiml.ts'
import { voiceWidget } from './voice-step.ts'

const LONGEST_SECONDS = 14_400

/** Hands the call to an application, and goes on when that sends it back with `FlowEvent=return`. */
export const addTwimlRedirect: Widget = voiceWidget({
  start(step) {
    const url = step.text('url')
    if (!URL.canParse(url)) {
      step.alert(81014, `“${url}” is no address`)
      return { kind: 'exit', event: 'fail' }
    }
    const method = step.text('method') || 'POST'
    const timeout = step.integer('timeout') ?? LONGEST_SECONDS
    return {
      kind: 'wait',
      twiml: element('Redirect', { method }, escaped(url)),
      seconds: Math.min(timeout, LONGEST_SECONDS),
    }
  },
  resume(_, arrival) {
    if (arrival.kind === 'callback' && arrival.event === 'return') {
      return { kind: 'exit', event: 'return', outputs: arrival.fields }
    }
    return arrival.kind === 'timeout' ? { kind: 'exit', event: 'timeout' } : undefined
  },
})
