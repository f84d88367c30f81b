import { defineSchema, Type } from '../../schemas/index.ts'
import type { FaultProfile } from './contract.ts'
import { codes, TwilioRefusal } from './rest/refusal.ts'

const share = Type.Number({ minimum: 0, maximum: 1, description: 'a share from 0 to 1' })
const milliseconds = Type.Number({ minimum: 0, description: 'milliseconds' })
const delay = Type.Union([milliseconds, Type.Tuple([milliseconds, milliseconds])])

/** A fault profile that comes from outside: a command line, or a POST to `/_switchboard/faults`. */
export const faultProfile = defineSchema(
  'fault profile',
  Type.Object(
    {
      statuses: Type.Optional(
        Type.Record(Type.String({ pattern: '^[45][0-9]{2}$' }), share, {
          additionalProperties: false,
          description: 'HTTP status from 400 to 599 → share of the requests that get it',
        }),
      ),
      resets: Type.Optional(share),
      writesPerSecond: Type.Optional(Type.Number({ exclusiveMinimum: 0 })),
      delayMs: Type.Optional(delay),
      duplicateWebhooks: Type.Optional(share),
      reorderWebhooks: Type.Optional(share),
      delayWebhooksMs: Type.Optional(delay),
      readAfterCreateMs: Type.Optional(milliseconds),
    },
    { additionalProperties: false },
  ),
)

/** The connection was cut on purpose: whoever serves `fetch` over a socket destroys it. */
export class ConnectionReset extends Error {
  override readonly name = 'ConnectionReset'
  constructor() {
    super('The fault profile cut this connection')
  }
}

/**
 * The faults of REST calls. They run on the wall's time and not on the clock's: the client that is to suffer them,
 * with its retries and their waits, lives there.
 */
export interface Faults {
  profile(): FaultProfile
  set(profile: FaultProfile): void
  /** Before a call is carried out: waits, refuses or cuts as the profile says. */
  before(call: {
    readonly host: string
    readonly method: string
    readonly pathname: string
  }): Promise<void>
  /** An object was created: reads of it may fail for a while. */
  created(sid: string): void
}

/** Faults by a profile that can be replaced at any time. */
export function createFaults(initial: FaultProfile, random: () => number): Faults {
  let profile = initial
  const windows = new Map<string, { second: number; writes: number }>()
  const fresh = new Map<string, number>()

  function limitWrites(host: string, limit: number): void {
    const second = Math.floor(performance.now() / 1000)
    const window = windows.get(host)
    if (window?.second !== second) windows.set(host, { second, writes: 1 })
    else if (++window.writes > limit) throw tooMany(`more than ${limit} writes a second`)
  }

  function hideFresh(pathname: string): void {
    const sid = /[A-Z]{2}[0-9a-f]{32}(?=(\.json)?$)/.exec(pathname)?.[0] ?? ''
    const until = fresh.get(sid)
    if (until === undefined) return
    if (performance.now() < until) {
      const resource = pathname.replace(/^\/v\d/, '')
      throw new TwilioRefusal(
        404,
        codes.notFound,
        `The requested resource ${resource} was not found`,
      )
    }
    fresh.delete(sid)
  }

  return {
    profile: () => profile,
    set(next) {
      profile = next
    },
    async before({ host, method, pathname }) {
      const { statuses, resets = 0, writesPerSecond, delayMs } = profile
      if (delayMs !== undefined) await pause(delayOf(delayMs, random))
      if (resets > 0 && random() < resets) throw new ConnectionReset()
      if (statuses) refuseSome(statuses, random())
      const writes = method !== 'GET' && method !== 'HEAD'
      if (writes && writesPerSecond !== undefined) limitWrites(host, writesPerSecond)
      if (!writes && fresh.size > 0) hideFresh(pathname)
    },
    created(sid) {
      const { readAfterCreateMs = 0 } = profile
      if (readAfterCreateMs > 0) fresh.set(sid, performance.now() + readAfterCreateMs)
    },
  }
}

// One throw of the dice for all statuses: their shares lie side by side between 0 and 1.
function refuseSome(statuses: Readonly<Record<string, number>>, dice: number): void {
  let reached = 0
  for (const [status, part] of Object.entries(statuses)) {
    reached += part
    if (dice >= reached) continue
    if (status === '429') throw tooMany('the fault profile says so')
    const code = status === '503' ? codes.unavailable : codes.serverError
    throw new TwilioRefusal(Number(status), code, `The fault profile answers ${status}`)
  }
}

function tooMany(why: string): TwilioRefusal {
  return new TwilioRefusal(429, codes.tooManyRequests, `Too many requests: ${why}`, {
    'retry-after': '1',
  })
}

/** A delay as a profile tells it: fixed, or by the dice between two bounds. */
export function delayOf(delayMs: number | readonly [number, number], random: () => number): number {
  if (typeof delayMs === 'number') return delayMs
  const [least, most] = delayMs
  return least + random() * (most - least)
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}
