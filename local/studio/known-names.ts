import {
  type FlowReference,
  fitted,
  referencePieces,
  withoutReferences,
} from '../../routing/index.ts'
import type { FlowDefinition, ReferenceKind } from '../../schemas/index.ts'

/** What references stand for in an account: `workflow.calls` → `WW…`. */
export type KnownNames = ReadonlyMap<string, string>

/** What is known, with the names of a kind and what they stand for. */
export function knownNames(
  entries: readonly (readonly [kind: ReferenceKind, name: string, value: string])[],
): KnownNames {
  return new Map(entries.map(([kind, name, value]) => [`${kind}.${name}`, value]))
}

/** Whether it is known what that reference stands for. */
export function isKnown(reference: FlowReference, known: KnownNames): boolean {
  return known.has(nameOf(reference))
}

/**
 * What references of the source stood for when it was deployed, as far as only one of a text is not known otherwise: settings above
 * all.
 */
export function learnNames(
  source: FlowDefinition,
  deployed: FlowDefinition,
  known: KnownNames,
): KnownNames {
  const learnt = new Map(known)
  const became = new Map(deployed.states.map((state) => [state.name, state]))
  for (const state of source.states) learn(state, became.get(state.name))
  return learnt

  function learn(written: unknown, text: unknown): void {
    if (typeof written === 'string' && typeof text === 'string') {
      const [reference, ...others] = unknownIn(written, learnt)
      if (!reference || others.length > 0) return
      const found = new RegExp(`^${patternOf(written, learnt)}$`).exec(text)?.[1]
      const value = found === undefined ? undefined : plain(found, reference)
      if (value !== undefined) learnt.set(nameOf(reference), value)
      return
    }
    if (typeof written !== 'object' || written === null) return
    const texts = (typeof text === 'object' && text !== null ? text : {}) as Record<string, unknown>
    for (const [key, item] of Object.entries(written)) learn(item, texts[key])
  }
}

/**
 * A definition of the account in the names that its source uses. A text that the source’s own text may have become is that one; in the
 * others, what is known to have a name gets it.
 */
export function inNames(
  definition: FlowDefinition,
  source: FlowDefinition,
  known: KnownNames,
): FlowDefinition {
  const written = new Map(source.states.map((state) => [state.name, state]))
  const states = definition.states.map((state) => {
    const like = written.get(state.name)
    const texts = textsIn(like)
    return translate(state, like, texts) as typeof state
  })
  return { ...definition, states }

  function translate(value: unknown, like: unknown, texts: readonly string[]): unknown {
    if (typeof value === 'string') return named(value, typeof like === 'string' ? [like] : texts)
    if (Array.isArray(value)) {
      const likes = Array.isArray(like) ? like : []
      return value.map((item, i) => translate(item, likes[i], texts))
    }
    if (typeof value !== 'object' || value === null) return value
    const likes = (typeof like === 'object' && like !== null ? like : {}) as Record<string, unknown>
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => [key, translate(item, likes[key], texts)]),
    )
  }

  function named(text: string, candidates: readonly string[]): string {
    return candidates.find((one) => couldBecome(one, text, known)) ?? withNames(text, known)
  }
}

function textsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return value.includes('${') ? [value] : []
  if (typeof value !== 'object' || value === null) return []
  return Object.values(value).flatMap(textsIn)
}

// What a reference stands for is known, or may be any text, as settings are.
function couldBecome(written: string, text: string, known: KnownNames): boolean {
  return new RegExp(`^${patternOf(written, known)}$`).test(text)
}

function patternOf(written: string, known: KnownNames): string {
  return referencePieces(written)
    .map((piece) => {
      if (typeof piece === 'string') return literal(piece)
      if (!piece.reference) return literal(piece.text)
      const value = known.get(nameOf(piece.reference))
      return value === undefined ? '([^]+)' : literal(fitted(value, piece.reference))
    })
    .join('')
}

function unknownIn(written: string, known: KnownNames): readonly FlowReference[] {
  return referencePieces(written).flatMap((piece) => {
    const reference = typeof piece === 'string' ? undefined : piece.reference
    return reference && !known.has(nameOf(reference)) ? [reference] : []
  })
}

function nameOf({ kind, name }: FlowReference): string {
  return `${kind}.${name}`
}

// What stands for a reference, read back from where it was written; undefined when it cannot have been written so.
function plain(text: string, { within }: FlowReference): string | undefined {
  try {
    if (within === 'json') return JSON.parse(`"${text}"`)
    return within === 'query' ? decodeURIComponent(text) : text
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof URIError) return undefined
    throw error
  }
}

function literal(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
}

// Longer ones first: an address may begin with another.
function withNames(text: string, known: KnownNames): string {
  const values = [...known].sort(([, a], [, b]) => b.length - a.length)
  return values.reduce(
    (named, [name, value]) => (isDistinct(value) ? named.replaceAll(value, `\${${name}}`) : named),
    withoutReferences(text),
  )
}

// Only what can mean nothing else: not the text of a setting.
function isDistinct(value: string): boolean {
  return /^([A-Z]{2}[0-9a-f]{32}|https?:\/\/\S+|\+\d+)$/i.test(value)
}
