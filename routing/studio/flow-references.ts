import { type FlowDefinition, type ReferenceKind, referenceKinds } from '../../schemas/index.ts'

/** A name that stands in a flow in place of a SID or an address: `${workflow.calls}`. */
export type FlowReference = {
  readonly kind: ReferenceKind
  readonly name: string
}

/** A reference, and where it stands. */
export type PlacedReference = {
  /** Place in the definition, `states[3].properties.workflow_sid`. */
  readonly path: string
  /** Name of the widget, where it stands in one. */
  readonly widget: string | undefined
  /** As written. */
  readonly text: string
  /** Undefined: it is none, for all that it looks like one. */
  readonly reference: FlowReference | undefined
}

/** Every `${…}` of a definition, in the order of its text. */
export function referencesIn(definition: FlowDefinition): readonly PlacedReference[] {
  const found: PlacedReference[] = []
  mapTexts(definition, (text, keys) => {
    for (const piece of piecesOf(text)) {
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
    const pieces = piecesOf(text)
    if (pieces.every((piece) => typeof piece === 'string')) return text
    return resolve(
      pieces.map((piece) => (typeof piece === 'string' ? piece : (piece.reference ?? piece.text))),
    )
  }) as FlowDefinition
}

/** The definition with texts in place of its references. */
export function replaceReferences(
  definition: FlowDefinition,
  textOf: (reference: FlowReference) => string,
): FlowDefinition {
  return resolveReferences(definition, (pieces) =>
    pieces.map((piece) => (typeof piece === 'string' ? piece : textOf(piece))).join(''),
  )
}

/** What the reference may stand for, so that a definition can be judged before anything is deployed. */
export function standInFor({ kind, name }: FlowReference): string {
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

type Found = Pick<PlacedReference, 'text' | 'reference'>

function piecesOf(text: string): readonly (string | Found)[] {
  // Every second piece is what the brackets catch.
  return text
    .split(/(\$\{[^}]*\})/)
    .map((piece, i) => (i % 2 === 0 ? piece : { text: piece, reference: referenceOf(piece) }))
    .filter((piece) => piece !== '')
}

function referenceOf(text: string): FlowReference | undefined {
  const [, written = '', name = ''] = /^\$\{(\w+)\.([\w.-]+)\}$/.exec(text) ?? []
  const kind = referenceKinds.find((known) => known === written)
  return kind === undefined ? undefined : { kind, name }
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
