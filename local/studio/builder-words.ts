import { placeOf } from '../../routing/index.ts'
import type { FlowCondition, FlowState, FlowTransition } from '../../schemas/index.ts'
import { inEditorOrder } from './editor-order.ts'

type Fields = Readonly<Record<string, unknown>>

/** A widget as the builder takes it. */
export function widgetSource(written: FlowState): Fields {
  const state = inEditorOrder(written)
  const { offset: _, ...properties } = state.properties
  const place = placeOf(state)
  const exits = state.transitions.filter(({ event, next }) => event !== 'match' && next)
  const branches = state.transitions.filter(({ event }) => event === 'match')
  const match = branches.map((one) => branchSource(one, String(properties['input'] ?? '')))
  const on = {
    ...(match.length > 0 ? { match } : {}),
    ...Object.fromEntries(exits.map(({ event, next }) => [event, next])),
  }
  return {
    type: state.type,
    ...properties,
    ...(Object.keys(on).length > 0 ? { on } : {}),
    ...(place ? { at: [place.x, place.y] } : {}),
  }
}

/** A branch of a split with that input. */
export function branchSource({ next, conditions = [] }: FlowTransition, input: string): Fields {
  const all = conditions.map((condition) => conditionSource(condition, input))
  const [first] = all
  const asked = all.length === 1 ? first : { all }
  return { ...asked, ...(next ? { next } : {}) }
}

function conditionSource(condition: FlowCondition, input: string): Fields {
  const { friendly_name: label, type, value } = condition
  const [argument] = condition.arguments
  return {
    [type]: value,
    ...(argument === undefined || argument === input ? {} : { argument }),
    ...(label === value || label === `If value ${type} ${value}` ? {} : { label }),
  }
}
