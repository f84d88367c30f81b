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
// Where too little was asked to measure a rate, one refusal leads to half of this, the next to half of that.
const usual = 20
// Whoever grew to this rate again is not limited.
const unlimited = 2000
// Timers wake late: a pause of up to this is caught up.
const catchUpMs = 5

/**
 * A budget that learns its rate. After a 429 it is what Twilio let through in the last second: a single 429 among many
 * successes then changes little, while at a real limit the rate meets it within a second. It grows with every success, the
 * faster the longer ago the last 429 was.
 */
export function createBudget(lanes: Lanes, signal: AbortSignal | undefined): Budget {
  const queue: (() => void)[] = []
  const begun = performance.now()
  const successes = createMeter()
  const refusals = createMeter()
  let rate = Number.POSITIVE_INFINITY
  let nextAt = 0
  let refusedAt = begun
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
      rate *= 1 + Math.min(0.25, ((now - refusedAt) / 1000) * 0.02)
      if (rate > unlimited) rate = Number.POSITIVE_INFINITY
    },
    refused(retryAfterMs) {
      const now = performance.now()
      refusals.add(now)
      refusedAt = now
      const seconds = Math.min(1, Math.max(0.001, (now - begun) / 1000))
      const measured = successes.count(now) / seconds
      rate = Math.min(rate, Math.max(measured, Math.min(rate, usual) / 2, slowest))
      // One refusal among many successes concerns one request; when most are refused, all wait until the time that is named.
      if (retryAfterMs !== undefined && refusals.count(now) > successes.count(now)) {
        nextAt = Math.max(nextAt, now + retryAfterMs)
      }
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
    count(now: number): number {
      forget(now)
      return times.length
    },
  }
}
