import type { Widget } from '../execution/widget.ts'
import { readAnswer } from './http-answer.ts'

/** Asks a Twilio function, or whatever answers at its address: `success` on 2xx and 3xx, else `fail`. */
export const runFunction: Widget = {
  async start(step) {
    const parameters = step.pairs('parameters').map(({ key, value }) => [key, value])
    const answer = readAnswer(
      await step.request({
        purpose: `function of “${step.state.name}”`,
        url: step.text('url'),
        method: 'POST',
        fields: Object.fromEntries(parameters),
      }),
    )
    if (answer.kind === 'answered' && answer.status < 400) {
      return { kind: 'exit', event: 'success', outputs: answer.outputs }
    }
    const why = answer.kind === 'none' ? answer.reason : `it answered ${answer.status}`
    step.alert(81017, `the function failed: ${why}`)
    const outputs = answer.kind === 'none' ? {} : answer.outputs
    return { kind: 'exit', event: 'fail', outputs }
  },
}
