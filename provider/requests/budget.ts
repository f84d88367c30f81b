/** How much is asked of one endpoint at a time: as fast as possible until Twilio says 429, then what it lets through. */
export interface Budget {
  /** Waits for its turn, and does the work. */
  take<T>(work: () => Promise<T>): Promise<T>
  /** An answer came that was no 429. */
  served(): void
  /** A 429 came: everything of this endpoint slows down. */
  refused(retryAfterMs: number | undefined): void
  /** Requests a second, `Infinity` while no limit is known. */
  rate(): number
  /** How many requests wait for their turn. */
  waiting(): number
}

/** The requests under way at one host, whatever their endpoint. */
export type Lanes = {
  readonly most: number
  busy: number
  /** Budgets that have something to do when a lane becomes free. */
  readonly wanted: Set<() => void>
}

const slowest = 1
// Fewer answers than this in a second are no measure; a refusal among them leads to a usual rate.
const sample = 10
const usual = 20
// This share of refusals is the price of knowing where the limit is; it may also be mere noise.
const tolerated = 0.1
// Whoever grew to this rate again is not limited.
const unlimited = 2000
// Timers wake late: a pause of up to this is caught up.
const catchUpMs = 5

/**
 * A budget that learns its rate. When more than a few answers of the last second are 429, the rate becomes what Twilio let
 * through in that second; it grows with every success, the faster the longer ago that was.
 */
export function createBudget(lanes: Lanes, signal: AbortSignal | undefined): Budget {
  const queue: (() => void)[] = []
  let begun = performance.now()
  const successes = createMeter()
  const refusals = createMeter()
  let rate = Number.POSITIVE_INFINITY
  let nextAt = 0
  let slowedAt = begun
  let timer: NodeJS.Timeout | undefined

  function pump(): void {
    clearTimeout(timer)
    lanes.wanted.delete(pump)
    while (queue.length > 0) {
      if (lanes.busy >= lanes.most) {
        lanes.wanted.add(pump)
        return
      }
      const now = performance.now()
      // When the engine stops, nobody waits for a turn.
      if (nextAt > now && !signal?.aborted) {
        timer = setTimeout(pump, Math.ceil(nextAt - now))
        return
      }
      nextAt = Math.max(now - catchUpMs, nextAt) + 1000 / rate
      lanes.busy++
      queue.shift()?.()
    }
  }

  signal?.addEventListener('abort', pump)

  return {
    async take(work) {
      await new Promise<void>((start) => {
        queue.push(start)
        pump()
      })
      try {
        return await work()
      } finally {
        lanes.busy--
        pump()
        for (const other of [...lanes.wanted]) other()
      }
    },
    served() {
      const now = performance.now()
      successes.add(now)
      // A success every 1/rate seconds: by a quarter in the first second, by up to twice as much a second later on.
      rate += 0.25 * Math.min(4, 1 + (now - slowedAt) / 2000)
      if (rate > unlimited) rate = Number.POSITIVE_INFINITY
    },
    refused(retryAfterMs) {
      const now = performance.now()
      refusals.add(now)
      const answers = successes.count(now) + refusals.count(now)
      if (refusals.count(now) <= answers * tolerated) return
      slowedAt = now
      const seconds = Math.min(1, Math.max(0.001, (now - begun) / 1000))
      const measured = Math.max(slowest, successes.count(now) / seconds)
      if (answers < sample) {
        rate = rate > usual ? usual : Math.min(rate, Math.max(measured, rate * 0.7))
        return
      }
      rate = Math.min(rate, Math.max(measured, Math.min(rate, usual) / 2))
      // The time that is named concerns the request that was refused; when nothing gets through, all of them.
      if (retryAfterMs === undefined || successes.count(now) > 0) return
      nextAt = Math.max(nextAt, now + retryAfterMs)
      begun = nextAt
      successes.clear()
      refusals.clear()
    },
    rate: () => rate,
    waiting: () => queue.length,
  }
}

/** Counts what happened within the last second. */
function createMeter() {
  const times: number[] = []
  const forget = (now: number) => {
    while ((times[0] ?? now) < now - 1000) times.shift()
  }
  return {
    add(now: number) {
      times.push(now)
      forget(now)
    },
    clear() {
      times.length = 0
    },
    count(now: number): number {
      forget(now)
      return times.length
    },
  }
}
