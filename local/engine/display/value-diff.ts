import {
  equalValues,
  isList,
  isMap,
  isSecret,
  isUnknown,
  type PropertyMap,
  type PropertyValue,
  signatureOf,
  signatures,
} from '../values/property-value.ts'
import type { Paint, Tone } from './paint.ts'

/** One line of a diff: how deep it stands, its sign, its text. */
type Line = {
  readonly depth: number
  readonly sign: string
  readonly tone: Tone | undefined
  readonly text: string
}

/** A property with what it was and what it is to be. */
export type PropertyChange = {
  readonly name: string
  readonly before: PropertyValue | undefined
  readonly after: PropertyValue | undefined
  /** Whether its change demands a replacement. */
  readonly replaces?: boolean
}

/** Lines that show changes of properties, names padded to the longest; `indent` is the column of the names. */
export function renderChanges(
  changes: readonly PropertyChange[],
  indent: number,
  paint: Paint,
): string[] {
  return changeLines(changes, 0).map((line) => place(line, indent, paint))
}

/** Lines that show properties, all with the same sign (none, `+`, `-`). */
export function renderProperties(
  map: PropertyMap,
  indent: number,
  paint: Paint,
  sign: '' | '+' | '-' = '',
): string[] {
  const tone = sign === '+' ? 'add' : sign === '-' ? 'delete' : undefined
  return mapLines(map, 0, { sign, tone }).map((line) => place(line, indent, paint))
}

function place({ depth, sign, tone, text }: Line, indent: number, paint: Paint): string {
  const column = indent + depth * 4
  const line = `${' '.repeat(Math.max(0, column - 2))}${sign.padEnd(2).slice(0, 2)}${text}`
  return tone ? paint(tone, line) : line
}

type Mark = { readonly sign: string; readonly tone: Tone | undefined }

const marks = {
  none: { sign: '', tone: undefined },
  add: { sign: '+', tone: 'add' },
  delete: { sign: '-', tone: 'delete' },
  update: { sign: '~', tone: 'update' },
  replace: { sign: '+-', tone: 'replace' },
} as const satisfies Record<string, Mark>

function changeLines(changes: readonly PropertyChange[], depth: number): Line[] {
  const width = Math.max(0, ...changes.map(({ name }) => name.length))
  return changes.flatMap(({ name, before, after, replaces }) =>
    oneChange(name.padEnd(width), before, after, depth, replaces ? marks.replace : marks.update),
  )
}

function oneChange(
  label: string,
  before: PropertyValue | undefined,
  after: PropertyValue | undefined,
  depth: number,
  changed: Mark,
): Line[] {
  if (before === undefined && after === undefined) return []
  const only = changed === marks.replace ? changed : undefined
  if (before === undefined) return valueLines(label, after ?? null, depth, only ?? marks.add)
  if (after === undefined) return valueLines(label, before, depth, only ?? marks.delete)
  if (equalValues(before, after)) return valueLines(label, after, depth, marks.none)
  const inner = innerChanges(before, after)
  if (!inner) {
    // What is a secret from now on was probably none before only by mistake.
    const old = inline(isSecret(after) ? after : before)
    return [{ depth, ...changed, text: `${label}: ${old} => ${inline(after)}` }]
  }
  const [open, close] = isList(after) ? '[]' : '{}'
  return [
    { depth, ...changed, text: `${label}: ${open}` },
    ...changeLines(inner, depth + 1),
    { depth, ...marks.none, text: close ?? '' },
  ]
}

/** What changed inside two values of one kind; undefined when they are shown as a whole. */
function innerChanges(
  before: PropertyValue,
  after: PropertyValue,
): readonly PropertyChange[] | undefined {
  if (isList(before) && isList(after)) return listChanges(before, after)
  if (!isPlainMap(before) || !isPlainMap(after)) return undefined
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort(byNumber)
  return names
    .filter((name) => !equalValues(before[name], after[name]))
    .map((name) => ({ name, before: before[name], after: after[name] }))
}

const nameKeys = ['name', 'friendlyName', 'friendly_name', 'filter_friendly_name'] as const

