import { ConnectionReset } from '../faults.ts'
import { TwilioRefusal } from '../rest/refusal.ts'
import type { Wire, WireAnswer, WireFailure, WireRequest } from './exchange.ts'

/** Answers a request for a host of Twilio's own with TwiML; undefined: nothing is there. Throws a `TwilioRefusal` to refuse it. */
export type OwnWebhook = (
  url: URL,
  fields: Readonly<Record<string, string>>,
) => Promise<string> | undefined

/** The wire, on which requests for that host do not leave this process. */
export function loopBack(wire: Wire, host: string, webhook: OwnWebhook): Wire {
  return {
    ...wire,
    exchange: (request) =>
      request.url.host === host ? answer(request, webhook) : wire.exchange(request),
  }
}

const API =
  /^https:\/\/(api|taskrouter|studio|events|messaging|conversations|sync|flex-api|content)\.twilio\.com\//

/** The wire, on which requests for Twilio's REST API reach this one, as when a flow asks for its account's own objects. */
export function loopToApi(wire: Wire, fetch: (request: Request) => Promise<Response>): Wire {
  return {
    ...wire,
    async exchange(request) {
      if (!API.test(request.url.href)) return wire.exchange(request)
      const { url, method, body } = request
      // The length is the new request's own affair.
      const { 'content-length': _, ...headers } = request.headers
      try {
        const response = await fetch(new Request(url, { method, headers, body }))
        return {
          kind: 'answered',
          status: response.status,
          headers: Object.fromEntries(response.headers),
          body: await response.text(),
        }
      } catch (error) {
        if (!(error instanceof ConnectionReset)) throw error
        return { kind: 'failed', phase: 'read', code: 11205, reason: error.message }
      }
    },
  }
}

async function answer(
  request: WireRequest,
  webhook: OwnWebhook,
): Promise<WireAnswer | WireFailure> {
  const { url, body = '' } = request
  const fields = Object.fromEntries([...url.searchParams, ...new URLSearchParams(body)])
  try {
    const document = webhook(url, fields)
    return document ? await inTime(document, request) : bare(404)
  } catch (error) {
    if (!(error instanceof TwilioRefusal)) throw error
    return bare(error.status)
  }
}

function bare(status: number): WireAnswer {
  return { kind: 'answered', status, headers: {}, body: '' }
}

function inTime(
  document: Promise<string>,
  { endsAt }: WireRequest,
): Promise<WireAnswer | WireFailure> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<WireFailure>((resolve) => {
    const reason = 'no answer in time'
    const failed = { kind: 'failed', phase: 'read', code: 11205, reason } as const
    timer = setTimeout(() => resolve(failed), endsAt - performance.now())
  })
  const answered = document.then(
    (twiml): WireAnswer => ({
      kind: 'answered',
      status: 200,
      headers: { 'content-type': 'text/xml' },
      body: twiml,
    }),
  )
  return Promise.race([answered, late]).finally(() => clearTimeout(timer))
}
