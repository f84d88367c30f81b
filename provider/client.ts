import { codeOf, TwilioError, TwilioUnreachable } from './errors.ts'
import { wait } from './retry.ts'

/** What Twilio answers: an object with snake-case fields. */
export type Answer = Readonly<Record<string, unknown>>

/** How the account is reached. */
export type Credentials = {
  readonly accountSid: string
  /** Account SID or API key. */
  readonly username: string
  /** Auth token or API secret. */
  readonly password: string
  /** Every host of Twilio's is reached as `<baseUrl>/<host>` instead of `https://<host>`. */
  readonly baseUrl?: string
}

/** A value of a request parameter; repeated when it is a list. */
export type Parameter = string | number | boolean | readonly string[]

/** What is asked of Twilio. */
export type TwilioRequest = {
  readonly method: 'GET' | 'POST' | 'DELETE'
  readonly host: string
  readonly path: string
  /** Query of a GET, form of a POST. */
  readonly parameters?: Readonly<Record<string, Parameter>>
  /** Carrying it out twice would make two objects: tried again only if it certainly was not carried out. */
  readonly creates?: boolean
}

/** Twilio's REST API, with tries and time limits. */
export interface TwilioClient {
  readonly accountSid: string
  /** Ends every wait: the engine wants to stop. */
  readonly signal: AbortSignal | undefined
  /** The answer's JSON; undefined for an empty body. Throws `TwilioError` or `TwilioUnreachable`. */
  send(request: TwilioRequest): Promise<Answer | undefined>
  /** All rows of a list, page after page. */
  list(request: Omit<TwilioRequest, 'method'>, key: string): Promise<readonly Answer[]>
}

export type ClientOptions = Credentials & {
  readonly fetch?: typeof fetch
  /** One try takes at most this long; default 30,000. */
  readonly timeoutMs?: number
  /** Tries of one request; default 8. */
  readonly tries?: number
  /** Ends every wait between tries. */
  readonly signal?: AbortSignal
}

const longestWaitMs = 10_000

/** A client for one account. 429, 503 and broken connections are tried again after a wait that grows, with jitter. */
export function createClient(options: ClientOptions): TwilioClient {
  const { accountSid, username, password, baseUrl, timeoutMs = 30_000, tries = 8, signal } = options
  const send = options.fetch ?? fetch
  const authorization = `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`

  async function attempt(request: TwilioRequest): Promise<Response> {
    const form = new URLSearchParams()
    for (const [name, value] of Object.entries(request.parameters ?? {})) {
      for (const item of Array.isArray(value) ? value : [value]) form.append(name, String(item))
    }
    const query = request.method === 'GET' && form.size > 0 ? `?${form}` : ''
    return send(originOf(request.host, baseUrl) + request.path + query, {
      method: request.method,
      headers: { authorization, accept: 'application/json' },
      signal: AbortSignal.timeout(timeoutMs),
      redirect: 'error',
      ...(request.method === 'POST' ? { body: form } : {}),
    })
  }

  async function sendWithTries(request: TwilioRequest) {
    for (let count = 1; ; count++) {
      let response: Response
      let body: Answer | undefined
      try {
        response = await attempt(request)
        body = await readBody(response)
      } catch (error) {
        const mayExist = request.creates === true && !provesNothingHappened(error)
        if (mayExist || count >= tries || signal?.aborted) {
          throw new TwilioUnreachable(request, count, mayExist, error)
        }
        await wait(backOffMs(count), signal)
        continue
      }
      if (response.ok) return body
      const again = mayTryAgain(request, response)
      if (!again || count >= tries || signal?.aborted) {
        throw new TwilioError(request, response.status, body)
      }
      await wait(retryAfterMs(response) ?? backOffMs(count), signal)
    }
  }

  return {
    accountSid,
    signal,
    send: sendWithTries,
    async list(request, key) {
      const rows: Answer[] = []
      let page = await sendWithTries({ ...request, method: 'GET' })
      for (;;) {
        rows.push(...((page?.[key] as Answer[] | undefined) ?? []))
        const next = nextPageOf(page, request.host)
        if (next === undefined) return rows
        page = await sendWithTries({ method: 'GET', host: request.host, path: next })
      }
    },
  }
}

// A 503 that says when to come back was not carried out; another one may have been, so a creation is not repeated.
function mayTryAgain({ creates }: TwilioRequest, { status, headers }: Response): boolean {
  return status === 429 || (status === 503 && (!creates || headers.has('retry-after')))
}

function originOf(host: string, baseUrl: string | undefined): string {
  return baseUrl ? `${baseUrl.replace(/\/+$/, '')}/${host}` : `https://${host}`
}

// v1 pages name the whole address of the next one, API 2010 its path; both are asked of the same host again.
function nextPageOf(page: Answer | undefined, host: string) {
  const meta = page?.['meta'] as Answer | undefined
  const next = meta?.['next_page_url'] ?? page?.['next_page_uri']
  if (typeof next !== 'string' || next === '') return undefined
  const { pathname, search } = new URL(next, `https://${host}`)
  return pathname + search
}

async function readBody(response: Response): Promise<Answer | undefined> {
  const text = await response.text()
  if (text === '') return undefined
  try {
    return JSON.parse(text) as Answer
  } catch {
    // A proxy's page, for example; the status says the rest.
    return { message: text.slice(0, 200) }
  }
}

function provesNothingHappened(error: unknown): boolean {
  return ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'UND_ERR_CONNECT_TIMEOUT'].includes(
    codeOf(error),
  )
}

function backOffMs(count: number): number {
  const mostMs = Math.min(longestWaitMs, 100 * 2 ** count)
  return mostMs / 2 + (Math.random() * mostMs) / 2
}

function retryAfterMs(response: Response): number | undefined {
  const seconds = Number(response.headers.get('retry-after') ?? Number.NaN)
  if (!Number.isFinite(seconds) || seconds < 0) return undefined
  return Math.min(60_000, seconds * 1000) + Math.random() * 250
}
