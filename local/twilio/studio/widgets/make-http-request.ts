import { withQuery } from '../../webhooks/signed-request.ts'
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
  if (isOurs(step) && !TWILIO.test(new URL(url).host)) {
    return `“${url}” is no API of Twilio’s, which alone may have the account’s credentials`
  }
  const reserved = step.pairs('parameters').find(({ key }) => RESERVED.has(key.toLowerCase()))
  return reserved && `a parameter cannot be called “${reserved.key}”`
}

// Studio makes no request in the account's name to anybody else.
const TWILIO = /(^|\.)twilio\.com$/i

function isOurs(step: Step): boolean {
  return step.boolean('add_twilio_auth') ?? false
}

function requestOf(step: Step): OutsideRequest {
  const method = step.text('method').toUpperCase() === 'POST' ? 'POST' : 'GET'
  const type = step.text('content_type').split(';', 1)[0]?.trim() || FORM
  const fields = Object.fromEntries(step.pairs('parameters').map(({ key, value }) => [key, value]))
  const request = {
    purpose: `HTTP request of “${step.state.name}”`,
    url: addressOf(step),
    method,
    asAccount: isOurs(step),
  } as const
  const body = step.text('body')
  if (method === 'GET' || (type === FORM && body === '')) return { ...request, fields }
  return {
    ...request,
    // Beside a body they are parameters of the address.
    url: withQuery(request.url, fields),
    content: { type, text: body },
  }
}

/** The account's credentials stand in place of those in the address. */
function addressOf(step: Step): string {
  const text = step.text('url')
  if (!isOurs(step)) return text
  const url = new URL(text)
  url.username = ''
  url.password = ''
  return url.href
}
