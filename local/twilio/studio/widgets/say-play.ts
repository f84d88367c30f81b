import type { Widget } from '../execution/widget.ts'
import { backTo, promptOf } from './prompt.ts'
import { voiceWidget } from './voice-step.ts'

const DONE = 'audioComplete'

/** Says or plays something on the call. */
export const sayPlay: Widget = voiceWidget({
  start: (step) => ({ kind: 'wait', twiml: promptOf(step) + backTo(step, DONE) }),
  resume: (_, arrival) =>
    arrival.kind === 'callback' && arrival.event === DONE
      ? { kind: 'exit', event: DONE }
      : undefined,
})
