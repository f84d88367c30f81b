import { wasNeverSent } from '../twilio/rest.ts'

/** The few calls to ServiceNow's Table API; `path` as in `incident/<sys_id>?sysparm_fields=state`. */
export interface ServiceNow {
  /** The field `result` of the answer. */
  get(path: string): Promise<unknown>
  /** Sets fields. Journal fields are added to: sent twice, a note is there twice, so only what surely did not arrive is sent again. */
  put(path: string, fields: Readonly<Record<string, string>>): Promise<void>
  /** What the last call told about ServiceNow. */
  state(): 'not used yet' | 'reachable' | 'unreachable'
}

/** ServiceNow answered with an error status. */
export class ServiceNowRefusal extends Error {
  override readonly name = 'ServiceNowRefusal'
  readonly status: number
  /** How long it wants to be left alone; 0 when it does not say. */
  readonly retryAfterMs: number

  constructor(request: string, status: number, retryAfterMs: number, reason: string) {
    super(`ServiceNow: ${request}: ${status} ${reason}`)
    this.status = status
    this.retryAfterMs = retryAfterMs
  }
}

/** ServiceNow did not answer in time; whether it did what it was asked to is not known. */
export class ServiceNowUnreachable extends Error {
  override readonly name = 'ServiceNowUnreachable'
}

/** Whether the request may succeed later: an outage, a rate limit, or credentials that somebody is changing. */
export function isServiceNowAway(error: unknown): boolean {
  if (error instanceof ServiceNowUnreachable) return true
  if (!(error instanceof ServiceNowRefusal)) return false
  return [401, 403, 408, 429].includes(error.status) || error.status >= 500
}

/** What varies between clients. */
export type ServiceNowOptions = {
  /** `https://<instance>.service-now.com/api/now/table/`, with or without the last slash. */
  readonly tableRoot: string
  readonly user: string
  readonly password: string
  readonly fetch?: typeof fetch
  readonly pause?: (ms: number) => Promise<void>
}

const mostTries = 2
const tryTimeoutMs = 4_000
const totalMs = 9_000

/** A client of the Table API with basic auth: one try takes at most 4 s, all of them 9 s. */
export function createServiceNow(options: ServiceNowOptions): ServiceNow {
  const { tableRoot, user, password, fetch: send = fetch, pause = sleep } = options
  const root = tableRoot.replace(/\/*$/, '/')
  const headers = {
    authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`,
    accept: 'application/json',
    'content-type': 'application/json',
  }

  let state: ReturnType<ServiceNow['state']> = 'not used yet'

  async function request(method: 'GET' | 'PUT', path: string, body?: string): Promise<unknown> {
    const about = `${method} ${path.split('?')[0]}`
    const deadline = performance.now() + totalMs
    for (let attempt = 1; ; attempt++) {
      const mayWait = (ms: number) => attempt < mostTries && performance.now() + ms < deadline
      let response: Response
      let text: string
      try {
        const left = deadline - performance.now()
        const signal = AbortSignal.timeout(Math.max(1, Math.min(tryTimeoutMs, left)))
        response = await send(root + path, { method, headers, signal, ...(body ? { body } : {}) })
        text = await response.text()
      } catch (error) {
        const again = method === 'GET' || wasNeverSent(error)
        const waitMs = pauseBefore(attempt)
        if (!again || !mayWait(waitMs)) {
          state = 'unreachable'
          throw new ServiceNowUnreachable(`ServiceNow: ${about}: no answer`, { cause: error })
        }
        await pause(waitMs)
        continue
      }
      state = 'reachable'
      if (response.ok) return resultOf(text, about)
      const told = retryAfterMs(response)
      const waitMs = Math.max(told, pauseBefore(attempt))
      if (isWorthARetry(method, response.status) && mayWait(waitMs)) {
        await pause(waitMs)
        continue
      }
      throw new ServiceNowRefusal(about, response.status, told, reasonOf(text))
    }
  }

  return {
    get: (path) => request('GET', path),
    async put(path, fields) {
      await request('PUT', path, JSON.stringify(fields))
    },
    state: () => state,
  }
}

// 429 proves that nothing was done. A server error does not: what adds to a journal is not sent again on its word.
function isWorthARetry(method: 'GET' | 'PUT', status: number): boolean {
  return status === 429 || (method === 'GET' && status >= 500)
}

function resultOf(text: string, about: string): unknown {
  try {
    const { result }: { result?: unknown } = JSON.parse(text)
    return result
  } catch (error) {
    // An instance that sleeps or is being upgraded answers 200 with a page.
    throw new ServiceNowUnreachable(`ServiceNow: ${about}: the answer is no JSON`, { cause: error })
  }
}

function reasonOf(text: string): string {
  try {
    const { error }: { error?: { message?: unknown } } = JSON.parse(text)
    return typeof error?.message === 'string' ? error.message : 'without a reason'
  } catch {
    return 'without a reason'
  }
}

// Full jitter below 200 ms.
function pauseBefore(attempt: number): number {
  return Math.random() * 100 * 2 ** attempt
}

function retryAfterMs(response: Response): number {
  const seconds = Number(response.headers.get('retry-after'))
  return seconds > 0 ? seconds * 1000 : 0
}

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}
