import type { ArchivedEvent, Job } from '../../schemas/index.ts'

/** Sends events of the same moment to the queue together. */
export interface Bundle {
  /** Resolves when the event is safe; rejects when the queue did not take it. */
  add(event: ArchivedEvent): Promise<void>
}

type Waiting = { readonly event: ArchivedEvent; resolve(): void; reject(error: unknown): void }

// A message of the queue holds 64 KB as base64.
const mostCharacters = 40_000
const most = 25
// Nothing beside the fifteen seconds that Twilio waits.
const gatherMs = 20

/**
 * A burst of a thousand events would be a thousand calls of the storage; together they are some forty. One that comes alone waits
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
    const [first] = bundle
    waiting = []
    characters = 0
    if (!first) return
    sending++
    try {
      const events = bundle.map(({ event }) => event)
      await send(
        bundle.length === 1 ? { kind: 'event', event: first.event } : { kind: 'events', events },
      )
      for (const { resolve } of bundle) resolve()
    } catch (error) {
      for (const { reject } of bundle) reject(error)
    } finally {
      sending--
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
