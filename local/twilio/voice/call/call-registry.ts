import type { Clock } from '../../../clock.ts'
import type { LiveFeed } from '../../live-feed.ts'
import type { NewSid } from '../../objects/sid.ts'
import { createCookieJar } from '../../webhooks/cookie-jar.ts'
import { createRetained } from '../retained.ts'
import type { Call, CallOptions } from './call.ts'
import { createCall } from './create-call.ts'

/** The account's calls, newest last: live ones, and the latest that are over. */
export interface CallRegistry {
  add(options: Omit<CallOptions, 'sid'>): Call
  get(sid: string): Call | undefined
  /** The call of that SID while it lasts. */
  live(sid: string): Call | undefined
  list(): Iterable<Call>
  /** Live ones, oldest first, then those that ended at that time or later. */
  since(at: number): readonly Call[]
  delete(sid: string): void
}

/** An empty registry. */
export function createCallRegistry(context: {
  readonly clock: Clock
  readonly live: LiveFeed
  readonly newSid: NewSid
}): CallRegistry {
  const calls = createRetained<Call>()
  return {
    add(options) {
      const sid = context.newSid('CA')
      const call = createCall({ ...options, sid }, { ...context, cookies: createCookieJar() })
      calls.add(call)
      call.ended.on(() => calls.end(call, context.clock.now()))
      return call
    },
    get: calls.get,
    live(sid) {
      const call = calls.get(sid)
      return call && !call.end ? call : undefined
    },
    list: calls.values,
    since: (at) => [...calls.live(), ...calls.endedSince(at)],
    delete: calls.delete,
  }
}
