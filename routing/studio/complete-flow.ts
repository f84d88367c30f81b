import { type FlowDefinition, type FlowState, widgets } from '../../schemas/index.ts'
import { layOut } from './lay-out.ts'

// Real flows list it nowhere, though a newer guide names it.
const unlisted = ['composerStarted', 'match']

/** The definition as the editor would write it: each widget with a place, and with the exits that lead nowhere, which it shows. */
export function completeFlow(definition: FlowDefinition): FlowDefinition {
  return layOut({ ...definition, states: definition.states.map(withAllExits) })
}

function withAllExits(state: FlowState): FlowState {
  const listed = state.transitions.map(({ event }) => event)
  const missing = (widgets[state.type]?.events ?? []).filter(
    (event) => !listed.includes(event) && !unlisted.includes(event),
  )
  const exits = missing.map((event) => ({ event }))
  // `noMatch` stands before the branches.
  const isSplit = state.type === 'split-based-on'
  const transitions = isSplit ? [...exits, ...state.transitions] : [...state.transitions, ...exits]
  return { ...state, transitions }
}
