import type { Widget } from '../execution/widget.ts'
import { element, escaped } from './twiml.ts'

const LONGEST_SECONDS = 14_400

/**
 * Hands the call, or the answer to a message, to an application, and goes on when that sends it back with `FlowEvent=return`. A call
 * that does not come back in time is lost to the flow; zero seconds do not wait for it at all.
 */
export const addTwimlRedirect: Widget = {
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
  resume(step, arrival) {
    if (arrival.kind === 'callback' && arrival.event === 'return') {
      return { kind: 'exit', event: 'return', outputs: arrival.fields }
    }
    if (arrival.kind !== 'timeout') return undefined
    step.leaveCall()
    return { kind: 'exit', event: 'timeout' }
  },
}
