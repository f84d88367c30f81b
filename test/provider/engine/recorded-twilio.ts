import twilio from 'twilio'
import { createRequestClient } from '../../../functions/twilio-client.ts'
import { type Clock, createTestClock } from '../../../local/clock.ts'
import { demoAccount } from '../../../local/demo-account.ts'
import { createTwilio, serveTwilio, type Twilio } from '../../../local/twilio/index.ts'
import { checkedByOpenApi } from '../../support/openapi.ts'

/** A request that reached Twilio. */
export type Recorded = {
  readonly method: string
  /** With the host in front: `/taskrouter.twilio.com/v1/Workspaces`. */
  readonly path: string
  readonly form: URLSearchParams
}

/** A local Twilio that listens and keeps what it was asked, with the official SDK as an independent witness. */
export type RecordedTwilio = {
  readonly url: string
  readonly twilio: Twilio
  readonly sdk: twilio.Twilio
  /** What was asked since `forget`, the witness included. */
  requests(): readonly Recorded[]
  /** The requests among them that change something. */
  writes(): readonly Recorded[]
  forget(): void
  /** The next request that this is true of waits until `then` is done: something else happens just before it. */
  precede(matches: (request: Recorded) => boolean, then: () => Promise<void>): void
  close(): Promise<void>
}

/** Starts one on a free port. By its clock, objects are old unless a test passes another one. */
export async function startRecordedTwilio(
  clock: Clock = createTestClock(),
): Promise<RecordedTwilio> {
  const { accountSid, authToken } = demoAccount
  const local = createTwilio({ clock, accountSid, authToken })
  const checked = checkedByOpenApi(local, { requestsOf: isOfProvider })
  let recorded: Recorded[] = []
  let preceded: Parameters<RecordedTwilio['precede']> | undefined
  const server = await serveTwilio({
    port: 0,
    twilio: {
      ...checked,
      async fetch(request) {
        const { method, url } = request
        const { pathname, search } = new URL(url)
        const form = new URLSearchParams(await request.clone().text())
        const asked = { method, path: pathname + search, form }
        recorded.push(asked)
        const [matches, then] = preceded ?? []
        if (matches?.(asked)) {
          preceded = undefined
          await then?.()
        }
        return checked.fetch(request)
      },
    },
  })
  return {
    url: server.url,
    twilio: local,
    sdk: twilio(accountSid, authToken, { httpClient: createRequestClient(server.url) }),
    requests: () => recorded,
    writes: () => recorded.filter(({ method }) => method !== 'GET'),
    forget() {
      recorded = []
    },
    precede(matches, then) {
      preceded = [matches, then]
    },
    async close() {
      local.close()
      await server.close()
    },
  }
}

// The witness may ask what the documents do not describe, to see it refused.
function isOfProvider({ headers }: Request): boolean {
  return !headers.get('user-agent')?.startsWith('twilio-')
}
