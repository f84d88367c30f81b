import { canonical } from '../comparison/meaning.ts'
import {
  differences,
  type PlaceChange,
  type PropertyChange,
  propertyChange,
  sameValue,
} from '../comparison/property-diff.ts'
import type { ResourceDescription } from '../description/description.ts'
import { type Decoded, type Properties, unknownValue } from '../protocol/values.ts'
import { type Directory, isSid, isStranger, type Names } from './names.ts'

/**
 * A document of the inputs in words: addressed by names, with units. It stands beside the document in the state, so that an
 * engine can show what changed; it is derived by Check, never sent, and never decides whether something changed.
 */
export type Reading = {
  /** The property that holds the document, `configuration`. */
  readonly of: string
  /** The document in words. Unknown values stay unknown; whatever shape the document has, this gives something. */
  read(document: unknown, names: Names): unknown
  /** Which of the places where two readings differ tell the change; absent: all of them. */
  pick?(changes: readonly PlaceChange[], before: unknown, after: unknown): readonly PlaceChange[]
  /** One sentence a change; absent: each place is told as it is. */
  tell?(changes: readonly PlaceChange[], before: unknown, after: unknown): readonly string[]
}

/** A document that changed, in words. */
export type ReadChange = {
  /** Name of the reading, `routing`. */
  readonly name: string
  readonly reading: Reading
  readonly changes: readonly PlaceChange[]
  readonly before: unknown
  readonly after: unknown
}

/** The inputs with a reading beside each document. */
export function withReadings(
  resource: ResourceDescription,
  inputs: Properties,
  names: Names,
): Properties {
  const readings = Object.entries(resource.readings ?? {}).flatMap(([name, reading]) => {
    const text = readingOf(reading, inputs, names)
    return text === undefined ? [] : [[name, text]]
  })
  return readings.length > 0 ? { ...inputs, ...Object.fromEntries(readings) } : inputs
}

/** The readings in a state whose documents are still the same: a refresh need not learn the names in them again. */
export function keptReadings(
  resource: ResourceDescription,
  state: Properties,
  seen: Properties,
): Properties {
  const kept = Object.entries(resource.readings ?? {}).filter(
    ([name, { of }]) =>
      name in state &&
      sameValue(canonical(resource, of, state[of]), canonical(resource, of, seen[of])),
  )
  return Object.fromEntries(kept.map(([name]) => [name, state[name]]))
}

const noNames: Names = {
  nameOf: (sid) => sid,
  spell: (text) => text,
  knows: () => false,
  parentOf: () => undefined,
}

/** Recalls the names in the readings of a state: of what this process, or this stack, does not have otherwise. */
export function recallNames(
  { readings = {} }: ResourceDescription,
  state: Properties,
  directory: Directory,
): void {
  for (const [name, reading] of Object.entries(readings)) {
    if (!(name in state)) continue
    for (const { before, after } of differences(readingOf(reading, state, noNames), state[name])) {
      if (
        isSid(before) &&
        typeof after === 'string' &&
        after !== unknownValue &&
        !isStranger(after)
      ) {
        directory.recall(before, after)
      }
    }
  }
}

/** Properties as they are known to everything but the engine's state: without readings. */
export function withoutReadings(resource: ResourceDescription, decoded: Decoded): Decoded {
  const { readings } = resource
  if (!readings) return decoded
  const isOwn = (name: string) => !Object.hasOwn(readings, name)
  const values = Object.entries(decoded.values).filter(([name]) => isOwn(name))
  return {
    values: Object.fromEntries(values),
    secrets: new Set([...decoded.secrets].filter(isOwn)),
  }
}

/** The secrets among the properties, and the readings of those that are. */
export function withReadingSecrets(
  { readings = {} }: ResourceDescription,
  secrets: ReadonlySet<string>,
): ReadonlySet<string> {
  const told = Object.keys(readings).filter((name) => secrets.has(readings[name]?.of ?? ''))
  return told.length > 0 ? new Set([...secrets, ...told]) : secrets
}

/** What changed in words, of the documents that changed. */
export function readChanges(
  { readings = {} }: ResourceDescription,
  changes: readonly PropertyChange[],
  before: Properties,
  after: Properties,
  names: Names,
): readonly ReadChange[] {
  return Object.entries(readings).flatMap(([name, reading]) => {
    if (!changes.some(({ property }) => property === reading.of)) return []
    const old = readingOf(reading, before, names)
    const fresh = readingOf(reading, after, names)
    const all = differences(old, fresh)
    const picked = reading.pick?.(all, old, fresh) ?? all
    return [{ name, reading, changes: picked, before: old, after: fresh }]
  })
}

/** How a change of a property is addressed: in words where these tell it. */
export type AddressedChange = PropertyChange & {
  /** The property that changed; `property` may be its reading. */
  readonly of: string
}

/**
 * The changes as the engine is to show them: those of a document by its reading. Where the engine does not have both readings (an
 * older state), or they do not tell the change, the place in the document stays.
 */
export function addressedChanges(
  changes: readonly PropertyChange[],
  told: readonly ReadChange[],
  shown: (reading: string) => boolean,
): readonly AddressedChange[] {
  const usable = told.filter(({ name, changes: words }) => words.length > 0 && shown(name))
  const read = new Set(usable.map(({ reading }) => reading.of))
  return [
    ...changes
      .filter(({ property }) => !read.has(property))
      .map((change) => ({ ...change, of: change.property })),
    ...usable.flatMap(({ name, reading, changes: words }) =>
      words.map((change) => ({ ...propertyChange(name, change), of: reading.of })),
    ),
  ]
}

function readingOf(reading: Reading, inputs: Properties, names: Names): unknown {
  const document = inputs[reading.of]
  return document === undefined || document === null ? undefined : reading.read(document, names)
}
