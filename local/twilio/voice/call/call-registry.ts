import type { Clock } from '../../../clock.ts'
import { createCookieJar } from '../../cookie-jar.ts'
import type { LiveFeed } from '../../live-feed.ts'
import type { NewSid } from '../../sid.ts'
import type { Call, CallOptions } from './call.ts'
import { createCall } from './create-call.ts'

/** The account's calls, newest last: live ones, and the latest that are over. */
export interface CallRegistry {
  add(options: Omit<CallOptions, 'sid'>): Call
  get(sid: string): Call | undefined
  /** The call of that SID while it lasts. */
  live(sid: string): Call | undefined
  list(): Iterable<Call>
  delete(sid: string): void
}

// Ended calls are kept for REST readers; a centre that runs for days need not keep all.
const KEPT = 10_000

/** An empty registry. */
export function createCallRegistry(context: {
  readonly clock: Clock
  readonly live: LiveFeed
  readonly newSid: NewSid
}): CallRegistry {
  const calls = new Map<string, Call>()
  let ended = 0
  const forgetOldest = () => {
    for (const call of calls.values()) {
      if (ended <= KEPT) return
      if (call.end && calls.delete(call.sid)) ended--
    }
  }
  return {
    add(options) {
      const sid = context.newSid('CA')
      const call = createCall({ ...options, sid }, { ...context, cookies: createCookieJar() })
      calls.set(sid, call)
      call.ended.on(() => {
        ended++
        forgetOldest()
      })
      return call
    },
    get: (sid) => calls.get(sid),
    live(sid) {
      const call = calls.get(sid)
      return call && !call.end ? call : undefined
    },
    list: () => calls.values(),
    delete(sid) {
      if (calls.delete(sid)) ended--
    },
  }
}
