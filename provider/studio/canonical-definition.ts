import { filledInProperties } from '../../schemas/index.ts'
import { isRecord, unknownValue } from '../protocol/values.ts'

/**
 * A flow's definition in the form in which two that do the same are equal. What means nothing is left out: the order of keys, of
 * widgets and of exclusive branches, places on the canvas, exits that lead nowhere, and what the editor fills in by itself.
 */
export function canonicalDefinition(value: unknown): unknown {
  if (!isRecord(value)) return value
  const { $schema, description, states, ...rest } = value
  return {
    ...rest,
    ...(description === undefined || description === '' ? {} : { description }),
    states: Array.isArray(states) ? inOrder(states.map(canonicalState)) : states,
  }
}

// The order of widgets says nothing, as long as each has its own name.
function inOrder(states: readonly unknown[]): readonly unknown[] {
  const names = states.map((state) => (isRecord(state) ? state['name'] : undefined))
  const isSortable =
    names.every((name) => typeof name === 'string' && name !== unknownValue) &&
    new Set(names).size === names.length
  if (!isSortable) return states
  return states
    .map((state, i) => ({ state, name: String(names[i]) }))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .map(({ state }) => state)
}

function canonicalState(state: unknown): unknown {
  if (!isRecord(state)) return state
  const { name, type, transitions, properties } = state
  return {
    name,
    type,
    properties: canonicalProperties(String(type), properties ?? {}),
    transitions: Array.isArray(transitions) ? canonicalTransitions(transitions) : transitions,
  }
}

function canonicalProperties(type: string, properties: unknown): unknown {
  if (!isRecord(properties)) return properties
  const usual = filledInProperties[type] ?? {}
  const entries = Object.entries(properties).filter(
    ([name, value]) => name !== 'offset' && value !== usual[name],
  )
  return Object.fromEntries(entries.map(([name, value]) => [name, canonicalProperty(name, value)]))
}

function canonicalProperty(name: string, value: unknown): unknown {
  if (typeof value !== 'string') return value
  switch (name) {
    case 'content_type':
      return value.replace(/;\s*charset=utf-8$/i, '')
    case 'attributes':
    case 'task_attributes':
      return jsonObjectOf(value) ?? value
    default:
      return value
  }
}

/** The object that a text of JSON says; undefined if it says none. */
export function jsonObjectOf(text: string): Readonly<Record<string, unknown>> | undefined {
  if (!text.trimStart().startsWith('{') || text === unknownValue) return undefined
  try {
    const value: unknown = JSON.parse(text)
    return isRecord(value) ? value : undefined
  } catch {
    // A template need not be JSON before it is rendered.
    return undefined
  }
}

/** The branches of a split are tried in their order; all other exits stand for themselves. */
function canonicalTransitions(transitions: readonly unknown[]): readonly unknown[] {
  const all = transitions.map(canonicalTransition)
  const branches = all.filter((one) => isRecord(one) && one['event'] === 'match')
  const exits = all.filter((one) => !branches.includes(one) && !leadsNowhere(one))
  return [
    ...exits.toSorted(byText),
    ...(areExclusive(branches) ? branches.toSorted(byText) : branches),
  ]
}

// `next` first, stray keys, an empty `next` or a null one: editors and hands differ in all of them.
function canonicalTransition(transition: unknown): unknown {
  if (!isRecord(transition)) return transition
  const { event, next, conditions } = transition
  return {
    event,
    ...(next === undefined || next === null || next === '' ? {} : { next }),
    ...(Array.isArray(conditions) && conditions.length > 0
      ? { conditions: conditions.map(canonicalCondition) }
      : {}),
  }
}

// The editor labels a condition with what it says, and people with its value.
function canonicalCondition(condition: unknown): unknown {
  if (!isRecord(condition)) return condition
  const { friendly_name: label, ...rest } = condition
  const { type, value } = rest
  return label === value || label === `If value ${String(type)} ${String(value)}` ? rest : condition
}

function leadsNowhere(transition: unknown): boolean {
  return isRecord(transition) && transition['next'] === undefined
}

/** Whether never more than one of the branches can hold: each compares the same text with another value. */
export function areExclusive(branches: readonly unknown[]): boolean {
  const seen = new Set<string>()
  const [first] = branches.map(onlyCondition)
  return branches.every((branch) => {
    const condition = onlyCondition(branch)
    const { type, value } = condition ?? {}
    if (type !== 'equal_to' || typeof value !== 'string' || isTemplate(value)) return false
    if (JSON.stringify(condition?.['arguments']) !== JSON.stringify(first?.['arguments']))
      return false
    const compared = value.trim().toLowerCase()
    return !seen.has(compared) && seen.add(compared)
  })
}

function onlyCondition(branch: unknown): Readonly<Record<string, unknown>> | undefined {
  const conditions = isRecord(branch) ? branch['conditions'] : undefined
  const [condition, ...more] = Array.isArray(conditions) ? conditions : []
  return more.length === 0 && isRecord(condition) ? condition : undefined
}

function isTemplate(text: string): boolean {
  return text === unknownValue || /\{[{%]/.test(text)
}

function byText(a: unknown, b: unknown): number {
  const [one, other] = [JSON.stringify(a), JSON.stringify(b)]
  return one < other ? -1 : one > other ? 1 : 0
}
