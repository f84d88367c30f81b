import type { Clock } from '../../../clock.ts'
import { badRequest } from '../../rest/refusal.ts'
import { voiceCodes } from './codes.ts'

/** When calls that were asked for over REST are dialled: one after the other, so many a second. */
export type DialPace = {
  /** How long the next call waits, ms. Throws when it would wait longer than Twilio lets a call wait. */
  next(): number
}

const LONGEST_WAIT_MS = 24 * 60 * 60 * 1_000

/** A pace that nothing has used up yet; Twilio's default for accounts is one a second. */
export function createDialPace(clock: Clock, perSecond = 1): DialPace {
  const betweenMs = 1_000 / perSecond
  let free = Number.NEGATIVE_INFINITY
  return {
    next() {
      const now = clock.now()
      const at = Math.max(now, free)
      if (at - now > LONGEST_WAIT_MS) {
        throw badRequest('Calls for more than 24 hours are queued', voiceCodes.backlogTooLong)
      }
      free = at + betweenMs
      return Math.round(at - now)
    },
  }
}
