import { isRecord, unknownValue } from '../protocol/values.ts'

/** One place where two values differ. */
export type PlaceChange = {
  /** The names and positions that lead to it. */
  readonly keys: readonly (string | number)[]
  readonly kind: 'add' | 'delete' | 'update'
  readonly before: unknown
  readonly after: unknown
}

/** How one property differs. */
export type PropertyChange = {
  /** Pulumi's property path: `configuration.task_routing.filters[0].targets[1].timeout`. */
  readonly path: string
  /** Its top-level property. */
  readonly property: string
  readonly kind: PlaceChange['kind']
}

/** Where two values differ, as deep as the difference goes. An unknown value differs from every other; null counts as absent. */
export function differences(before: unknown, after: unknown): PlaceChange[] {
  const changes: PlaceChange[] = []
  compare([], before, after)
  return changes

  function compare(keys: PlaceChange['keys'], a: unknown, b: unknown): void {
    if (isAbsent(a) || isAbsent(b)) {
      if (isAbsent(a) && isAbsent(b)) return
      changes.push({ keys, kind: isAbsent(a) ? 'add' : 'delete', before: a, after: b })
    } else if (isRecord(a) && isRecord(b)) {
      for (const key of keysOf(a, b)) compare([...keys, key], own(a, key), own(b, key))
    } else if (Array.isArray(a) && Array.isArray(b)) {
      for (let i = 0; i < Math.max(a.length, b.length); i++) compare([...keys, i], a[i], b[i])
    } else if (a !== b || b === unknownValue) {
      changes.push({ keys, kind: 'update', before: a, after: b })
    }
  }
}

/** Where two values of one property differ. */
export function diffProperty(property: string, before: unknown, after: unknown): PropertyChange[] {
  return differences(before, after).map((change) => propertyChange(property, change))
}

/** The same change as Pulumi addresses it. */
export function propertyChange(property: string, { keys, kind }: PlaceChange): PropertyChange {
  const wordless = keys.findIndex((key) => typeof key === 'string' && !isAddressable(key))
  const known = wordless === -1 ? keys : keys.slice(0, wordless)
  const path = known.reduce<string>((text, key) => text + keyPath(key), property)
  return { path, property, kind: wordless === -1 ? kind : 'update' }
}

/** The same changes, those in one of these sets as one of the whole set: places in it say nothing. */
export function wholeSets(
  changes: readonly PropertyChange[],
  sets: readonly string[],
): readonly PropertyChange[] {
  const all = changes.map((change): PropertyChange => {
    const set = sets.find((name) => change.path.startsWith(`${name}[`))
    return set === undefined ? change : { ...change, path: set, kind: 'update' }
  })
  return all.filter(({ path }, i) => all.findIndex((one) => one.path === path) === i)
}

/** Whether two values mean the same; null counts as absent. */
export function sameValue(a: unknown, b: unknown): boolean {
  if (isAbsent(a) || isAbsent(b)) return isAbsent(a) && isAbsent(b)
  if (isRecord(a) && isRecord(b)) {
    return keysOf(a, b).every((key) => sameValue(own(a, key), own(b, key)))
  }
  if (Array.isArray(a) && Array.isArray(b)) {
    const longer = a.length > b.length ? a : b
    return longer.every((_, i) => sameValue(a[i], b[i]))
  }
  return a === b && b !== unknownValue
}

function keysOf(a: object, b: object): readonly string[] {
  const keys = Object.keys(a)
  return [...keys, ...Object.keys(b).filter((key) => !Object.hasOwn(a, key))]
}

// A key may have the name of something that every object inherits.
function own(record: Readonly<Record<string, unknown>>, key: string): unknown {
  return Object.hasOwn(record, key) ? record[key] : undefined
}

function isAbsent(value: unknown): boolean {
  return value === undefined || value === null
}

// In a quoted key Pulumi knows one escape, \", so a backslash before a quote or at the end can't be written: such a place is
// addressed by what it is in.
function isAddressable(key: string): boolean {
  return !/\\("|$)/.test(key)
}

function keyPath(key: string | number): string {
  if (typeof key === 'number') return `[${key}]`
  return /^[A-Za-z_$][\w$]*$/.test(key) ? `.${key}` : `["${key.replaceAll('"', '\\"')}"]`
}
