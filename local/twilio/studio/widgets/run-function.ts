import type { WebhookResult } from '../../webhooks/webhooks.ts'
import type { Values, Widget } from '../execution/widget.ts'
import { readAnswer } from './http-answer.ts'

/** Asks a Twilio function, or whatever answers at its address: `success` on 2xx and 3xx, else `fail`. */
export const runFunction: Widget = {
  async start(step) {
    const parameters = step.pairs('parameters').map(({ key, value }) => [key, value])
    const result = await step.request({
      purpose: `function of “${step.state.name}”`,
      url: step.text('url'),
      method: 'POST',
      fields: Object.fromEntries(parameters),
    })
    const answer = readAnswer(result)
    if (answer.kind === 'none') {
      step.alert(81017, `the function failed: ${answer.reason}`)
      return { kind: 'exit', event: 'fail' }
    }
    const outputs = { ...answer.outputs, ...concurrency(result) }
    if (answer.status < 400) return { kind: 'exit', event: 'success', outputs }
    step.alert(81017, `the function failed: it answered ${answer.status}`)
    return { kind: 'exit', event: 'fail', outputs }
  },
}

const CONCURRENCY = 'x-twilio-function-concurrency'

/** How many functions ran at once: the only header that templates see. */
function concurrency(result: WebhookResult): Values {
  const count = result.kind === 'answered' ? result.headers[CONCURRENCY] : undefined
  return count === undefined ? {} : { headers: { [CONCURRENCY]: String(count) } }
}
