import type { Clock } from '../../clock.ts'
import { codes, TwilioRefusal } from '../refusal.ts'

/** How fast REST may start executions: so many a second, as an average of ten seconds. */
export type StartPace = {
  /** Counts one more start; refuses with 429 when it is one too many. */
  count(): void
}

const PER_SECOND = 20
const WINDOW_MS = 10_000

/** A pace that nothing has used up yet. */
export function createStartPace(clock: Clock): StartPace {
  const most = (PER_SECOND * WINDOW_MS) / 1_000
  // Times of the latest starts, as a ring: the next place holds the oldest.
  const starts: number[] = []
  let place = 0
  return {
    count() {
      const now = clock.now()
      const oldest = starts[place]
      if (oldest !== undefined && oldest > now - WINDOW_MS) {
        const message = `Too many requests: more than ${PER_SECOND} executions a second are started`
        throw new TwilioRefusal(429, codes.tooManyRequests, message)
      }
      starts[place] = now
      place = (place + 1) % most
    },
  }
}
