import type { Clock } from '../../clock.ts'
import { codes, TwilioRefusal } from '../rest/refusal.ts'
import type { Answer, Call } from '../rest/route.ts'

// Requests a second for each of the lists that evaluate an expression for every row; documented with the parameters.
const LIMIT = 3
const WINDOW_MS = 1000

/** Answers a list that may be filtered by an expression: Twilio takes only a few of those a second. */
export type LimitFilter = (call: Call, list: () => Answer) => Answer

/** Limits lists that are filtered by this parameter, in each workspace. */
export function createFilterLimit(clock: Clock, parameter: string): LimitFilter {
  const recent = new Map<string, number[]>()
  return (call, list) => {
    if (!call.query.text(parameter)) return list()
    const { pathname } = call.url
    const now = clock.now()
    const last = (recent.get(pathname) ?? []).filter((at) => at > now - WINDOW_MS)
    const remaining = LIMIT - last.length - 1
    const headers = {
      'x-rate-limit-limit': String(LIMIT),
      'x-rate-limit-remaining': String(Math.max(0, remaining)),
    }
    if (remaining < 0) {
      const why = `Too many requests: ${LIMIT} a second with ${parameter}`
      throw new TwilioRefusal(429, codes.tooManyRequests, why, { ...headers, 'retry-after': '1' })
    }
    recent.set(pathname, [...last, now])
    const answer = list()
    return { ...answer, headers: { ...answer.headers, ...headers } }
  }
}
