import { setTimeout as sleep } from 'node:timers/promises'
import { Failure } from '../failure.ts'

/** How often a command looks how far something is. */
export const lookMs = 250
const patienceMs = 15_000

/** Tries again what did not answer: functions that restart, since a file was saved, are away for a moment. */
export async function patiently<T>(work: () => Promise<T>): Promise<T> {
  const until = Date.now() + patienceMs
  for (;;) {
    try {
      return await work()
    } catch (error) {
      if (!isAway(error)) throw error
      if (Date.now() >= until) {
        throw new Failure('centre-away', 'The centre went away.', 'Start it with: npm start', error)
      }
      await sleep(lookMs)
    }
  }
}

function isAway(error: unknown): boolean {
  return error instanceof Error && ['TypeError', 'TimeoutError'].includes(error.name)
}
