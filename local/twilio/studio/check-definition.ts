import { type FlowState, flowSchema, mostWidgets } from '../../../schemas/index.ts'
import { isObject } from '../rest/json-parameter.ts'
import { checkState } from './check-state.ts'
import { createInspection, type Finding, type Findings, type Inspection } from './findings.ts'

// Widgets that start a conversation themselves, which nothing but a REST call lets them do.
const STARTERS: ReadonlySet<unknown> = new Set(['start-conversation', 'resume-conversation'])

/**
 * What Studio finds in a definition when it is validated, drafted or published: its form, its widgets' properties and
 * events, and the names that lead from one to the other. Reachability and templates are not looked at, as there.
 * `count` tells how many widgets the flow has with its sub-flows.
 */
export function checkDefinition(
  definition: unknown,
  count: (states: readonly FlowState[]) => number = (states) => states.length,
): Findings {
  const inspection = createInspection()
  if (!inspection.is('#', definition, 'object') || !isObject(definition)) {
    return { errors: inspection.errors, warnings: [] }
  }
  checkHead(definition, inspection)
  const states = statesOf(definition, inspection)
  const names = new Set(states.map((state) => (isObject(state) ? state['name'] : undefined)))
  if (inspection.is('#/initial_state', definition['initial_state'], 'string')) {
    if (!names.has(definition['initial_state'])) {
      inspection.report('#/initial_state', 'must match a widget name')
    }
  }
  for (const [index, state] of states.entries()) {
    checkState(`#/states/${index}`, state, names, inspection)
  }
  checkNames(states, inspection)
  checkStarters(states, inspection)
  const { errors } = inspection
  // Without an error they are states.
  return { errors, warnings: errors.length > 0 ? [] : warningsOf(count(states as FlowState[])) }
}

function checkHead(definition: Readonly<Record<string, unknown>>, inspection: Inspection): void {
  inspection.optional('#/description', definition['description'], 'string')
  const schema = definition['$schema']
  if (schema !== undefined && schema !== flowSchema) {
    inspection.report('#/$schema', `must be a constant value ${flowSchema}`)
  }
  const flags = definition['flags']
  if (flags === undefined || !inspection.is('#/flags', flags, 'object') || !isObject(flags)) return
  inspection.is('#/flags/allow_concurrent_calls', flags['allow_concurrent_calls'], 'boolean')
}

function statesOf(
  { states }: Readonly<Record<string, unknown>>,
  inspection: Inspection,
): readonly unknown[] {
  if (!inspection.is('#/states', states, 'array') || !Array.isArray(states)) return []
  if (states.length === 0) inspection.report('#/states', 'must have at least 1 item')
  return states
}

function checkNames(states: readonly unknown[], inspection: Inspection): void {
  const seen = new Set<unknown>()
  for (const [index, state] of states.entries()) {
    const name = isObject(state) ? state['name'] : undefined
    if (name === undefined) continue
    if (seen.has(name)) inspection.report(`#/states/${index}/name`, 'must be unique')
    seen.add(name)
  }
}

function checkStarters(states: readonly unknown[], inspection: Inspection): void {
  const trigger = states.filter(isObject).find(({ type }) => type === 'trigger')
  const transitions = trigger?.['transitions']
  const startsByRest =
    Array.isArray(transitions) &&
    transitions.some(
      (transition) =>
        isObject(transition) && transition['event'] === 'incomingRequest' && transition['next'],
    )
  if (startsByRest) return
  for (const [index, state] of states.entries()) {
    if (!isObject(state) || !STARTERS.has(state['type'])) continue
    inspection.report(
      `#/states/${index}/type`,
      `${state['type']} can only be used in flows triggered by the REST API`,
    )
  }
}

function warningsOf(count: number): readonly Finding[] {
  if (count <= mostWidgets) return []
  const message = `${count} widgets with those of sub-flows; executions of a flow with more than ${mostWidgets} fail`
  return [{ message, property_path: '#/states' }]
}
