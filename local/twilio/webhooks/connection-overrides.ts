/** What may be retried: a failed connection, a read that timed out, or an answer of that class. */
export type RetriedOn = 'ct' | 'rt' | '4xx' | '5xx'

/** How a webhook is sent: Twilio's defaults, or what the fragment of its URL says. */
export type Delivery = {
  /** The URL without its fragment. */
  readonly url: string
  readonly connectMs: number
  readonly readMs: number
  readonly totalMs: number
  readonly retries: number
  readonly retriedOn: ReadonlySet<RetriedOn>
}

const ALL: readonly RetriedOn[] = ['ct', 'rt', '4xx', '5xx']

/**
 * Reads `https://host/path#rc=2&ct=1000&rp=ct,rt`. A value out of its range is taken to the nearest bound; unknown
 * keys, and `sni` and `e`, which mean nothing on one machine, are left aside.
 */
export function readDelivery(url: string, budgetMs: number): Delivery {
  const hash = url.indexOf('#')
  const overrides = new URLSearchParams(hash === -1 ? '' : url.slice(hash + 1))
  const number = (key: string, min: number, max: number, standard: number) => {
    const value = Number(overrides.get(key) ?? standard)
    return Number.isFinite(value) ? Math.min(max, Math.max(min, Math.trunc(value))) : standard
  }
  const policy = (overrides.get('rp') ?? 'ct').split(',')
  return {
    url: hash === -1 ? url : url.slice(0, hash),
    connectMs: number('ct', 100, 10_000, 5_000),
    readMs: number('rt', 100, 15_000, 15_000),
    totalMs: Math.min(budgetMs, number('tt', 100, 15_000, 15_000)),
    retries: number('rc', 0, 5, 1),
    retriedOn: new Set(ALL.filter((what) => policy.includes(what) || policy.includes('all'))),
  }
}
