import { closestName } from '../../routing/index.ts'
import { type Problem, type TSchema, workflowConfiguration } from '../../schemas/index.ts'
import { isRecord, unknownValue } from '../protocol/values.ts'

const sidOfQueue = /^WQ[0-9a-fA-F]{32}$/

/** Members of a configuration that TaskRouter would keep and not heed, and that look like ones that it knows. */
export function misspeltMembers(configuration: unknown): readonly Problem[] {
  return [...misspeltIn(configuration, workflowConfiguration.json, 'configuration')]
}

/** Queues that are called by a name: TaskRouter knows them by their SIDs only. */
export function namedQueues(configuration: unknown, path = 'configuration'): readonly Problem[] {
  if (Array.isArray(configuration)) {
    return configuration.flatMap((item, i) => namedQueues(item, `${path}[${i}]`))
  }
  if (!isRecord(configuration)) return []
  return Object.entries(configuration).flatMap(([key, value]) => {
    const place = `${path}.${key}`
    if (key !== 'queue') return namedQueues(value, place)
    if (typeof value !== 'string' || value === unknownValue || sidOfQueue.test(value)) return []
    const message = `“${value}” is no SID of a queue, WQ and 32 hex digits: pass the sid of the TaskQueue, or what getTaskQueue finds by that name`
    return [{ path: place, message }]
  })
}

function* misspeltIn(value: unknown, schema: TSchema, path: string): Generator<Problem> {
  if (Array.isArray(value)) {
    for (const [i, item] of value.entries()) {
      yield* misspeltIn(item, schema['items'] ?? {}, `${path}[${i}]`)
    }
    return
  }
  const members: Readonly<Record<string, TSchema>> | undefined = schema['properties']
  if (!isRecord(value) || !members) return
  for (const [key, item] of Object.entries(value)) {
    const member = members[key]
    if (member) yield* misspeltIn(item, member, `${path}.${key}`)
    const meant = member ? undefined : closestName(key, Object.keys(members))
    if (meant !== undefined) {
      const message = `says nothing to TaskRouter; did you mean “${meant}”?`
      yield { path: `${path}.${key}`, message }
    }
  }
}
