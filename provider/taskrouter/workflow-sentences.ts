import { differences, type PlaceChange, sameValue } from '../comparison/property-diff.ts'
import { sentenceOf, wordsOf } from '../words/sentences.ts'
import { filtersOf, movedFilters } from './workflow-reading.ts'

type Filter = Readonly<Record<string, unknown>>
type Filters = ReadonlyMap<string, Filter>

/** What changes in the routing, a sentence a change: filters that come, go and move, then what changes inside them. */
export function tellRouting(
  changes: readonly PlaceChange[],
  before: unknown,
  after: unknown,
): readonly string[] {
  const olds = filtersOf(before)
  const news = filtersOf(after)
  const renamed = renamedFilters(olds, news)
  const formerNames = new Set(renamed.values())
  return [
    ...[...olds.keys()]
      .filter((name) => !news.has(name) && !formerNames.has(name))
      .map((name) => `filter ${name} removed`),
    ...[...news.keys()].flatMap((name) => {
      const former = renamed.get(name)
      if (former !== undefined) {
        const inside = tellFilter(name, olds.get(former) ?? {}, news.get(name) ?? {})
        return [`filter ${former} is now called ${name}`, ...inside]
      }
      return olds.has(name) ? [] : [`new filter ${name}${placeOf(name, olds, news)}`]
    }),
    ...[...movedFilters(before, after)].map((name) => {
      const [from, to] = [olds, news].map((filters) => filters.get(name)?.['position'])
      return `filter ${name} moved from ${from} to ${to}`
    }),
    ...[...news.keys()].flatMap((name) => {
      const [old, fresh] = [olds.get(name), news.get(name)]
      return old && fresh ? tellFilter(name, old, fresh) : []
    }),
    ...changes
      .filter(({ keys: [first] }) => !olds.has(String(first)) && !news.has(String(first)))
      .map(sentenceOf),
  ]
}

// A filter that went and one that came, and that ask the same.
function renamedFilters(olds: Filters, news: Filters): ReadonlyMap<string, string> {
  const gone = [...olds].filter(([name]) => !news.has(name))
  const renamed = new Map<string, string>()
  for (const [name, filter] of news) {
    if (olds.has(name)) continue
    const at = gone.findIndex(([, former]) => sameValue(former['when'], filter['when']))
    const [former] = at === -1 ? [] : gone.splice(at, 1)
    if (former) renamed.set(name, former[0])
  }
  return renamed
}

function placeOf(name: string, olds: Filters, news: Filters): string {
  const order = [...news.keys()]
  const next = order.slice(order.indexOf(name) + 1).find((other) => olds.has(other))
  if (next !== undefined) return `, before ${next}`
  return order.length > 1 ? ', last' : ''
}

function tellFilter(name: string, before: Filter, after: Filter): readonly string[] {
  const tiers = tellTiers(name, tiersOf(before), tiersOf(after))
  return differences(before, after)
    .filter(({ keys: [key] }) => key !== 'position' && !(tiers && isTier(key)))
    .map((change) => sentenceOf({ ...change, keys: [name, ...change.keys] }))
    .concat(tiers ?? [])
}

/** Tiers that came or went while the others stayed as they are; undefined when it is not as simple as that. */
function tellTiers(
  filter: string,
  before: readonly unknown[],
  after: readonly unknown[],
): readonly string[] | undefined {
  const [fewer, more] = before.length < after.length ? [before, after] : [after, before]
  const surplus: number[] = []
  for (const [i, tier] of more.entries()) {
    if (!sameValue(fewer[i - surplus.length], tier)) surplus.push(i)
  }
  if (fewer.length === more.length || surplus.length !== more.length - fewer.length)
    return undefined
  return surplus.map((i) =>
    more === after
      ? `${filter}: new tier ${i + 1}: ${wordsOf(after[i])}`
      : `${filter}: tier ${i + 1} removed: ${wordsOf(before[i])}`,
  )
}

function tiersOf(filter: Filter): readonly unknown[] {
  return Object.keys(filter)
    .filter(isTier)
    .map((_, i) => filter[`tier ${i + 1}`])
}

function isTier(key: string | number | undefined): boolean {
  return /^tier \d+$/.test(String(key))
}
