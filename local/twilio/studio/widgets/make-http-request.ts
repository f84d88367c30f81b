import type { OutsideRequest, Step, Widget } from '../execution/widget.ts'
import { readAnswer } from './http-answer.ts'

const FORM = 'application/x-www-form-urlencoded'

/** Asks some server: `success` on 2xx, else `failed`. */
export const makeHttpRequest: Widget = {
  async start(step) {
    const problem = problemOf(step)
    if (problem) {
      step.alert(81014, problem)
      return { kind: 'exit', event: 'failed' }
    }
    const answer = readAnswer(await step.request(requestOf(step)))
    if (answer.kind === 'none') {
      step.alert(81016, `the request failed: ${answer.reason}`)
      return { kind: 'exit', event: 'failed' }
    }
    const { status, outputs } = answer
    if (status >= 200 && status < 300) return { kind: 'exit', event: 'success', outputs }
    step.alert(81016, `the request was answered ${status}`)
    return { kind: 'exit', event: 'failed', outputs }
  },
}

// Names that a parameter may not have: they are the request's own.
const RESERVED: ReadonlySet<string> = new Set(['url', 'method', 'body', 'content_type'])

/** Why the request cannot be made at all. */
function problemOf(step: Step): string | undefined {
  const url = step.text('url')
  if (!URL.canParse(url) || !/^https?:/i.test(url)) return `“${url}” is no http or https address`
  const reserved = step.pairs('parameters').find(({ key }) => RESERVED.has(key.toLowerCase()))
  return reserved && `a parameter cannot be called “${reserved.key}”`
}

function requestOf(step: Step): OutsideRequest {
  const method = step.text('method').toUpperCase() === 'POST' ? 'POST' : 'GET'
  const type = step.text('content_type').split(';', 1)[0]?.trim() || FORM
  const fields = Object.fromEntries(step.pairs('parameters').map(({ key, value }) => [key, value]))
  const request = {
    purpose: `HTTP request of “${step.state.name}”`,
    url: step.text('url'),
    method,
    asAccount: step.boolean('add_twilio_auth') ?? false,
  } as const
  const body = step.text('body')
  if (method === 'GET' || (type === FORM && body === '')) return { ...request, fields }
  return { ...request, content: { type, text: body } }
}
