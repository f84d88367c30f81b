import type { Outcome, Step, Widget } from '../execution/widget.ts'

/** A widget that acts on the execution's call; without one the execution ends with Studio's warning. */
export function voiceWidget(widget: Widget): Widget {
  return {
    ...widget,
    start: (step) => (step.callSid === undefined ? noCall(step) : widget.start(step)),
  }
}

function noCall({ state: { type } }: Step): Outcome {
  return { kind: 'failed', code: 81020, text: `${type} needs a call, and there is none` }
}
