import type { PlaceChange } from '../comparison/property-diff.ts'
import { isRecord, unknownValue } from '../protocol/values.ts'
import type { ReadChange } from './readings.ts'

/** What changed in documents, in words: a sentence a change. */
export function sentencesOf(changes: readonly ReadChange[]): readonly string[] {
  const documents = new Set(changes.map(({ reading }) => reading.of))
  return [...documents].flatMap((document) => {
    const sentences = changes
      .filter(({ reading, changes: places }) => reading.of === document && places.length > 0)
      .flatMap(({ reading, changes: places, before, after }) => {
        if (after === unknownValue) return [`${document} is known after the deployment`]
        return reading.tell?.(places, before, after) ?? places.map(sentenceOf)
      })
    return sentences.length > 0
      ? sentences
      : [`${document} is written differently, and reads the same`]
  })
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
