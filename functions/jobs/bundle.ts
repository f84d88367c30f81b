import type { ArchivedEvent, Job } from '../../schemas/index.ts'
import { packEvents } from './packed-events.ts'

/** Sends events of the same moment to the queue together. */
export interface Bundle {
  /** Resolves when the event is safe; rejects when the queue did not take it. */
  add(event: ArchivedEvent): Promise<void>
}

type Waiting = { readonly event: ArchivedEvent; resolve(): void; reject(error: unknown): void }

// A message of the queue holds 64 KB as base64, and what is packed is base64 in base64.
const longestPack = 45_000
// Packed, events of a task come to less than a tenth.
const mostCharacters = 400_000
const most = 150
// Nothing beside the fifteen seconds that Twilio waits.
const gatherMs = 100

/**
 * A burst of a thousand events would be a thousand calls of the storage; together they are some ten. One that comes alone waits
 * for nobody.
 */
export function createBundle(send: (job: Job) => Promise<void>): Bundle {
  let waiting: Waiting[] = []
  let characters = 0
  let timer: NodeJS.Timeout | undefined
  let sending = 0

  async function flush(): Promise<void> {
    clearTimeout(timer)
    timer = undefined
    const bundle = waiting
    waiting = []
    characters = 0
    sending++
    await sendTogether(bundle)
    sending--
  }

  async function sendTogether(bundle: readonly Waiting[]): Promise<void> {
    const [first, ...others] = bundle
    if (!first) return
    try {
      if (others.length === 0) await send({ kind: 'event', event: first.event })
      else {
        const packed = await packEvents(bundle.map(({ event }) => event))
        if (packed.length > longestPack) {
          const middle = bundle.length >> 1
          await Promise.all([bundle.slice(0, middle), bundle.slice(middle)].map(sendTogether))
          return
        }
        await send({ kind: 'events', packed })
      }
      for (const { resolve } of bundle) resolve()
    } catch (error) {
      for (const { reject } of bundle) reject(error)
    }
  }

  return {
    add(event) {
      const { promise, resolve, reject } = Promise.withResolvers<void>()
      const length = event.body.length + 500
      if (characters + length > mostCharacters) void flush()
      waiting.push({ event, resolve, reject })
      characters += length
      if (waiting.length === most || (sending === 0 && waiting.length === 1)) void flush()
      else timer ??= setTimeout(flush, gatherMs)
      return promise
    },
  }
}
