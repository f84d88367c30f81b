import type { LoadedApp, Registration, TypedData } from './functions-core.ts'

/** Input of one invocation: the name of the trigger's binding, and what came. */
export type Trigger = {
  readonly binding: string
  readonly data: TypedData
  readonly metadata?: Readonly<Record<string, TypedData>>
}

/** Takes note of something that failed; what says where. */
export type ReportError = (what: string, error: unknown) => void

/** Writes a failure to stderr as a line of JSON. */
export const reportToStderr: ReportError = (what, error) => {
  process.stderr.write(`${JSON.stringify({ level: 'error', what, error: String(error) })}\n`)
}

let invocations = 0

/** Runs a function as the Functions worker would: arguments, call, response, all by the library's own model. */
export async function invoke(
  { model }: LoadedApp,
  { metadata, callback }: Registration,
  trigger: Trigger,
): Promise<TypedData | null | undefined> {
  const invocation = model.getInvocationModel({
    invocationId: String(++invocations),
    metadata,
    state: 'invocation',
    log(level: string, _category: string, message: string) {
      process.stderr.write(`${JSON.stringify({ level, function: metadata.name, message })}\n`)
    },
    request: {
      inputData: [{ name: trigger.binding, data: trigger.data }],
      triggerMetadata: trigger.metadata ?? {},
    },
  })
  const { context, inputs } = await invocation.getArguments()
  const result = await invocation.invokeFunction(context, inputs, callback)
  return plainAnswer(result) ?? (await invocation.getResponse(context, result)).returnValue
}

// The answer of most webhooks, text of a named type, is what the library would make of it by way of a stream,
// which takes as long as everything else together.
function plainAnswer(result: unknown): TypedData | undefined {
  if (typeof result !== 'object' || result === null || Object.keys(result).length !== 2) return
  const { body, headers }: { body?: unknown; headers?: unknown } = result
  if (typeof body !== 'string' || typeof headers !== 'object' || headers === null) return
  const [name, ...others] = Object.keys(headers)
  const type: unknown = Object.values(headers)[0]
  if (name !== 'content-type' || others.length > 0 || typeof type !== 'string') return
  return {
    http: { statusCode: '200', headers: { [name]: type }, body: { bytes: Buffer.from(body) } },
  }
}
