import { isDeepStrictEqual } from 'node:util'
import { type Place, placeOf } from '../../routing/index.ts'
import {
  type FlowDefinition,
  type FlowState,
  type FlowTransition,
  filledInProperties,
} from '../../schemas/index.ts'

/** One change of a flow, by the widget that it is in. */
export type FlowChange =
  | { readonly kind: 'description'; readonly value: string | undefined }
  | { readonly kind: 'concurrent'; readonly value: boolean }
  | { readonly kind: 'add'; readonly widget: string; readonly state: FlowState }
  | { readonly kind: 'remove'; readonly widget: string }
  /** The same under another name; exits that lead there change by themselves. */
  | { readonly kind: 'rename'; readonly widget: string; readonly before: string }
  /** Another type: the whole widget is another. */
  | { readonly kind: 'replace'; readonly widget: string; readonly state: FlowState }
  | {
      readonly kind: 'property'
      readonly widget: string
      readonly name: string
      /** Undefined: it is gone. */
      readonly value: unknown
    }
  | {
      readonly kind: 'exit'
      readonly widget: string
      readonly event: string
      readonly next: string | undefined
    }
  | {
      readonly kind: 'branches'
      readonly widget: string
      readonly before: readonly FlowTransition[]
      readonly after: readonly FlowTransition[]
    }
  | { readonly kind: 'move'; readonly widget: string; readonly place: Place }

/** What makes `after` of `before`. What the editor fills in by itself, and the order of widgets, is no change. */
export function changesBetween(
  before: FlowDefinition,
  after: FlowDefinition,
): readonly FlowChange[] {
  const olds = new Map(before.states.map((state) => [state.name, state]))
  const news = new Set(after.states.map(({ name }) => name))
  const gone = before.states.filter(({ name }) => !news.has(name))
  const changes = after.states.flatMap((state): readonly FlowChange[] => {
    const old = olds.get(state.name)
    if (!old) {
      const same = gone.findIndex((one) => isSame(one, state))
      if (same < 0) return [{ kind: 'add', widget: state.name, state }]
      return gone
        .splice(same, 1)
        .flatMap((one): readonly FlowChange[] => [
          { kind: 'rename', widget: state.name, before: one.name },
          ...moves(one, state),
        ])
    }
    if (old.type !== state.type) return [{ kind: 'replace', widget: state.name, state }]
    return [...propertyChanges(old, state), ...exitChanges(old, state), ...moves(old, state)]
  })
  return [
    ...headChanges(before, after),
    ...changes,
    ...gone.map(({ name }): FlowChange => ({ kind: 'remove', widget: name })),
  ]
}

/** A change in a few words. */
export function describeChange(change: FlowChange): string {
  switch (change.kind) {
    case 'description':
      return 'the description'
    case 'concurrent':
      return `several calls of one caller: ${change.value ? 'yes' : 'no'}`
    case 'add':
      return `${change.widget}: new, ${change.state.type}`
    case 'remove':
      return `${change.widget}: gone`
    case 'rename':
      return `${change.before}: now called ${change.widget}`
    case 'replace':
      return `${change.widget}: now a ${change.state.type}`
    case 'property':
      return change.value === undefined
        ? `${change.widget}: no ${change.name} any more`
        : `${change.widget}: ${change.name} is ${JSON.stringify(change.value)}`
    case 'exit':
      return `${change.widget}: ${change.event} leads to ${change.next ?? 'the end'}`
    case 'branches':
      return `${change.widget}: its branches`
    case 'move':
      return `${change.widget}: moved to ${change.place.x}, ${change.place.y}`
    default:
      throw new Error(`No change is called ${String(change satisfies never)}`)
  }
}

function* headChanges(before: FlowDefinition, after: FlowDefinition): Generator<FlowChange> {
  if ((before.description ?? '') !== (after.description ?? '')) {
    yield { kind: 'description', value: after.description }
  }
  const [was, is] = [before, after].map(({ flags }) => flags?.allow_concurrent_calls)
  if (is !== undefined && is !== was) yield { kind: 'concurrent', value: is }
}

// Whether only name and place differ.
function isSame(one: FlowState, other: FlowState): boolean {
  const differences = [...propertyChanges(one, other), ...exitChanges(one, other)]
  return one.type === other.type && differences.length === 0
}

/** What the widgets were called before, by the names that these changes give them. */
export function formerNames(changes: readonly FlowChange[]): ReadonlyMap<string, string> {
  return new Map(
    changes.flatMap((one) => (one.kind === 'rename' ? [[one.widget, one.before]] : [])),
  )
}

function propertyChanges(before: FlowState, after: FlowState): readonly FlowChange[] {
  const { offset: _, ...olds } = before.properties
  const { offset: __, ...news } = after.properties
  return [...new Set([...Object.keys(olds), ...Object.keys(news)])].flatMap((name) => {
    const usual = filledInProperties[after.type]?.[name]
    const [old, value] = [olds[name] ?? usual, news[name] ?? usual].map(withoutCharset)
    if (isDeepStrictEqual(normal(old), normal(value))) return []
    return [{ kind: 'property' as const, widget: after.name, name, value: news[name] }]
  })
}

// The editor says of each request that it is UTF-8.
function withoutCharset(value: unknown): unknown {
  return typeof value === 'string' ? value.replace(/;\s*charset=utf-8$/i, '') : value
}

// Keys of an entry come in any order, and an entry without a type is a text.
function normal(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(normal)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key, item]) => !(key === 'type' && item === 'string'))
      .toSorted(([a], [b]) => (a < b ? -1 : 1)),
  )
}

function exitChanges(before: FlowState, after: FlowState): readonly FlowChange[] {
  const widget = after.name
  const events = new Set([...before.transitions, ...after.transitions].map(({ event }) => event))
  events.delete('match')
  const nextOf = (state: FlowState, event: string) =>
    state.transitions.find((one) => one.event === event)?.next || undefined
  const exits = [...events].flatMap((event): readonly FlowChange[] => {
    const next = nextOf(after, event)
    return next === nextOf(before, event) ? [] : [{ kind: 'exit', widget, event, next }]
  })
  const [olds, news] = [before, after].map((state) => branchesOf(state))
  if (!olds || !news || isDeepStrictEqual(olds.map(meaning), news.map(meaning))) return exits
  return [...exits, { kind: 'branches', widget, before: olds, after: news }]
}

function branchesOf({ transitions }: FlowState): readonly FlowTransition[] {
  return transitions.filter(({ event }) => event === 'match')
}

/** What a branch does: its label says nothing where it only repeats the condition. */
export function meaning({ next, conditions = [] }: FlowTransition): {
  readonly next: string | undefined
  readonly conditions: unknown
} {
  return {
    next: next || undefined,
    conditions: conditions.map(({ friendly_name: label, type, value, arguments: texts }) => ({
      label: label === value || label === `If value ${type} ${value}` ? '' : label,
      type,
      value,
      texts,
    })),
  }
}

function moves(before: FlowState, after: FlowState): readonly FlowChange[] {
  const place = placeOf(after)
  if (!place || isDeepStrictEqual(placeOf(before), place)) return []
  return [{ kind: 'move', widget: after.name, place }]
}