// Elements that have names are compared by name, so that one put in front does not shift all others.
function listChanges(
  before: readonly PropertyValue[],
  after: readonly PropertyValue[],
): readonly PropertyChange[] {
  const key = nameKeys.find((name) => hasNames(before, name) && hasNames(after, name))
  if (!key) {
    const length = Math.max(before.length, after.length)
    return Array.from({ length }, (_, i) => ({
      name: `[${i}]`,
      before: before[i],
      after: after[i],
    }))
  }
  const byName = (list: readonly PropertyValue[]) =>
    new Map(list.map((item) => [nameOf(item, key), item]))
  const olds = byName(before)
  const news = byName(after)
  const names = [...new Set([...news.keys(), ...olds.keys()])]
  const changes = names
    .map((name) => ({
      name: `[${JSON.stringify(name)}]`,
      before: olds.get(name),
      after: news.get(name),
    }))
    .filter((change) => !equalValues(change.before, change.after))
  const order = [...news.keys()].filter((name) => olds.has(name))
  const oldOrder = [...olds.keys()].filter((name) => news.has(name))
  if (order.join('\n') === oldOrder.join('\n')) return changes
  return [{ name: '(order)', before: oldOrder.join(', '), after: order.join(', ') }, ...changes]
}

function hasNames(list: readonly PropertyValue[], key: string): boolean {
  const names = list.map((item) => nameOf(item, key))
  return names.every((name) => name !== undefined) && new Set(names).size === names.length
}

function nameOf(item: PropertyValue, key: string): string | undefined {
  const name = isPlainMap(item) ? item[key] : undefined
  return typeof name === 'string' && !isUnknown(name) ? name : undefined
}

function valueLines(label: string, value: PropertyValue, depth: number, mark: Mark): Line[] {
  if (isList(value) && value.length > 0) {
    const items = Object.fromEntries(value.map((item, i) => [`[${i}]`, item]))
    return [
      { depth, ...mark, text: `${label}: [` },
      ...mapLines(items, depth + 1, mark),
      { depth, ...mark, sign: '', text: ']' },
    ]
  }
  if (isPlainMap(value) && Object.keys(value).length > 0) {
    return [
      { depth, ...mark, text: `${label}: {` },
      ...mapLines(value, depth + 1, mark),
      { depth, ...mark, sign: '', text: '}' },
    ]
  }
  return [{ depth, ...mark, text: `${label}: ${inline(value)}` }]
}

function mapLines(map: PropertyMap, depth: number, mark: Mark): Line[] {
  const names = Object.keys(map)
  const width = Math.max(0, ...names.map((name) => name.length))
  if (!names.every((name) => name.startsWith('['))) names.sort(byNumber)
  return names.flatMap((name) => valueLines(name.padEnd(width), map[name] ?? null, depth, mark))
}

// “tier 2” stands before “tier 10”.
function byNumber(a: string, b: string): number {
  const [, wordA = a, numberA = ''] = /^(.*?)(\d+)$/.exec(a) ?? []
  const [, wordB = b, numberB = ''] = /^(.*?)(\d+)$/.exec(b) ?? []
  if (wordA === wordB && numberA && numberB) return Number(numberA) - Number(numberB)
  return a < b ? -1 : a > b ? 1 : 0
}

function isPlainMap(value: PropertyValue): value is PropertyMap {
  return isMap(value) && signatureOf(value) === undefined
}

function inline(value: PropertyValue): string {
  if (isSecret(value)) return '[secret]'
  if (isUnknown(value)) return '[unknown]'
  switch (signatureOf(value)) {
    case signatures.asset:
      return `asset(${isMap(value) ? String(value['hash']).slice(0, 7) : ''})`
    case signatures.resource:
      return isMap(value) ? String(value['urn']) : ''
    default:
      return isMap(value) || isList(value)
        ? JSON.stringify(value, maskInline)
        : JSON.stringify(value)
  }
}

function maskInline(_key: string, value: PropertyValue): PropertyValue {
  if (isSecret(value)) return '[secret]'
  return isUnknown(value) ? '[unknown]' : value
}
