import type { Clock } from '../../clock.ts'
import { codes, TwilioRefusal } from '../rest/refusal.ts'

/** How fast an account may start executions: so many a second, as an average of ten seconds. */
export type StartPace = {
  /** Counts one more start; refuses with 429 when it is one too many. */
  count(): void
}

/** Paces of an account: what comes in may start more than what REST begins. */
export const startsPerSecond = { inbound: 100, rest: 20 } as const

const WINDOW_SECONDS = 10

/** A pace that nothing has used up yet. */
export function createStartPace(clock: Clock, perSecond: number): StartPace {
  const most = perSecond * WINDOW_SECONDS
  // Times of the latest starts, as a ring: the next place holds the oldest.
  const starts: number[] = []
  let place = 0
  return {
    count() {
      const now = clock.now()
      const oldest = starts[place]
      if (oldest !== undefined && oldest > now - WINDOW_SECONDS * 1_000) {
        const message = `Too many requests: more than ${perSecond} executions a second are started`
        throw new TwilioRefusal(429, codes.tooManyRequests, message)
      }
      starts[place] = now
      place = (place + 1) % most
    },
  }
}
