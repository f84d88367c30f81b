import type { Clock } from '../clock.ts'
import type { LoadedApp, Registration } from './functions-core.ts'
import type { QueueSettings } from './host-settings.ts'
import { invoke, type ReportError } from './invocation.ts'
import { findTrigger } from './route-table.ts'

/** Stands for a storage queue where time is a clock's: messages come when the clock says so. */
export interface VirtualQueue {
  /** Delivers the message to the app's queue function at that time, with tries as the Functions host makes them. */
  send(atMs: number, message: unknown): void
  /** Messages that failed at every try. */
  readonly poison: readonly unknown[]
}

/** A queue for the one queue function of the app; `app` is asked for when the first message is due. */
export function createVirtualQueue(
  clock: Clock,
  app: () => LoadedApp,
  { maxDequeueCount, visibilityTimeoutMs }: QueueSettings,
  report: ReportError,
): VirtualQueue {
  const poison: unknown[] = []
  const deliver = async (message: unknown, tries: number): Promise<void> => {
    const [registration, binding] = findQueueFunction(app())
    try {
      await invoke(app(), registration, { binding, data: { string: JSON.stringify(message) } })
    } catch (error) {
      report(`try ${tries} of a message`, error)
      if (tries >= maxDequeueCount) poison.push(message)
      else clock.schedule(clock.now() + visibilityTimeoutMs, () => deliver(message, tries + 1))
    }
  }
  return {
    send(atMs, message) {
      clock.schedule(atMs, () => deliver(message, 1))
    },
    poison,
  }
}

function findQueueFunction({ registrations }: LoadedApp): [Registration, string] {
  for (const registration of registrations) {
    const [binding] = findTrigger(registration, 'queueTrigger') ?? []
    if (binding) return [registration, binding]
  }
  throw new Error('The app has no queue function')
}
