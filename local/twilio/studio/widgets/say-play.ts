import type { Step, Values, Widget } from '../execution/widget.ts'
import { backTo, promptOf } from './prompt.ts'
import { voiceWidget } from './voice-step.ts'

const DONE = 'audioComplete'

/** Says or plays something on the call. */
export const sayPlay: Widget = voiceWidget({
  start: (step) => ({ kind: 'wait', twiml: promptOf(step) + backTo(step, DONE) }),
  resume: (step, arrival) =>
    arrival.kind === 'callback' && arrival.event === DONE
      ? { kind: 'exit', event: DONE, outputs: { ...arrival.fields, ...manner(step) } }
      : undefined,
})

/** How it was said. */
function manner(step: Step): Values {
  const [language, voice] = [step.text('language'), step.text('voice')]
  return { ...(language && { language }), ...(voice && { voice }) }
}
