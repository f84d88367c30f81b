import type { HttpHandler, HttpRequest, HttpResponseInit } from '@azure/functions'
import { InvalidInput } from '../schemas/index.ts'
import type { Services } from './services.ts'
import { isSignedBy } from './signature.ts'

/** A request that Twilio signed. */
export type Webhook = {
  /** The form, or for GET the query; the values of a repeated name as a list. */
  readonly parameters: Readonly<Record<string, string | readonly string[]>>
  readonly query: URLSearchParams
  readonly headers: Headers
  /** As received. */
  readonly body: string
}

/** Answers a webhook; works with nothing but its arguments. */
export type WebhookHandler = (
  webhook: Webhook,
  services: Services,
) => HttpResponseInit | Promise<HttpResponseInit>

/** Lets a webhook through to its handler only when Twilio signed it: otherwise 403 and nothing is done. */
export function webhook(handler: WebhookHandler, services: Services): HttpHandler {
  const { TWILIO_AUTH_TOKEN, TWILIO_AUTH_TOKEN_SECONDARY, PUBLIC_BASE_URL } = services.settings.app
  const tokens = [TWILIO_AUTH_TOKEN, TWILIO_AUTH_TOKEN_SECONDARY].filter(
    (token) => token !== undefined,
  )
  return async function answerWebhook(request) {
    const body = request.method === 'GET' ? '' : await request.text()
    const form = isForm(request) ? parseParameters(new URLSearchParams(body)) : {}
    // The public address, for scheme, host and port may be rewritten on the way.
    const url = PUBLIC_BASE_URL + request.url.replace(/^[a-z]+:\/\/[^/?#]*/i, '')
    const signature = request.headers.get('x-twilio-signature') ?? ''
    if (!isSignedBy(tokens, { url, signature, parameters: form, body })) {
      services.log.warn('webhook.refused', { path: new URL(url).pathname })
      return { status: 403, body: 'The signature is missing or wrong.' }
    }
    const parameters = request.method === 'GET' ? parseParameters(request.query) : form
    try {
      return await handler(
        { parameters, query: request.query, headers: request.headers, body },
        services,
      )
    } catch (error) {
      if (!(error instanceof InvalidInput)) throw error
      services.log.warn('webhook.invalid', { path: new URL(url).pathname, error })
      return { status: 400, body: error.message }
    }
  }
}

function isForm({ headers, method }: HttpRequest): boolean {
  return (
    method !== 'GET' &&
    (headers.get('content-type') ?? '').startsWith('application/x-www-form-urlencoded')
  )
}

function parseParameters(pairs: URLSearchParams): Record<string, string | string[]> {
  // Without a prototype, so that a parameter may have any name.
  const parameters: Record<string, string | string[]> = Object.create(null)
  for (const [name, value] of pairs) {
    const earlier = parameters[name]
    if (earlier === undefined) parameters[name] = value
    else if (typeof earlier === 'string') parameters[name] = [earlier, value]
    else earlier.push(value)
  }
  return parameters
}
