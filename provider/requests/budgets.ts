import { type Budget, createBudget, type Lanes } from './budget.ts'

/** Says to whoever watches the deployment what it waits for. */
export type Progress = (message: string) => unknown

type Asked = { readonly method: string; readonly host: string; readonly path: string }

// Twilio limits how many requests of an account are under way at once.
const lanesOfHost = 32
const quietMs = 5_000

/** The budgets of one account: lanes for each host, a rate for each endpoint. */
export function createBudgets(signal: AbortSignal | undefined, progress?: Progress) {
  const hosts = new Map<string, Lanes>()
  const endpoints = new Map<string, Budget>()
  let toldAt = Number.NEGATIVE_INFINITY

  return {
    /** The budget that this request is taken from. */
    of(request: Asked): Budget {
      const endpoint = endpointOf(request)
      const known = endpoints.get(endpoint)
      if (known) return known
      const lanes = hosts.get(request.host) ?? { most: lanesOfHost, busy: 0, wanted: new Set() }
      hosts.set(request.host, lanes)
      const budget = createBudget(lanes, signal)
      endpoints.set(endpoint, budget)
      return budget
    },
    /** After a 429: tells it now and then. */
    tell(request: Asked, budget: Budget): void {
      const now = performance.now()
      const rate = budget.rate()
      if (!progress || rate === Number.POSITIVE_INFINITY || now - toldAt < quietMs) return
      toldAt = now
      const waiting = [...endpoints.values()].reduce((sum, one) => sum + one.waiting(), 0)
      progress(
        `Twilio lets about ${Math.round(rate)} requests a second through: ${endpointOf(request)}; going on at that rate, ${waiting + 1} waiting`,
      )
    },
  }
}

/** Reads or writes of a collection and its objects: one budget for both. */
function endpointOf({ method, host, path }: Asked): string {
  const place = path
    .replace(/\?.*$/, '')
    .replace(/\.json$/, '')
    .replace(/\/[A-Z]{2}[0-9a-fA-F]{32}$/, '')
    .replace(/\/[A-Z]{2}[0-9a-fA-F]{32}/g, '/*')
  return `${method === 'GET' ? 'reads' : 'writes'} at ${host}${place}`
}
