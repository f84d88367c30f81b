import type { PlaceChange } from './property-diff.ts'
import type { ReadChange } from './readings.ts'
import { isRecord, unknownValue } from './values.ts'

/** What changed in a document, in words: a sentence a change. */
export function sentencesOf({ reading, changes, before, after }: ReadChange): readonly string[] {
  if (changes.length === 0) return [`${reading.of} is written differently, and reads the same`]
  return reading.tell?.(changes, before, after) ?? changes.map(sentenceOf)
}

/** One place that changed: `Billing: tier 2 timeout 30 s → 60 s`. */
export function sentenceOf({ keys, kind, before, after }: PlaceChange): string {
  const [first, ...rest] = keys
  const place = [...(first === undefined ? [] : [`${first}${rest.length > 0 ? ':' : ''}`]), ...rest]
  switch (kind) {
    case 'add':
      return [...place, wordsOf(after), 'added'].join(' ')
    case 'delete':
      return [...place, wordsOf(before), 'removed'].join(' ')
    case 'update':
      return [...place, wordsOf(before), '→', wordsOf(after)].join(' ')
    default:
      throw new Error(`Unknown kind of change ${kind satisfies never}`)
  }
}

/** A value of a reading on one line: `queue Spanish, timeout 60 s`. */
export function wordsOf(value: unknown): string {
  if (value === unknownValue) return '(known after the deployment)'
  if (typeof value === 'string') return value
  if (Array.isArray(value)) return `[${value.map(wordsOf).join(', ')}]`
  if (!isRecord(value)) return String(value)
  return Object.entries(value)
    .map(([key, item]) =>
      isRecord(item) ? `${key} (${wordsOf(item)})` : `${key} ${wordsOf(item)}`,
    )
    .join(', ')
}
