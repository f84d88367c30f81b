import { createWallClock } from '../../../local/clock.ts'
import { demoAccount } from '../../../local/demo-account.ts'
import { ConnectionReset, createTwilio, serveTwilio } from '../../../local/twilio/index.ts'

/** The way of one process to Twilio. Closed, it lets nothing through any more, as if the process had been killed. */
export type Gate = {
  readonly url: string
  /** Requests that went through. */
  requests(): number
  /** Writes among them. */
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

/** A local Twilio with a gate for each process that uses it. */
export type GatedTwilio = {
  open(kill?: Kill): Promise<Gate>
  /** How many objects there are, by the prefix of their SIDs. */
  counts(): Readonly<Record<string, number>>
  close(): void
}

/** Starts one, empty. */
export function startGatedTwilio(): GatedTwilio {
  const { accountSid, authToken } = demoAccount
  const local = createTwilio({ clock: createWallClock(), accountSid, authToken })
  return {
    async open(kill) {
      let requests = 0
      let writes = 0
      let killed = false
      const fetch = async (request: Request): Promise<Response> => {
        if (killed) throw new ConnectionReset()
        requests++
        if (request.method !== 'GET') writes++
        killed = requests === kill?.nth
        if (!killed) return local.fetch(request)
        if (kill?.moment === 'after') await local.fetch(request)
        kill?.onKill()
        throw new ConnectionReset()
      }
      const server = await serveTwilio({ port: 0, twilio: { ...local, fetch } })
      return {
        url: server.url,
        requests: () => requests,
        writes: () => writes,
        close: () => server.close(),
      }
    },
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
