import { isSet } from '../comparison/meaning.ts'
import { sameValue } from '../comparison/property-diff.ts'
import { isRecord, type Properties } from '../protocol/values.ts'

/**
 * A value as it is to become: where `before` and `after` differ, `after` holds; everything else stays as it is live. Objects are
 * merged key by key, however deep; lists are replaced.
 */
export function merge(live: unknown, before: unknown, after: unknown): unknown {
  if (!isRecord(after)) return isSet(after) || !isRecord(before) ? after : merge(live, before, {})
  const old = isRecord(before) ? before : {}
  const merged: Record<string, unknown> = isRecord(live) ? { ...live } : {}
  for (const key of new Set([...Object.keys(old), ...Object.keys(after)])) {
    if (sameValue(old[key], after[key])) continue
    const value = merge(merged[key], old[key], after[key])
    const empty = isRecord(value) && Object.keys(value).length === 0 && !isSet(after[key])
    if (!isSet(value) || empty) delete merged[key]
    else merged[key] = value
  }
  return merged
}

/** What of a live value was declared: of an object only the keys that the declaration names, however deep. */
export function declaredPart(live: unknown, declared: unknown): unknown {
  if (!isRecord(live) || !isRecord(declared)) return live
  const named: Properties = declared
  const entries = Object.keys(named)
    .filter((key) => isSet(named[key]) && isSet(live[key]))
    .map((key) => [key, declaredPart(live[key], named[key])])
  return Object.fromEntries(entries)
}
