import { type CentreDeclaration, mostWidgets, referenceKinds, routes } from '../../schemas/index.ts'
import { checkFlow } from '../studio/check-flow.ts'
import { referencesIn, replaceReferences, standInFor } from '../studio/flow-references.ts'
import type { FlowReference } from '../studio/reference-text.ts'
import { isTemplate } from '../studio/template.ts'
import { closestName } from './closest-name.ts'
import type { Finding, Place } from './finding.ts'

type Flows = NonNullable<CentreDeclaration['flows']>
type Definition = Flows[string]['definition']
type State = Definition['states'][number]

// Every workspace comes with them.
const ownChannels = ['default', 'voice', 'sms', 'chat', 'video']

/** What is wrong with the flows of a centre: each by itself, and in what they name of the centre. */
export function* checkFlows(centre: CentreDeclaration): Generator<Finding> {
  const written = centre.flows ?? {}
  const flows = Object.fromEntries(
    Object.entries(written).map(([name, flow]) => [name, named(flow)] as const),
  )
  for (const [name, { definition }] of Object.entries(flows)) {
    const resource = `Flow ${name}`
    yield* checkNames(resource, written[name]?.definition ?? noFlow, centre)
    for (const problem of checkFlow(withSids(definition, flows))) {
      const { severity, path, widget, message, remedy } = problem
      yield {
        severity,
        rule: 'flow',
        resource,
        property: path ? `definition.${path}` : 'definition',
        message: widget === undefined ? message : `${widget}: ${message}`,
        remedy,
      }
    }
    for (const [i, state] of statesOf(definition).entries()) {
      yield* checkReferences(state, { resource, property: `definition.states[${i}]` }, centre)
    }
    yield* checkCallees(name, flows)
  }
}

// The checks below know workflows, channels and flows by their names, and judge the rest by what it may stand for.
function named(flow: Flows[string]): Flows[string] {
  const nameOf = (reference: FlowReference) =>
    ['workflow', 'channel', 'flow'].includes(reference.kind)
      ? reference.name
      : standInFor(reference)
  return { ...flow, definition: replaceReferences(flow.definition, nameOf) }
}

// Of the other kinds, and what only looks like a reference. Settings are the program's own.
function* checkNames(
  resource: string,
  definition: Definition,
  centre: CentreDeclaration,
): Generator<Finding> {
  const known: Readonly<Record<string, readonly string[]>> = {
    queue: Object.keys(centre.queues),
    function: Object.keys(routes),
    number: Object.keys(centre.phoneNumbers),
    flow: Object.keys(centre.flows ?? {}),
  }
  for (const { path, widget, text, reference } of referencesIn(definition)) {
    const names = reference ? known[reference.kind] : []
    if (!names || (reference && names.includes(reference.name))) continue
    const meant = reference && closestName(reference.name, names)
    const kinds = `a reference is \${kind.name}; the kinds are ${referenceKinds.join(', ')}`
    const others = reference ? `there are ${names.join(', ') || 'none'}` : kinds
    yield {
      severity: 'error',
      rule: 'unknown-reference',
      resource,
      property: `definition.${path}`,
      message: `${widget === undefined ? '' : `${widget}: `}“${text}” stands for nothing`,
      remedy: meant ? `did you mean “${meant}”?` : others,
    }
  }
}

function statesOf(definition: Definition): readonly State[] {
  return Array.isArray(definition.states)
    ? definition.states.filter((state) => typeof state?.properties === 'object')
    : []
}

// A definition names other flows; by itself it is judged as it is deployed, with their SIDs.
function withSids(definition: Definition, flows: Flows): Definition {
  const names = Object.keys(flows)
  const sidOf = (value: unknown) => {
    const at = names.indexOf(String(value))
    return at < 0 ? value : `FW${at.toString(16).padStart(32, '0')}`
  }
  if (!Array.isArray(definition.states)) return definition
  const states = definition.states.map((state) =>
    state?.type === 'run-subflow' && typeof state.properties === 'object'
      ? {
          ...state,
          properties: { ...state.properties, flow_sid: sidOf(state.properties['flow_sid']) },
        }
      : state,
  )
  return { ...definition, states }
}

function* checkReferences(
  { name, type, properties }: State,
  place: Place,
  { workflows, taskChannels }: CentreDeclaration,
): Generator<Finding> {
  const references =
    type === 'send-to-flex'
      ? {
          workflow: Object.keys(workflows),
          channel: [...Object.keys(taskChannels), ...ownChannels],
        }
      : type === 'enqueue-call'
        ? { workflow_sid: Object.keys(workflows) }
        : {}
  for (const [property, known] of Object.entries(references)) {
    const value = properties[property]
    if (typeof value !== 'string' || isTemplate(value) || known.includes(value)) continue
    const what = property === 'channel' ? 'task channel' : 'workflow'
    const meant = closestName(value, known)
    yield {
      severity: 'error',
      rule: property === 'channel' ? 'unknown-task-channel' : 'unknown-workflow',
      resource: place.resource,
      property: `${place.property}.properties.${property}`,
      message: `${name}: “${value}” is no ${what} of this centre${/^(WW|TC)[0-9a-f]{32}$/i.test(value) ? ', and may be of another workspace' : ''}`,
      remedy: meant ? `did you mean “${meant}”?` : `name one of ${known.join(', ') || 'its own'}`,
    }
  }
}

function* checkCallees(name: string, flows: Flows): Generator<Finding> {
  const calls = callsOf(flows[name]?.definition)
  let widgets = statesOf(flows[name]?.definition ?? noFlow).length
  for (const { index, state } of calls) {
    const place = {
      severity: 'error',
      rule: 'sub-flow',
      resource: `Flow ${name}`,
      property: `definition.states[${index}].properties.flow_sid`,
    } as const
    const callee = String(state.properties['flow_sid'])
    const definition = flows[callee]?.definition
    if (!definition) continue
    widgets += statesOf(definition).length
    if (callsOf(definition).length > 0) {
      const message = `${state.name}: “${callee}” runs a sub-flow itself`
      yield { ...place, message, remedy: 'Studio goes one level deep: run both from here' }
    }
    if (!beginsForParents(definition)) {
      const message = `${state.name}: “${callee}” does not begin for other flows`
      yield { ...place, message, remedy: 'lead the incomingParent of its trigger somewhere' }
    }
  }
  if (calls.length === 0 || widgets <= mostWidgets) return
  yield {
    severity: 'error',
    rule: 'sub-flow',
    resource: `Flow ${name}`,
    property: 'definition.states',
    message: `has ${widgets} widgets, those of its sub-flows counted in`,
    remedy: `executions of more than ${mostWidgets} fail: leave some out`,
  }
}

const noFlow: Definition = { states: [], initial_state: '' }

function callsOf(definition: Definition = noFlow) {
  return statesOf(definition)
    .map((state, index) => ({ state, index }))
    .filter(({ state }) => state.type === 'run-subflow')
}

function beginsForParents(definition: Definition): boolean {
  return statesOf(definition).some(
    ({ type, transitions }) =>
      type === 'trigger' &&
      Array.isArray(transitions) &&
      transitions.some(({ event, next }) => event === 'incomingParent' && next),
  )
}
