import type { Properties } from '../protocol/values.ts'
import type { TwilioClient } from './client.ts'
import { TwilioError } from './errors.ts'
import { retry } from './retry.ts'

// Twilio's reads lag behind its writes: an object this young that is “not found” is looked for again.
const youngMs = 30_000
const lookAgainMs = [100, 250, 500, 1000, 1500, 2000]

/** What the work gives; undefined when Twilio says that there is no such object. */
export async function unlessGone<T>(work: () => Promise<T>): Promise<T | undefined> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof TwilioError && error.status === 404) return undefined
    throw error
  }
}

/** The work; while the object is young, “not found” is not believed. */
export function whileYoung<T>(
  client: TwilioClient,
  known: Properties,
  work: () => Promise<T>,
): Promise<T> {
  const created = Date.parse(String(known['dateCreated']))
  const young = Number.isFinite(created) && Math.abs(Date.now() - created) < youngMs
  return young ? until404Passes(client, work) : work()
}

/** The work, again and again for some seconds while it says “not found”. */
export function until404Passes<T>({ signal }: TwilioClient, work: () => Promise<T>): Promise<T> {
  const passes = (error: unknown) => error instanceof TwilioError && error.status === 404
  return retry(work, { waitsMs: lookAgainMs, passes, signal })
}
