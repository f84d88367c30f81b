import { sameValue } from '../comparison/property-diff.ts'
import type { ResourceDescription } from '../description/description.ts'
import { isRecord, type Properties } from '../protocol/values.ts'
import type { Answer, TwilioClient, TwilioRequest } from '../requests/client.ts'
import { TwilioError } from '../requests/errors.ts'
import { wait } from '../requests/retry.ts'
import { fieldOf, parameterName } from '../requests/wire.ts'

/** What becomes of documents that the program shares with others: from what was declared to what is. */
export type SharedChange = {
  readonly names: readonly string[]
  readonly before: Properties
  readonly after: Properties
}

// Every refusal means that somebody else's write came through.
const tries = 10

/**
 * Sends a write together with shared documents, merged into what they are right now: no write of anybody else's is undone, also
 * when it comes in between. The object as it is then; when it says all that already, nothing is sent.
 */
export async function sendMerged(
  resource: ResourceDescription,
  client: TwilioClient,
  request: TwilioRequest,
  change: SharedChange,
): Promise<Answer | undefined> {
  const { host, path } = request
  for (let count = 1; ; count++) {
    const { answer, etag } = await client.fetch({ host, path })
    const parameters = { ...request.parameters, ...mergedDocuments(resource, answer, change) }
    if (Object.keys(parameters).length === 0) return answer
    try {
      return await client.send({ ...request, parameters, ...(etag ? { ifMatch: etag } : {}) })
    } catch (error) {
      const overtaken = error instanceof TwilioError && error.status === 412
      if (!overtaken || count >= tries || client.signal?.aborted) throw error
      await wait(25 * 2 ** count * Math.random(), client.signal)
    }
  }
}

// The documents that become different from what they are.
function mergedDocuments(
  resource: ResourceDescription,
  answer: Answer,
  { names, before, after }: SharedChange,
): Readonly<Record<string, string>> {
  const merged = names.flatMap((name) => {
    const live = parse(answer[fieldOf(resource, name)])
    const next = merge(live, before[name], after[name])
    return sameValue(live, next) ? [] : [[parameterName(name), JSON.stringify(next)]]
  })
  return Object.fromEntries(merged)
}

// A key that the program changes, adds or gives up becomes what it says; every other one stays.
function merge(live: unknown, before: unknown, after: unknown): Properties {
  const [there, old, fresh] = [live, before, after].map(
    (value) => new Map(Object.entries(isRecord(value) ? value : {})),
  )
  const merged = new Map(there)
  for (const key of [...(old?.keys() ?? []), ...(fresh?.keys() ?? [])]) {
    const value = fresh?.get(key)
    if (sameValue(old?.get(key), value)) continue
    if (value === undefined || value === null) merged.delete(key)
    else merged.set(key, value)
  }
  return Object.fromEntries(merged)
}

function parse(text: unknown): unknown {
  try {
    return JSON.parse(String(text))
  } catch {
    // Whatever it is, it has no keys that somebody could own.
    return undefined
  }
}
