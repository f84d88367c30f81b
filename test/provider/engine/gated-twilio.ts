import { createWallClock } from '../../../local/clock.ts'
import { demoAccount } from '../../../local/demo-account.ts'
import { ConnectionReset, createTwilio, serveTwilio } from '../../../local/twilio/index.ts'
import { checkedByOpenApi } from '../../support/openapi.ts'

/** The way of one process to Twilio. Closed, it lets nothing through any more, as if the process had been killed. */
export type Gate = {
  readonly url: string
  /** Writes that went through. */
  writes(): number
  close(): Promise<void>
}

/** Closes a gate at a request, counted from 1: before it reaches Twilio, or before its answer comes back. */
export type Kill = {
  readonly nth: number
  readonly moment: 'before' | 'after'
  /** Called at that instant. */
  readonly onKill: () => void
}

/** Told of every request, before it reaches Twilio and before its answer comes back. */
export type Watch = (moment: Kill['moment'], request: Request) => void

/** A local Twilio with a gate for each process that uses it. */
export type GatedTwilio = {
  open(kill?: Kill, watch?: Watch): Promise<Gate>
  /** Everything there is, to start another one with. */
  snapshot(): unknown
  /** How many objects there are, by the prefix of their SIDs. */
  counts(): Readonly<Record<string, number>>
  close(): void
}

/** Starts one, empty or with what a snapshot holds. */
export function startGatedTwilio(restore?: unknown): GatedTwilio {
  const { accountSid, authToken } = demoAccount
  const local = checkedByOpenApi(
    createTwilio({ clock: createWallClock(), accountSid, authToken, restore }),
    { requestsOf: () => true },
  )
  return {
    async open(kill, watch) {
      let requests = 0
      let writes = 0
      let killed = false
      const fetch = async (request: Request): Promise<Response> => {
        if (killed) throw new ConnectionReset()
        requests++
        if (request.method !== 'GET') writes++
        killed = requests === kill?.nth
        if (!killed) {
          watch?.('before', request)
          const response = await local.fetch(request)
          watch?.('after', request)
          return response
        }
        if (kill?.moment === 'after') await local.fetch(request)
        kill?.onKill()
        throw new ConnectionReset()
      }
      const server = await serveTwilio({ port: 0, twilio: { ...local, fetch } })
      return {
        url: server.url,
        writes: () => writes,
        close: () => server.close(),
      }
    },
    // A later change must not reach it.
    snapshot: () => structuredClone(local.snapshot()),
    counts() {
      const sids = new Set(
        JSON.stringify(local.snapshot()).match(/"sid":"[A-Z]{2}[0-9a-f]{32}"/g) ?? [],
      )
      const counts: Record<string, number> = {}
      for (const sid of sids) {
        const prefix = sid.slice(7, 9)
        // What happened twice is told twice, and is no object.
        if (prefix !== 'EV') counts[prefix] = (counts[prefix] ?? 0) + 1
      }
      return counts
    },
    close: () => local.close(),
  }
}
