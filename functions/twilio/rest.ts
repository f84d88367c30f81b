/** A successful answer of Twilio's. */
export type TwilioAnswer = {
  readonly body: unknown
  /** Version of the resource, for `ifMatch`. */
  readonly etag: string | null
}

/** The fields of a request; a list is sent as a repeated name. */
export type TwilioForm = Readonly<Record<string, string | readonly string[]>>

/** How one request differs from the plain one. */
export type RequestOptions = {
  /** Refuse with 412 unless the resource still has this version. */
  readonly ifMatch?: string | null
  /** The request creates something: it is tried again only when nothing can have been created. */
  readonly creates?: boolean
}

/** The few calls that the handlers make; `path` begins with the host: `taskrouter.twilio.com/v1/…`. */
export interface TwilioRest {
  get(path: string): Promise<TwilioAnswer>
  post(path: string, form: TwilioForm, options?: RequestOptions): Promise<TwilioAnswer>
  /** What the last call told about Twilio. */
  state(): 'not used yet' | 'reachable' | 'unreachable'
}

/** Twilio answered with an error status, after the retries that it allows. */
export class TwilioRefusal extends Error {
  override readonly name = 'TwilioRefusal'
  readonly status: number
  /** Twilio's own code, for example 20404. */
  readonly code: number | null

  constructor(request: string, status: number, body: unknown) {
    const { code, message } = toRefusal(body)
    super(`${request}: ${status} ${message}`)
    this.status = status
    this.code = code
  }
}

/** Twilio could not be reached within the time. */
export class TwilioUnreachable extends Error {
  override readonly name = 'TwilioUnreachable'
}

/** Whether the request may succeed later: Twilio was not reached, is overloaded or failed itself. */
export function isTwilioAway(error: unknown): boolean {
  if (error instanceof TwilioRefusal) return error.status === 429 || error.status >= 500
  return error instanceof TwilioUnreachable
}

/** Whether what was asked for surely was not done; other failures leave that open. */
export function didNothing(error: unknown): boolean {
  if (error instanceof TwilioRefusal) return error.status < 500
  return error instanceof TwilioUnreachable && wasNeverSent(error.cause)
}

/** What varies between clients. */
export type TwilioRestOptions = {
  readonly accountSid: string
  readonly authToken: string
  /** Every host of Twilio's below one address; default each at its own. */
  readonly baseUrl?: string | undefined
}

const mostTries = 5
const tryTimeoutMs = 2000
const totalMs = 4000

/** A client of Twilio's REST API over `fetch`: one try takes at most 2 s, all of them 4 s. */
export function createTwilioRest({
  accountSid,
  authToken,
  baseUrl,
}: TwilioRestOptions): TwilioRest {
  const authorization = `Basic ${Buffer.from(`${accountSid}:${authToken}`).toString('base64')}`
  const origin = baseUrl ? `${baseUrl.replace(/\/+$/, '')}/` : 'https://'
  let state: ReturnType<TwilioRest['state']> = 'not used yet'

  async function send(path: string, init: RequestInit, creates: boolean): Promise<TwilioAnswer> {
    const request = `${init.method} ${path}`
    const deadline = performance.now() + totalMs
    for (let attempt = 1; ; attempt++) {
      const left = deadline - performance.now()
      const mayRetry = attempt < mostTries
      let response: Response
      let body: unknown
      try {
        const signal = AbortSignal.timeout(Math.max(1, Math.min(tryTimeoutMs, left)))
        response = await fetch(origin + path, { ...init, signal })
        body = await readJson(response)
      } catch (error) {
        const pauseMs = pauseBefore(attempt)
        if (mayRetry && pauseMs < left && (!creates || wasNeverSent(error))) {
          await pause(pauseMs)
          continue
        }
        state = 'unreachable'
        throw new TwilioUnreachable(`${request}: no answer`, { cause: error })
      }
      state = 'reachable'
      const pauseMs = pauseAsTold(response, attempt)
      if (mayRetry && pauseMs < left && isWorthARetry(response.status, creates)) {
        await pause(pauseMs)
        continue
      }
      if (!response.ok) throw new TwilioRefusal(request, response.status, body)
      return { body, etag: response.headers.get('etag') }
    }
  }

  return {
    get: (path) => send(path, { method: 'GET', headers: { authorization } }, false),
    post(path, form, { ifMatch, creates = false } = {}) {
      const headers: Record<string, string> = { authorization }
      if (ifMatch) headers['if-match'] = ifMatch
      return send(path, { method: 'POST', headers, body: toBody(form) }, creates)
    },
    state: () => state,
  }
}

function toBody(form: TwilioForm): URLSearchParams {
  return new URLSearchParams(
    Object.entries(form).flatMap(([name, value]) =>
      (typeof value === 'string' ? [value] : value).map((one) => [name, one]),
    ),
  )
}

// 429 proves that nothing was done. 503 does not, so what creates is not sent again.
function isWorthARetry(status: number, creates: boolean): boolean {
  return status === 429 || (status === 503 && !creates)
}

/** Whether the request surely did not arrive. */
export function wasNeverSent(error: unknown): boolean {
  const cause = error instanceof Error ? error.cause : undefined
  const code = cause instanceof Error && 'code' in cause ? cause.code : undefined
  return code === 'ECONNREFUSED' || code === 'ENOTFOUND' || code === 'UND_ERR_CONNECT_TIMEOUT'
}

// Full jitter below 100, 200, 400, 800 ms.
function pauseBefore(attempt: number): number {
  return Math.random() * 50 * 2 ** attempt
}

function pauseAsTold(response: Response, attempt: number): number {
  const seconds = Number(response.headers.get('retry-after'))
  return Math.max(seconds > 0 ? seconds * 1000 : 0, pauseBefore(attempt))
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}

async function readJson(response: Response): Promise<unknown> {
  const text = await response.text()
  try {
    return text === '' ? undefined : JSON.parse(text)
  } catch {
    return text
  }
}

function toRefusal(body: unknown): { code: number | null; message: string } {
  const { code, message }: { code?: unknown; message?: unknown } =
    typeof body === 'object' && body !== null ? body : {}
  return {
    code: typeof code === 'number' ? code : null,
    message: typeof message === 'string' ? message : 'without a reason',
  }
}
