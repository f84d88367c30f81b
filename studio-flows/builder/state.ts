import type { FlowCondition, FlowState, FlowTransition } from '../../schemas/index.ts'
import type { Branch, ConditionSource, PairName, Place, WidgetSource } from './widget-source.ts'

type Fields = Readonly<Record<string, unknown>>

/** The trigger as Studio has it. */
export function triggerState(
  on: Readonly<Record<string, string | undefined>>,
  at?: Place,
): FlowState {
  return { name: 'Trigger', type: 'trigger', transitions: exits(on), properties: offset(at) }
}

/** A widget as Studio has it. */
export function stateOf(name: string, widget: WidgetSource): FlowState {
  const { type, on = {}, at, ...properties } = widget
  const { match = [], ...events } = on as Readonly<Record<string, string | undefined>> & {
    readonly match?: readonly Branch[]
  }
  const input = 'input' in widget ? widget.input : ''
  return {
    name,
    type,
    transitions: [...exits(events), ...match.map((branch) => branchExit(branch, input))],
    properties: { ...propertiesOf(properties), ...offset(at) },
  }
}

function exits(on: Readonly<Record<string, string | undefined>>): FlowTransition[] {
  return Object.entries(on).flatMap(([event, next]) =>
    next === undefined ? [] : [{ next, event }],
  )
}

function branchExit(branch: Branch, input: string): FlowTransition {
  const { next } = branch
  const all = branch.all ?? [branch]
  return {
    ...(next === undefined ? {} : { next }),
    event: 'match',
    conditions: all.map((condition) => conditionOf(condition, input)),
  }
}

function conditionOf(source: ConditionSource, input: string): FlowCondition {
  const { argument = input, label, all: _, ...rest } = source
  const compared = Object.entries(rest).find(([name]) => name !== 'next')
  const [type, value] = compared ?? ['equal_to', '']
  return { friendly_name: label ?? value, arguments: [argument], type, value }
}

// Studio keeps keys and values as a list.
function propertiesOf(properties: Fields): Fields {
  return Object.fromEntries(
    Object.entries(properties)
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => [name, Object.hasOwn(pairs, name) ? pairsOf(value) : value]),
  )
}

const pairs: Readonly<Record<PairName, true>> = {
  variables: true,
  parameters: true,
  content_variables: true,
  stream_parameters: true,
  configurations: true,
}

function pairsOf(value: unknown): unknown {
  if (Array.isArray(value)) return value
  return Object.entries(value as Fields).map(([key, text]) => ({ value: text, key }))
}

function offset(at: Place | undefined): Fields {
  return at === undefined ? {} : { offset: { x: at[0], y: at[1] } }
}
