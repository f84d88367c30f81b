import assert from 'node:assert/strict'
import twilio from 'twilio'
import { createRequestClient } from '../../functions/twilio-client.ts'
import { createTestClock, type TestClock } from '../../local/clock.ts'
import { demoAccount } from '../../local/demo-account.ts'
import {
  createTwilio,
  serveTwilio,
  type Twilio,
  type TwilioOptions,
} from '../../local/twilio/index.ts'
import { checkedByOpenApi } from './openapi.ts'

/** A local Twilio that listens, with a clock that the test moves and the official SDK as its client. */
export type LocalTwilio = {
  readonly twilio: Twilio
  readonly clock: TestClock
  readonly client: twilio.Twilio
  /** Base URL, for other clients. */
  readonly url: string
  close(): Promise<void>
}

/** Starts one on a free port. Its answers are held against Twilio's OpenAPI documents. */
export async function startLocalTwilio(options: Partial<TwilioOptions> = {}): Promise<LocalTwilio> {
  const clock = createTestClock()
  const { accountSid, authToken } = demoAccount
  const local = createTwilio({ clock, accountSid, authToken, ...options })
  const server = await serveTwilio({ twilio: checkedByOpenApi(local), port: 0 })
  return {
    twilio: local,
    clock,
    client: twilio(accountSid, authToken, { httpClient: createRequestClient(server.url) }),
    url: server.url,
    async close() {
      local.close()
      await server.close()
    },
  }
}

/** For `assert.rejects`: the SDK's error of a call that Twilio refuses with that status, code and message. */
export function refused(status: number, code: number, message: RegExp) {
  return (error: unknown) => {
    const refusal = error as { status: number; code: number; message: string }
    assert.deepEqual([refusal.status, refusal.code], [status, code], refusal.message)
    assert.match(refusal.message, message)
    return true
  }
}
