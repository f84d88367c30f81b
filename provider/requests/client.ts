import { createBudgets, type Progress } from './budgets.ts'
import { codeOf, TwilioError, TwilioUnreachable, UnusableAnswer } from './errors.ts'
import { createExchange } from './exchange.ts'
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
  /** Every host of Twilio's is reached there: `api.dublin.ie1.twilio.com`. */
  readonly place?: { readonly edge: string; readonly region: string }
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
  /** Body of a POST instead of a form. */
  readonly json?: unknown
  /** Carrying it out twice would make two objects: tried again only if it certainly was not carried out. */
  readonly creates?: boolean
  /** Refused with 412 when the object is not of this version any more. */
  readonly ifMatch?: string
  /** Instead of the client's. */
  readonly tries?: number
}

/** A page of a list. */
export type Page = { readonly rows: readonly Answer[]; readonly next: string | undefined }

/** An object, and its version where Twilio tells one. */
export type Versioned = { readonly answer: Answer; readonly etag: string | undefined }

/** Twilio's REST API, with tries and time limits. */
export interface TwilioClient {
  readonly accountSid: string
  /** Ends every wait: the engine wants to stop. */
  readonly signal: AbortSignal | undefined
  /** The time by Twilio's clock, ms since the epoch; never ahead of it. Undefined before the first answer. */
  now(): number | undefined
  /** Counts the writes so far, each when it begins and when it ends: what was read at another count may be out of date. */
  writes(): number
  /** The answer's JSON; undefined for an empty body. Throws `TwilioError` or `TwilioUnreachable`. */
  send(request: TwilioRequest): Promise<Answer | undefined>
  /** An object with its version, for `ifMatch`. */
  fetch(request: Omit<TwilioRequest, 'method'>): Promise<Versioned>
  /** All rows of a list, page after page. */
  list(request: Omit<TwilioRequest, 'method'>, key: string): Promise<readonly Answer[]>
  /** One page of a list, and the path of the next one. */
  page(request: Omit<TwilioRequest, 'method'>, key: string): Promise<Page>
}

export type ClientOptions = Credentials & {
  readonly fetch?: typeof fetch
  /** One try takes at most this long; default 30,000. */
  readonly timeoutMs?: number
  /** Tries of one request; default 8. */
  readonly tries?: number
  /** Ends every wait between tries. */
  readonly signal?: AbortSignal
  /** Told while Twilio limits the rate. */
  readonly progress?: Progress
}

const longestWaitMs = 10_000
// Another 5xx than 503 is a mistake at Twilio's more often than a bad moment.
const triesAtMistakes = 3
// A 429 is a matter of time: with the rate that it leads to, so many in a row mean that something else uses up the limit.
const triesAtLimit = 40

/**
 * A client for one account. 429, 5xx and broken connections are tried again after a wait that grows, with jitter; requests go
 * at the rate that Twilio lets through.
 */
export function createClient(options: ClientOptions): TwilioClient {
  const { accountSid, timeoutMs = 30_000, tries = 8, signal } = options
  const { once, now } = createExchange(options, options.fetch ?? fetch, timeoutMs)
  const budgets = createBudgets(signal, options.progress)
  let writes = 0

  async function sendWithTries(
    request: TwilioRequest,
  ): Promise<{ readonly body: Answer | undefined; readonly etag?: string | undefined }> {
    const most = request.tries ?? tries
    const budget = budgets.of(request)
    let limited = 0
    let uncertain = false
    for (let count = 1; ; count++) {
      let response: Response
      let body: Answer | undefined
      try {
        ;({ response, body } = await budget.take(() => once(request)))
      } catch (error) {
        const mayExist = request.creates === true && !provesNothingHappened(error)
        if (mayExist || count >= most || signal?.aborted) {
          throw new TwilioUnreachable(request, count, mayExist, error)
        }
        uncertain = true
        await wait(backOffMs(count), signal)
        continue
      }
      const { status } = response
      // An earlier try, whose answer was lost, has done it.
      if (status === 404 && request.method === 'DELETE' && uncertain) return { body: undefined }
      uncertain ||= status >= 500
      if (status === 429) {
        budget.refused(retryAfterMs(response))
        budgets.tell(request, budget)
        limited++
        count--
      } else if (status < 500) {
        budget.served()
        if (response.ok) return { body, etag: response.headers.get('etag') ?? undefined }
      }
      const mostNow = status === 503 ? most : Math.min(most, triesAtMistakes)
      const ended = status === 429 ? limited >= triesAtLimit : count >= mostNow
      if (ended || !mayTryAgain(request, response) || signal?.aborted) {
        throw new TwilioError(request, status, body)
      }
      await wait(retryAfterMs(response) ?? backOffMs(Math.max(count, limited)), signal)
    }
  }

  async function pageOf(request: Omit<TwilioRequest, 'method'>, key: string): Promise<Page> {
    const { body: page } = await sendWithTries({ ...request, method: 'GET' })
    const rows = page?.[key]
    // An answer without its rows is not an empty list: who looks for a lost object must not take it for one.
    if (!Array.isArray(rows)) throw new UnusableAnswer(`the list of ${key}`)
    return { rows: rows as Answer[], next: nextPageOf(page, request.host) }
  }

  return {
    accountSid,
    signal,
    now,
    writes: () => writes,
    async send(request) {
      if (request.method === 'GET') return (await sendWithTries(request)).body
      writes++
      try {
        return (await sendWithTries(request)).body
      } finally {
        writes++
      }
    },
    async fetch(request) {
      const { body: answer = {}, etag } = await sendWithTries({ ...request, method: 'GET' })
      return { answer, etag }
    },
    page: pageOf,
    async list(request, key) {
      const rows: Answer[] = []
      let page = await pageOf(request, key)
      for (;;) {
        rows.push(...page.rows)
        if (page.next === undefined) return rows
        page = await pageOf({ host: request.host, path: page.next }, key)
      }
    },
  }
}

// A 503 that says when to come back was not carried out; another 5xx may have been, so a creation is not repeated here.
function mayTryAgain({ creates }: TwilioRequest, { status, headers }: Response): boolean {
  if (status === 429) return true
  return creates ? status === 503 && headers.has('retry-after') : status >= 500
}

// v1 pages name the whole address of the next one, API 2010 its path; both are asked of the same host again.
function nextPageOf(page: Answer | undefined, host: string) {
  const meta = page?.['meta'] as Answer | undefined
  const next = meta?.['next_page_url'] ?? page?.['next_page_uri']
  if (typeof next !== 'string' || next === '') return undefined
  const { pathname, search } = new URL(next, `https://${host}`)
  return pathname + search
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
