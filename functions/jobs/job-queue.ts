import type { Job } from '../../schemas/index.ts'
import { type AzureAccount, callTimeoutMs, once } from '../store/azure-account.ts'
import { createGate } from '../store/gate.ts'

/** Sends jobs to the storage queue that triggers the function `jobs`. */
export interface JobQueue {
  /** Throws when the message cannot be taken: too large, or the storage does not answer. */
  send(job: Job, delayMs: number): Promise<void>
}

// The longest that the storage hides a message; a job that comes too early is sent again by its runner.
const longestDelaySeconds = 7 * 24 * 3600

const mostAtOnce = 16
// Twilio waits 15 s for a webhook: what has not come through by then waits in the backlog of the process instead.
const patienceMs = 5_000

/** The queue `jobs` of the account; it is made at the first message. */
export function createJobQueue(account: AzureAccount): JobQueue {
  const queue = once(async () => {
    const client = await account.queue('jobs')
    await client.createIfNotExists({ abortSignal: AbortSignal.timeout(callTimeoutMs) })
    return client
  })
  const gate = createGate(mostAtOnce, patienceMs)
  return {
    async send(job, delayMs) {
      const client = await queue()
      // The trigger expects base64; the SDK does not encode.
      const message = Buffer.from(JSON.stringify(job)).toString('base64')
      await gate(() =>
        client.sendMessage(message, {
          visibilityTimeout: Math.min(Math.ceil(Math.max(0, delayMs) / 1000), longestDelaySeconds),
          messageTimeToLive: -1,
          abortSignal: AbortSignal.timeout(callTimeoutMs),
        }),
      )
    },
  }
}
