import { readFileSync } from 'node:fs'
import { defineSchema, Type } from '../../schemas/index.ts'

const timeSpan = Type.String({ pattern: '^\\d\\d:\\d\\d:\\d\\d$', description: 'HH:MM:SS' })

const hostFile = defineSchema(
  'functions/host.json',
  Type.Object(
    {
      extensions: Type.Object({
        http: Type.Object({ routePrefix: Type.Literal('') }),
        queues: Type.Object({
          batchSize: Type.Integer({ minimum: 1, maximum: 32 }),
          newBatchThreshold: Type.Integer({ minimum: 0 }),
          maxDequeueCount: Type.Integer({ minimum: 1 }),
          visibilityTimeout: timeSpan,
          maxPollingInterval: timeSpan,
        }),
      }),
    },
    { additionalProperties: true },
  ),
)

/** How the queues are read, as the Functions host is told in `functions/host.json`. */
export type QueueSettings = {
  readonly batchSize: number
  /** More are fetched when no more than that many are under way. */
  readonly newBatchThreshold: number
  readonly maxDequeueCount: number
  readonly visibilityTimeoutMs: number
  readonly maxPollingIntervalMs: number
}

/** Reads `functions/host.json`. */
export function readQueueSettings(): QueueSettings {
  const file = new URL('../../functions/host.json', import.meta.url)
  const { queues } = hostFile.parse(JSON.parse(readFileSync(file, 'utf8'))).extensions
  return {
    batchSize: queues.batchSize,
    newBatchThreshold: queues.newBatchThreshold,
    maxDequeueCount: queues.maxDequeueCount,
    visibilityTimeoutMs: toMs(queues.visibilityTimeout),
    maxPollingIntervalMs: toMs(queues.maxPollingInterval),
  }
}

function toMs(span: string): number {
  const [hours, minutes, seconds] = span.split(':').map(Number)
  return (((hours ?? 0) * 60 + (minutes ?? 0)) * 60 + (seconds ?? 0)) * 1000
}
