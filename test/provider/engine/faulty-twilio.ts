import { createWallClock } from '../../../local/clock.ts'
import { demoAccount } from '../../../local/demo-account.ts'
import { ConnectionReset, createTwilio, serveTwilio } from '../../../local/twilio/index.ts'
import { checkedByOpenApi } from '../../support/openapi.ts'

/** What happens to one request: `after` means that it is carried out, and its answer lost. */
export type Fault = 'reset before' | 'reset after' | '500 after' | '503'

/** A local Twilio of which one request goes wrong, or one of so many. */
export type FaultyTwilio = {
  readonly url: string
  /** From now on, this request (counted from 1) goes wrong, and every so many-th after it; none if left out. */
  arm(nth?: number, fault?: Fault, every?: number): void
  /** Requests since then, and the writes among them. */
  count(): { readonly requests: number; readonly writes: number }
  /** The rows of a list, asked behind the provider's back. */
  rows(path: string, key: string): Promise<readonly Readonly<Record<string, unknown>>[]>
  close(): Promise<void>
}

/** Starts one on a free port, empty. */
export async function startFaultyTwilio(): Promise<FaultyTwilio> {
  const { accountSid, authToken } = demoAccount
  const local = checkedByOpenApi(
    createTwilio({ clock: createWallClock(), accountSid, authToken }),
    {
      requestsOf: () => true,
    },
  )
  let armed: { readonly nth: number; readonly fault: Fault; readonly every: number } | undefined
  let requests = 0
  let writes = 0
  const server = await serveTwilio({
    port: 0,
    twilio: {
      ...local,
      async fetch(request) {
        requests++
        if (request.method !== 'GET') writes++
        return armed && requests >= armed.nth && (requests - armed.nth) % armed.every === 0
          ? goWrong(armed.fault, () => local.fetch(request))
          : local.fetch(request)
      },
    },
  })
  return {
    url: server.url,
    arm(nth, fault, every = Number.POSITIVE_INFINITY) {
      armed = nth === undefined || fault === undefined ? undefined : { nth, fault, every }
      requests = 0
      writes = 0
    },
    count: () => ({ requests, writes }),
    async rows(path, key) {
      const authorization = `Basic ${btoa(`${accountSid}:${authToken}`)}`
      const response = await local.fetch(
        new Request(`http://local/${path}`, { headers: { authorization } }),
      )
      const body: unknown = await response.json()
      return (body as Readonly<Record<string, Readonly<Record<string, unknown>>[]>>)[key] ?? []
    },
    async close() {
      local.close()
      await server.close()
    },
  }
}

async function goWrong(fault: Fault, carryOut: () => Promise<Response>): Promise<Response> {
  const failure = (status: number) =>
    Response.json({ code: status === 503 ? 20503 : 20500, message: 'a bad moment' }, { status })
  switch (fault) {
    case 'reset before':
      throw new ConnectionReset()
    case 'reset after':
      await carryOut()
      throw new ConnectionReset()
    case '500 after':
      await carryOut()
      return failure(500)
    case '503':
      return failure(503)
    default:
      throw new Error(`Unknown fault ${fault satisfies never}`)
  }
}
