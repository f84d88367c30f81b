import type { PlaceChange } from '../comparison/property-diff.ts'
import { isRecord, unknownValue } from '../protocol/values.ts'
import { wordsOf } from '../words/sentences.ts'

/** An event type that a subscription names, and the version of its schema, if it says one. */
export type SubscribedType = { readonly type: string; readonly schemaVersion?: number }

/** Event types by their names: their order and repetitions say nothing. Unknown as a whole while one of them is. */
export function typesByName(types: unknown): unknown {
  if (!Array.isArray(types)) return types
  const byName: Record<string, { schemaVersion?: unknown }> = {}
  for (const item of types) {
    if (!isRecord(item) || item['type'] === unknownValue) return unknownValue
    const { type, schemaVersion } = item
    const known = byName[String(type)]
    byName[String(type)] = { schemaVersion: schemaVersion ?? known?.schemaVersion }
  }
  return byName
}

/** The types of a subscription in words: `{"com.twilio.taskrouter.task.created": "schema 4"}`. Without a version it is the latest when the type is added. */
export function readTypes(types: unknown): unknown {
  const byName = typesByName(types)
  if (!isRecord(byName)) return byName
  return Object.fromEntries(
    Object.entries(byName).map(([type, value]) => {
      const version = isRecord(value) ? value['schemaVersion'] : undefined
      if (version === unknownValue) return [type, unknownValue]
      return [
        type,
        version === undefined || version === null ? 'latest schema' : `schema ${version}`,
      ]
    }),
  )
}

/** What changed in a set of types, a sentence each: `com.twilio.taskrouter.task.created added (latest schema)`. */
export function tellTypes(changes: readonly PlaceChange[]): readonly string[] {
  return changes.map((change) => {
    const [type = 'types'] = change.keys
    switch (change.kind) {
      case 'add':
        return `${type} added (${wordsOf(change.after)})`
      case 'delete':
        return `${type} taken out: no longer sent`
      case 'update':
        return `${type}: ${wordsOf(change.before)} → ${wordsOf(change.after)}`
      default:
        throw new Error(`Unknown kind of change ${change.kind satisfies never}`)
    }
  })
}

/** The types that a property holds; each once. */
export function subscribedTypes(types: unknown): readonly SubscribedType[] {
  const byName = typesByName(types)
  if (!isRecord(byName)) return []
  return Object.entries(byName).map(([type, value]) => {
    const version = isRecord(value) ? value['schemaVersion'] : undefined
    return typeof version === 'number' ? { type, schemaVersion: version } : { type }
  })
}
