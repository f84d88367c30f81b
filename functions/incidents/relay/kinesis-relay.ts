import { cloudEvent, defineSchema, executionEnded, Type } from '../../../schemas/index.ts'

/** What AWS Lambda hands to a function that reads a Kinesis stream. */
export const kinesisBatch = defineSchema(
  'records of Kinesis',
  Type.Object(
    {
      Records: Type.Array(
        Type.Object(
          {
            kinesis: Type.Object(
              { data: Type.String({ description: 'base64' }), sequenceNumber: Type.String() },
              { additionalProperties: true },
            ),
          },
          { additionalProperties: true },
        ),
      ),
    },
    { additionalProperties: true },
  ),
)

/** What Lambda is answered: the records that have to come again. */
export type BatchResult = {
  readonly batchItemFailures: readonly { readonly itemIdentifier: string }[]
}

/** What varies between relays. */
export type KinesisRelayOptions = {
  /** Address of `/execute`. */
  readonly url: string
  readonly user: string
  readonly password: string
  /** Only executions of this flow are told; absent: of any. */
  readonly flowSid?: string | undefined
  readonly fetch?: typeof fetch
}

const endedType = 'com.twilio.studio.flow.execution.ended'
const timeoutMs = 10_000

/**
 * Where events come through a Kinesis stream instead of a webhook sink: tells `/execute` each execution that has ended. It waits for
 * all its posts, and names the records whose post failed, so that the stream hands only those over again.
 */
export function createKinesisRelay(options: KinesisRelayOptions) {
  const { url, user, password, fetch: send = fetch } = options
  const authorization = `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`

  async function tell(executionSid: string): Promise<boolean> {
    try {
      const response = await send(url, {
        method: 'POST',
        headers: { authorization, 'content-type': 'application/json' },
        body: JSON.stringify({ flow_execution_id: executionSid }),
        signal: AbortSignal.timeout(timeoutMs),
      })
      await response.body?.cancel()
      // 404: it belongs to no hunt, and never will.
      return response.ok || response.status === 404
    } catch {
      return false
    }
  }

  return async function relay(batch: unknown): Promise<BatchResult> {
    const { Records: records } = kinesisBatch.parse(batch)
    const told = await Promise.all(
      records.map(({ kinesis }) => {
        const executionSid = endedExecution(kinesis.data, options.flowSid)
        // What is no such event would not become one by coming again.
        return executionSid === undefined ? true : tell(executionSid)
      }),
    )
    const failed = records.filter((_, i) => !told[i])
    return {
      batchItemFailures: failed.map(({ kinesis }) => ({ itemIdentifier: kinesis.sequenceNumber })),
    }
  }
}

function endedExecution(base64: string, flowSid: string | undefined): string | undefined {
  try {
    const { type, data } = cloudEvent.parse(JSON.parse(Buffer.from(base64, 'base64').toString()))
    if (type !== endedType) return undefined
    const ended = executionEnded.parse(data)
    return flowSid === undefined || ended.flow_sid === flowSid ? ended.execution_sid : undefined
  } catch {
    return undefined
  }
}
