import { defineSchema, type Problem } from '../schema.ts'
import { type TSchema, Type } from '../type.ts'
import { conditionTypes, type FlowDefinition, flowSchema } from './flow-definition.ts'
import { referenceKinds } from './flow-reference.ts'
import type { PropertyType } from './widgets/property.ts'
import { type Widget, widgets, widgetTypes } from './widgets.ts'

type Json = Readonly<Record<string, unknown>>

const text = (description: string) => Type.String({ minLength: 1, description })

// A SID, a name in place of it, or a template.
const sid = (prefix: string, reference: string, meaning: string): Json => ({
  type: 'string',
  pattern: `^(${prefix}[0-9a-fA-F]{32}|[^]*(\\$\\{(${reference}|setting)\\.[\\w.-]+\\}|\\{[{%])[^]*)$`,
  description: `${meaning}: \${${reference}.name}, or ${prefix} and 32 hex digits`,
})

const address: Json = {
  type: 'string',
  pattern: `^(\\s*(https?|wss?)://|[^]*(\\$\\{(${referenceKinds.join('|')})\\.[\\w.-]+\\}|\\{[{%]))`,
  description: `an address: \${function.name}, https://…, or a template`,
}

// What differs from account to account, by type and property.
const special: Readonly<Record<string, Readonly<Record<string, Json>>>> = {
  'enqueue-call': {
    workflow_sid: orEmpty(sid('WW', 'workflow', 'a workflow')),
    wait_url: orEmpty(address),
  },
  'send-to-flex': {
    workflow: sid('WW', 'workflow', 'a workflow'),
    channel: sid('TC', 'channel', 'a task channel'),
  },
  'run-subflow': { flow_sid: sid('FW', 'flow', 'a flow') },
  'make-http-request': { url: address },
  'run-function': { url: address },
  'add-twiml-redirect': { url: address },
}

// The editor writes an empty text where nothing is chosen.
function orEmpty(schema: Json): Json {
  return { anyOf: [schema, { const: '' }], description: schema['description'] }
}

const condition = Type.Object({
  friendly_name: Type.String({ description: 'what the editor shows of it' }),
  arguments: Type.Array(Type.String(), { description: 'templates whose values are compared' }),
  type: Type.Unsafe<string>({ type: 'string', enum: conditionTypes }),
  value: Type.String({ description: 'what they are compared with' }),
})

const transition = Type.Object({
  event: text('name of the exit: incomingCall, keypress …'),
  next: Type.Optional(
    Type.Unsafe<string>({
      type: ['string', 'null'],
      description: 'name of the next widget; absent: the flow ends',
    }),
  ),
  conditions: Type.Optional(
    Type.Array(condition, { description: 'exit match only: all of them hold' }),
  ),
})

const state = {
  type: 'object',
  required: ['type', 'transitions'],
  properties: {
    name: text('unique in the flow; templates call it widgets.<name>'),
    // Studio may have more of them than are known here.
    type: text(`what it is: ${widgetTypes.join(', ')}`),
    transitions: Type.Array(transition, { description: 'where it leads' }),
    properties: {
      type: 'object',
      description: 'what it does; each type has its own',
      properties: { offset: placeOnCanvas() },
    },
  },
  allOf: [
    {
      if: { type: 'object', properties: { type: { not: { const: 'trigger' } } } },
      // biome-ignore lint/suspicious/noThenProperty: JSON Schema calls it so.
      then: { type: 'object', required: ['name', 'properties'] },
    },
    ...Object.entries(widgets).map(([type, widget]) => ({
      if: { type: 'object', properties: { type: { const: type } } },
      // biome-ignore lint/suspicious/noThenProperty: JSON Schema calls it so.
      then: { type: 'object', properties: widgetSchema(type, widget) },
    })),
  ],
}

/**
 * The document of a flow, as `studio-flows/` holds it: what Studio exports, or what the builder makes. Named references may stand
 * where Studio has SIDs and addresses. `parseFlow` reads one.
 */
export const flowDocument = defineSchema(
  'Studio flow',
  Type.Unsafe<FlowDefinition>({
    type: 'object',
    required: ['states', 'initial_state'],
    additionalProperties: false,
    properties: {
      $schema: {
        type: 'string',
        pattern: `^(${flowSchema}|(?!\\w+:).+\\.json)$`,
        description: `${flowSchema}, or where this schema lies`,
      },
      description: Type.String({ description: 'what the flow is for' }),
      states: {
        type: 'array',
        minItems: 1,
        items: state,
        description: 'the widgets, the trigger among them',
      },
      initial_state: text('name of the trigger'),
      flags: Type.Object(
        { allow_concurrent_calls: Type.Boolean() },
        { description: 'settings of the whole flow' },
      ),
    },
  }) as TSchema & { readonly static: FlowDefinition },
)

/** A problem of `flowDocument.problems`, with the index of the widget that it is in. */
export function widgetIndexOf({ path }: Problem): number | undefined {
  const index = /^states\[(\d+)\]/.exec(path)?.[1]
  return index === undefined ? undefined : Number(index)
}

function placeOnCanvas(): Json {
  const pixels = { type: 'integer', description: 'whole pixels' }
  return {
    type: 'object',
    properties: { x: pixels, y: pixels },
    required: ['x', 'y'],
    description: 'place on the canvas; laid out when absent',
  }
}

function widgetSchema(type: string, { properties, required, choices, events }: Widget): Json {
  const typed = Object.entries(properties).map(([name, of]) => [
    name,
    special[type]?.[name] ?? propertySchema(of, choices[name]),
  ])
  return {
    properties: { type: 'object', properties: Object.fromEntries(typed), required },
    transitions: {
      type: 'array',
      items: { type: 'object', properties: { event: { enum: events } } },
    },
  }
}

function propertySchema(type: PropertyType, choices: readonly string[] | undefined): Json {
  if (!choices) return { type }
  const one = choices.join('|')
  const description = `one of ${choices.join(', ')}`
  return { type: 'string', pattern: `^(${one}|[^]*\\{[{%][^]*|)$`, description }
}
