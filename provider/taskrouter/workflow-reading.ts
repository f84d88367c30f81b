import { canonicalExpression } from '../comparison/canonical.ts'
import type { PlaceChange } from '../comparison/property-diff.ts'
import { isRecord, unknownValue } from '../protocol/values.ts'
import type { Names } from '../words/names.ts'
import { readExpression } from './expression-reading.ts'

/** Where the default filter stands in a reading. */
export const defaultFilter = 'default filter'
const rest = 'other'

/**
 * A workflow's configuration in words: filters by their names, each with its position, its conditions and its tiers; queues by
 * their names. Whatever TaskRouter keeps besides stands under `other`.
 */
export function readConfiguration(document: unknown, names: Names): unknown {
  const routing = isRecord(document) ? document['task_routing'] : undefined
  if (!isRecord(document) || !isRecord(routing)) return document
  const { filters, default_filter: fallback, ...settings } = routing
  if (filters === unknownValue) return unknownValue
  const { task_routing: _, ...besides } = document
  const others = { ...settings, ...besides }
  const listed = Array.isArray(filters) ? filters : []
  const unread = filters === undefined || Array.isArray(filters) ? {} : { filters }
  const label = distinct([defaultFilter, rest])
  return {
    ...Object.fromEntries(
      listed.map((filter, i) => [label(nameOf(filter, i, names)), readFilter(filter, i, names)]),
    ),
    ...(fallback === undefined ? {} : { [defaultFilter]: readTarget(fallback, names) }),
    ...asOther({ ...others, ...unread }),
  }
}

/**
 * The places that tell a change. A filter that only makes room for another one has not moved: of the positions only those count
 * that change the order.
 */
export function pickChanges(
  changes: readonly PlaceChange[],
  before: unknown,
  after: unknown,
): readonly PlaceChange[] {
  const moved = movedFilters(before, after)
  return changes.filter(
    ({ keys: [filter, key, deeper] }) =>
      key !== 'position' || deeper !== undefined || moved.has(String(filter)),
  )
}

/** The filters of a reading in their order: name → what it reads. */
export function filtersOf(
  reading: unknown,
): ReadonlyMap<string, Readonly<Record<string, unknown>>> {
  const filters = new Map<string, Readonly<Record<string, unknown>>>()
  if (!isRecord(reading)) return filters
  for (const [name, filter] of Object.entries(reading)) {
    if (name !== rest && isRecord(filter) && 'position' in filter) filters.set(name, filter)
  }
  return new Map([...filters].sort(([, a], [, b]) => Number(a['position']) - Number(b['position'])))
}

/** The fewest filters of which one can say that they moved, and the others kept their order. */
export function movedFilters(before: unknown, after: unknown): ReadonlySet<string> {
  const olds = [...filtersOf(before).keys()]
  const place = new Map(olds.map((name, i) => [name, i]))
  const common = [...filtersOf(after).keys()].filter((name) => place.has(name))
  const stayed = new Set(longestRise(common.map((name) => place.get(name) ?? 0)))
  return new Set(common.filter((name) => !stayed.has(place.get(name) ?? 0)))
}

function readFilter(filter: unknown, index: number, names: Names): unknown {
  if (!isRecord(filter)) return filter
  const {
    filter_friendly_name: name,
    friendly_name: second,
    expression,
    targets,
    ...others
  } = filter
  const tiers = Array.isArray(targets) ? targets : []
  const unread = targets === undefined || Array.isArray(targets) ? {} : { targets }
  const shadowed = name === undefined || second === undefined ? {} : { friendly_name: second }
  return {
    position: index + 1,
    ...(expression === undefined ? {} : { when: readExpression(expression, names) }),
    ...Object.fromEntries(tiers.map((target, i) => [`tier ${i + 1}`, readTarget(target, names)])),
    ...asOther({ ...shadowed, ...others, ...unread }),
  }
}

const targetWords: Readonly<
  Record<string, { readonly word: string; read(value: unknown, names: Names): unknown }>
> = {
  queue: { word: 'queue', read: (sid, names) => names.nameOf(sid) },
  expression: { word: 'workers', read: readExpression },
  timeout: { word: 'timeout', read: (value) => withUnit(value) },
  priority: { word: 'priority', read: (value) => plainNumber(value) },
  skip_if: { word: 'skip if', read: readText },
  order_by: { word: 'order by', read: (value) => value },
  known_worker_sid: { word: 'known worker', read: (value) => value },
  known_worker_friendly_name: { word: 'known worker by name', read: (value) => value },
}

function readTarget(target: unknown, names: Names): unknown {
  if (!isRecord(target)) return target
  const words = Object.entries(targetWords)
    .filter(([key]) => target[key] !== undefined)
    .map(([key, { word, read }]) => [word, read(target[key], names)])
  const others = Object.entries(target).filter(([key]) => !Object.hasOwn(targetWords, key))
  return { ...Object.fromEntries(words), ...asOther(Object.fromEntries(others)) }
}

function asOther(others: Readonly<Record<string, unknown>>) {
  return Object.keys(others).length > 0 ? { [rest]: others } : {}
}

// A filter without a name is known by what it asks.
function nameOf(filter: unknown, index: number, names: Names): string {
  if (!isRecord(filter)) return `filter ${index + 1}`
  const { filter_friendly_name: first, friendly_name: second, expression } = filter
  const isText = (value: unknown) =>
    typeof value === 'string' && value !== '' && value !== unknownValue
  const name = [first, second].find(isText)
  if (name !== undefined) return String(name)
  return isText(expression)
    ? names.spell(String(canonicalExpression(expression)))
    : `filter ${index + 1}`
}

/** Tells names apart that are used already: “Billing”, “Billing (2)”. */
function distinct(reserved: readonly string[]): (name: string) => string {
  const used = new Set(reserved)
  return (name) => {
    let label = name
    for (let i = 2; used.has(label); i++) label = `${name} (${i})`
    used.add(label)
    return label
  }
}

function readText(expression: unknown, names: Names): unknown {
  const text = expression === unknownValue ? expression : canonicalExpression(expression)
  return typeof text === 'string' ? names.spell(text) : text
}

function withUnit(seconds: unknown): unknown {
  const number = plainNumber(seconds)
  return typeof number === 'number' ? `${number} s` : number
}

// TaskRouter takes "30" for 30.
function plainNumber(value: unknown): unknown {
  return typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value
}

/** A longest part of distinct numbers that rises from left to right. */
function longestRise(numbers: readonly number[]): readonly number[] {
  // For each length the rise of that length that ends lowest.
  const rises: number[][] = []
  for (const number of numbers) {
    let length = rises.length
    while (length > 0 && (rises[length - 1]?.at(-1) ?? 0) > number) length--
    rises[length] = [...(rises[length - 1] ?? []), number]
  }
  return rises.at(-1) ?? []
}
