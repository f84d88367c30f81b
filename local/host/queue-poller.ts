import type { DequeuedMessageItem, QueueClient } from '@azure/storage-queue'
import type { LoadedApp, Registration } from './functions-core.ts'
import type { QueueSettings } from './host-settings.ts'
import { invoke, type ReportError } from './invocation.ts'
import { findTrigger } from './route-table.ts'

/** Brings the messages of a storage queue to its function, until it is stopped. */
export interface QueuePoller {
  /** Looks at the queue soon: something may have been sent. */
  nudge(): void
  /** Takes no more messages and waits for those under way. */
  stop(): Promise<void>
}

// The storage SDK takes its time to load; the first answers come before that.
const firstPauseMs = 300
const shortestPauseMs = 100

/**
 * Polls as the Functions host does: batches, longer pauses while nothing comes, a message that fails comes again
 * when its time of invisibility is over and ends in `<queue>-poison` after the last try.
 */
export function startQueuePoller(
  app: LoadedApp,
  registration: Registration,
  connect: (queueName: string) => Promise<QueueClient>,
  settings: QueueSettings,
  report: ReportError,
): QueuePoller {
  const [binding, trigger] = findTrigger(registration, 'queueTrigger') ?? []
  const queueName = trigger?.queueName
  if (!binding || !queueName) throw new Error(`${registration.metadata.name} has no queue trigger`)

  const stopping = new AbortController()
  const underWay = new Set<Promise<void>>()
  let failing = false
  let endPause: () => void = () => {}
  let pauseBegan = 0
  let soon: NodeJS.Timeout | undefined

  async function run(): Promise<void> {
    await pause(firstPauseMs)
    if (stopping.signal.aborted) return
    pauseBegan = performance.now()
    const queue = await connect(queueName ?? '')
    for (let pauseMs = shortestPauseMs; !stopping.signal.aborted; ) {
      while (underWay.size > settings.newBatchThreshold) await Promise.race(underWay)
      const taken = await poll(queue)
      if (taken > 0) {
        pauseMs = shortestPauseMs
        continue
      }
      if (await pause(pauseMs)) pauseMs = shortestPauseMs
      else pauseMs = Math.min(pauseMs * 2, settings.maxPollingIntervalMs)
    }
  }

  async function poll(queue: QueueClient): Promise<number> {
    try {
      const { receivedMessageItems: messages } = await queue.receiveMessages({
        numberOfMessages: settings.batchSize,
        visibilityTimeout: settings.visibilityTimeoutMs / 1000,
        abortSignal: stopping.signal,
      })
      failing = false
      for (const message of messages) begin(queue, message)
      return messages.length
    } catch (error) {
      // Said once, not at every try, while the storage is away.
      if (!isMissing(error) && !failing && !stopping.signal.aborted) {
        failing = true
        report(`polling the queue ${queueName}`, error)
      }
      return 0
    }
  }

  // The next ones are fetched while these go on: one that takes long holds up nobody else.
  function begin(queue: QueueClient, message: DequeuedMessageItem): void {
    const work = handle(queue, message)
      .catch((error: unknown) => {
        if (!failing && !stopping.signal.aborted) report(`a message of ${queueName}`, error)
      })
      .finally(() => underWay.delete(work))
    underWay.add(work)
  }

  async function handle(queue: QueueClient, message: DequeuedMessageItem): Promise<void> {
    const { messageId, popReceipt, dequeueCount, messageText } = message
    const data = { string: Buffer.from(messageText, 'base64').toString() }
    const metadata = { DequeueCount: { json: String(dequeueCount) }, Id: { string: messageId } }
    try {
      await invoke(app, registration, { binding: binding ?? '', data, metadata })
    } catch (error) {
      report(`try ${dequeueCount} of a message of ${queueName}`, error)
      if (dequeueCount < settings.maxDequeueCount) return
      const poison = await connect(`${queueName}-poison`)
      await poison.createIfNotExists()
      await poison.sendMessage(messageText, { messageTimeToLive: -1 })
    }
    await queue.deleteMessage(messageId, popReceipt)
  }

  /** True when it was cut short by a nudge. */
  function pause(ms: number): Promise<boolean> {
    pauseBegan = performance.now()
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms, false)
      endPause = () => {
        clearTimeout(timer)
        resolve(true)
      }
    })
  }

  const running = run().catch((error: unknown) => report(`the queue ${queueName}`, error))
  return {
    nudge() {
      if (failing || soon) return
      // Under load each request nudges: the queue is still polled at most ten times a second.
      const leftMs = shortestPauseMs - (performance.now() - pauseBegan)
      soon = setTimeout(() => {
        soon = undefined
        endPause()
      }, leftMs)
    },
    async stop() {
      stopping.abort()
      clearTimeout(soon)
      endPause()
      await running
      await Promise.all(underWay)
    },
  }
}

// The queue is made by its first message.
function isMissing(error: unknown): boolean {
  return (
    typeof error === 'object' && error !== null && 'statusCode' in error && error.statusCode === 404
  )
}
