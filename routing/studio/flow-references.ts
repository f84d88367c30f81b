import type { FlowDefinition } from '../../schemas/index.ts'
import {
  type FlowReference,
  fitted,
  referencePieces,
  type WrittenReference,
} from './reference-text.ts'

/** A reference, and where it stands. */
export type PlacedReference = WrittenReference & {
  /** Place in the definition, `states[3].properties.workflow_sid`. */
  readonly path: string
  /** Name of the widget, where it stands in one. */
  readonly widget: string | undefined
}

/** Every `${…}` of a definition, in the order of its text. */
export function referencesIn(definition: FlowDefinition): readonly PlacedReference[] {
  const found: PlacedReference[] = []
  mapTexts(definition, (text, keys) => {
    for (const piece of referencePieces(text)) {
      if (typeof piece === 'string') continue
      found.push({ path: pathOf(keys), widget: widgetAt(definition, keys), ...piece })
    }
    return text
  })
  return found
}

/** The definition with something else in place of each text that holds references, as `resolve` makes it of its pieces. */
export function resolveReferences<Value>(
  definition: FlowDefinition,
  resolve: (pieces: readonly (string | FlowReference)[]) => Value,
): FlowDefinition {
  return mapTexts(definition, (text) => {
    const pieces = referencePieces(text)
    if (pieces.every((piece) => typeof piece === 'string')) return pieces.join('')
    return resolve(
      pieces.map((piece) => (typeof piece === 'string' ? piece : (piece.reference ?? piece.text))),
    )
  }) as FlowDefinition
}

/** The definition with texts in place of its references, each written as its place wants it. */
export function replaceReferences(
  definition: FlowDefinition,
  textOf: (reference: FlowReference) => string,
): FlowDefinition {
  return resolveReferences(definition, (pieces) =>
    pieces
      .map((piece) => (typeof piece === 'string' ? piece : fitted(textOf(piece), piece)))
      .join(''),
  )
}

/** What the reference may stand for, so that a definition can be judged before anything is deployed. */
export function standInFor({ kind, name }: Pick<FlowReference, 'kind' | 'name'>): string {
  // Two flows are not one.
  const digits = [...name].map((letter) => letter.charCodeAt(0).toString(16)).join('')
  const hex = digits.slice(0, 32).padEnd(32, '0')
  switch (kind) {
    case 'workflow':
      return `WW${hex}`
    case 'queue':
      return `WQ${hex}`
    case 'channel':
      return `TC${hex}`
    case 'flow':
      return `FW${hex}`
    case 'function':
      return `https://functions.invalid/${name}`
    case 'number':
      return '+12025550100'
    case 'setting':
      return name
    default:
      throw new Error(`No reference is a ${String(kind satisfies never)}`)
  }
}

type Keys = readonly (string | number)[]

function mapTexts(
  value: unknown,
  change: (text: string, keys: Keys) => unknown,
  keys: Keys = [],
): unknown {
  if (typeof value === 'string') return change(value, keys)
  if (Array.isArray(value)) return value.map((item, i) => mapTexts(item, change, [...keys, i]))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, mapTexts(item, change, [...keys, key])]),
  )
}

function pathOf(keys: Keys): string {
  return keys.reduce<string>(
    (path, key) => (typeof key === 'number' ? `${path}[${key}]` : path ? `${path}.${key}` : key),
    '',
  )
}

function widgetAt({ states }: FlowDefinition, [list, index]: Keys): string | undefined {
  return list === 'states' ? states[Number(index)]?.name : undefined
}
