import type { PlaceChange } from '../comparison/property-diff.ts'
import { isRecord, unknownValue } from '../protocol/values.ts'
import type { Names } from '../words/names.ts'
import { branchLabel, branchWords } from './branch-words.ts'
import { areExclusive, canonicalDefinition } from './canonical-definition.ts'

type Fields = Readonly<Record<string, unknown>>

/** What stands in place of the next widget where the flow ends. */
export const end = '(the end)'

/** Under which the branches of a split are listed, where their order counts. */
export const orderKey = 'asks in turn'
const then = ', then '

/**
 * The widgets of a definition in words, by their names: type, properties, and where each event leads (`on keypress 1: billing`).
 * What means nothing is not there: places on the canvas, exits that lead nowhere.
 */
export function readWidgets(document: unknown, names: Names): unknown {
  const definition = canonicalDefinition(document)
  if (!isRecord(definition) || !Array.isArray(definition['states'])) return document
  const read = new Map<string, unknown>()
  for (const [i, state] of inOrderOf(document, definition['states']).entries()) {
    const name = isRecord(state) ? state['name'] : undefined
    const known = typeof name === 'string' && name !== unknownValue
    read.set(unused(known ? name : `widget ${i + 1}`, read), readWidget(state, names))
  }
  return Object.fromEntries(read)
}

/** What a definition says besides its widgets. */
export function readSettings(document: unknown, names: Names): unknown {
  const definition = canonicalDefinition(document)
  if (!isRecord(definition)) return undefined
  const { states: _, ...settings } = definition
  return inNames(settings, names)
}

/** Which places tell a change: a split that only gets or loses a branch still asks the others in the same turn. */
export function pickChanges(
  changes: readonly PlaceChange[],
  before: unknown,
  after: unknown,
): readonly PlaceChange[] {
  return changes.filter(({ keys: [widget, key] }) => {
    if (key !== orderKey) return true
    const [olds, news] = [before, after].map((reading) => branchesOf(reading, String(widget)))
    const common = (one: readonly string[] = [], other: readonly string[] = []) =>
      one.filter((branch) => other.includes(branch)).join('\n')
    return common(olds, news) !== common(news, olds)
  })
}

function branchesOf(reading: unknown, widget: string): readonly string[] {
  const fields = isRecord(reading) ? reading[widget] : undefined
  const order = isRecord(fields) ? fields[orderKey] : undefined
  return typeof order === 'string' ? order.split(then) : []
}

// The canonical form has the widgets by name; people know them in the order of the flow.
function inOrderOf(document: unknown, states: readonly unknown[]): readonly unknown[] {
  const written = isRecord(document) ? document['states'] : undefined
  const place = new Map(
    (Array.isArray(written) ? written : []).map((state, i) => [
      isRecord(state) ? state['name'] : undefined,
      i,
    ]),
  )
  const placeOf = (state: unknown) => place.get(isRecord(state) ? state['name'] : undefined) ?? 0
  return states.toSorted((a, b) => placeOf(a) - placeOf(b))
}

// What holds without being said, where a number that replaces it should be told as a change of it.
const usualTimeouts: Readonly<Record<string, string>> = {
  'gather-input-on-call': '5 s',
  'send-and-wait-for-reply': '3600 s',
}

function readWidget(state: unknown, names: Names): unknown {
  if (!isRecord(state)) return state
  const { type, properties, transitions } = state
  const timeout = usualTimeouts[String(type)]
  return present({
    type,
    timeout,
    ...(isRecord(properties) ? readProperties(properties, names) : { properties }),
    ...(Array.isArray(transitions) ? readExits(transitions, names) : { transitions }),
  })
}

// A message to the engine has no undefined values.
function present(fields: Fields): Fields {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined))
}

function readProperties(properties: Fields, names: Names): Fields {
  return Object.fromEntries(
    Object.entries(properties).map(([name, value]) => [name, readProperty(name, value, names)]),
  )
}

const seconds: ReadonlySet<string> = new Set(['timeout', 'max_length', 'time_limit'])

function readProperty(name: string, value: unknown, names: Names): unknown {
  if (seconds.has(name) && /^\d+$/.test(String(value))) return `${String(value)} s`
  return inNames(byKey(value), names)
}

// Pairs are known by their keys.
function byKey(value: unknown): unknown {
  if (!Array.isArray(value) || value.length === 0) return value
  const pairs = new Map<string, unknown>()
  for (const item of value) {
    if (!isRecord(item) || typeof item['key'] !== 'string' || pairs.has(item['key'])) return value
    const { key, value: only, ...more } = item
    pairs.set(item['key'], Object.keys(more).length > 0 ? { value: only, ...more } : only)
  }
  return Object.fromEntries(pairs)
}

function inNames(value: unknown, names: Names): unknown {
  if (typeof value === 'string') {
    return value === unknownValue ? value : spelled(value, names)
  }
  if (Array.isArray(value)) return value.map((item) => inNames(item, names))
  if (!isRecord(value)) return value
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, inNames(item, names)]))
}

function spelled(text: string, names: Names): unknown {
  const name = names.nameOf(text)
  return name === text ? names.spell(text) : name
}

function readExits(transitions: readonly unknown[], names: Names): Fields {
  const read = new Map<string, unknown>()
  const branches: string[] = []
  for (const transition of transitions) {
    const { event, next = end, conditions } = isRecord(transition) ? transition : {}
    const isBranch = event === 'match'
    const asked = isBranch ? names.spell(branchWords(conditions)) : eventWords(String(event))
    const key = unused(`on ${asked}`, read)
    read.set(key, next)
    if (!isBranch) continue
    branches.push(key.slice('on '.length))
    const label = branchLabel(conditions)
    if (label !== undefined) read.set(unused(`label of ${asked}`, read), label)
  }
  const matches = transitions.filter((one) => isRecord(one) && one['event'] === 'match')
  // The turn of branches of which never two hold says nothing.
  if (matches.length > 1 && !areExclusive(matches)) read.set(orderKey, branches.join(then))
  return Object.fromEntries(read)
}

function eventWords(event: string): string {
  return event === 'noMatch' ? 'no match' : event
}

// Two of one name are told apart: “keypress 1”, “keypress 1 (2)”.
function unused(name: string, used: ReadonlyMap<string, unknown>): string {
  let free = name
  for (let i = 2; used.has(free); i++) free = `${name} (${i})`
  return free
}
