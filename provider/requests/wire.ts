import type { TSchema } from '../../schemas/index.ts'
import { ownPart } from '../comparison/owned-keys.ts'
import { sameValue } from '../comparison/property-diff.ts'
import type { Nested, ResourceDescription } from '../description/description.ts'
import { isRecord, type Properties } from '../protocol/values.ts'
import type { Answer, Parameter } from './client.ts'

/** `friendlyName` → `FriendlyName`. */
export function parameterName(property: string): string {
  return property.charAt(0).toUpperCase() + property.slice(1)
}

/** `friendlyName` → `friendly_name`. */
export function fieldName(property: string): string {
  return property.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
}

/** The field of answers that tells a property. */
export function fieldOf(resource: ResourceDescription, property: string): string {
  return resource.fields?.[property] ?? fieldName(property)
}

/**
 * The request parameters for these properties; one that is absent is cleared. Of a nested object, what differs from `before` is
 * sent; an object that is created has none.
 */
export function toParameters(
  resource: ResourceDescription,
  properties: Properties,
  names: readonly string[],
  before?: Properties,
): Record<string, Parameter> {
  const parameters: Record<string, Parameter> = {}
  for (const name of names) {
    const schema: TSchema | undefined = resource.inputs.properties[name]
    const value = spelled(resource, name, properties[name], schema)
    if (resource.nested?.[name]) {
      Object.assign(
        parameters,
        nestedParameters(resource, name, value, before && { value: before[name] }),
      )
    } else {
      parameters[parameterName(name)] = toParameter(schema, value, resource.json?.includes(name))
    }
  }
  return parameters
}

/** The names of the inputs that travel in the body: not part of the path, not for this provider alone. */
export function sentInputs(resource: ResourceDescription): readonly string[] {
  const kept = new Set([...resource.id.slice(0, -1), ...(resource.localOnly ?? [])])
  // Which one it is can't be set.
  for (const name of resource.lasting ? resource.replaceOn : []) kept.add(name)
  return Object.keys(resource.inputs.properties).filter((name) => !kept.has(name))
}

/**
 * The properties that an answer tells, in the form in which programs write them. One that it tells to be empty is there as
 * `undefined`; one that Twilio never tells is not there at all. `declared` are the inputs, where something may be named in two ways.
 */
export function fromAnswer(
  resource: ResourceDescription,
  answer: Answer,
  declared: Properties = {},
): Properties {
  const properties: Record<string, unknown> = {}
  const schemas: TSchemas = { ...resource.outputs.properties, ...resource.inputs.properties }
  for (const [name, schema] of Object.entries(schemas)) {
    const field = answer[fieldOf(resource, name)]
    if (field === undefined) continue
    const nested = resource.nested?.[name]
    properties[name] = nested
      ? fromObject(schema, nested, field, declared[name])
      : fromField(schema, field, resource.json?.includes(name))
  }
  return { ...ownPart(resource, properties, declared), ...resource.fromWire?.(answer, declared) }
}

/** `PageSize` of a list that is to come in as few pages as Twilio allows. */
export function pageSizeOf({ mostOnPage = 1000 }: ResourceDescription): number {
  return mostOnPage
}

/** The default that the schema names for an input. */
export function defaultOf(resource: ResourceDescription, name: string): unknown {
  return resource.inputs.properties[name]?.['default']
}

/** The members that the schema of a nested object declares. */
export function membersOf(resource: ResourceDescription, name: string): TSchemas {
  const schema: TSchema | undefined = resource.inputs.properties[name]
  return schema?.['properties'] ?? {}
}

type TSchemas = Readonly<Record<string, TSchema>>

function nestedParameters(
  resource: ResourceDescription,
  name: string,
  after: unknown,
  before: { readonly value: unknown } | undefined,
): Record<string, Parameter> {
  const [fresh = {}, old = {}] = [after, before?.value].map((value) =>
    isRecord(value) ? value : {},
  )
  const members = Object.entries(membersOf(resource, name))
  const possible = resource.nested?.[name]?.membersOf
  // What an object of another kind could not have, Twilio may have kept from the time when it was of this kind.
  const isNew = (member: string) =>
    before !== undefined && possible !== undefined && !possible(old).includes(member)
  return Object.fromEntries(
    members
      .filter(([member]) => !sameValue(fresh[member], old[member]) || isNew(member))
      .filter(([member]) => possible?.(fresh).includes(member) ?? true)
      .map(([member, schema]) => [
        `${parameterName(name)}.${parameterName(member)}`,
        toParameter(schema, spelled(resource, `${name}.${member}`, fresh[member], schema)),
      ]),
  )
}

// What is cleared is written as its default, in the same spelling.
function spelled(
  resource: ResourceDescription,
  path: string,
  value: unknown,
  schema: TSchema | undefined,
): unknown {
  const write = resource.spelling?.[path]
  const said: unknown = value ?? schema?.['default']
  return write && said !== undefined && said !== null ? write(said) : value
}

function toParameter(schema: TSchema | undefined, value: unknown, json?: boolean): Parameter {
  if (value === undefined || value === null) return clearedValue(schema, json)
  if (json) return JSON.stringify(value)
  // A list without items would not be there at all, which changes nothing.
  if (Array.isArray(value)) return value.length === 0 ? '' : value.map(String)
  if (isRecord(value)) return JSON.stringify(value)
  return typeof value === 'number' || typeof value === 'boolean' ? value : String(value)
}

// Left out means unchanged to Twilio: what is cleared has to be sent, as its default or as an empty string.
function clearedValue(schema: TSchema | undefined, json?: boolean): Parameter {
  const value: unknown = schema?.['default']
  if (value === undefined || value === null) return json ? '{}' : ''
  return toParameter(schema, value, json)
}

// What the answer does not tell of is as it was declared, as far as an object like this one has it.
function fromObject(schema: TSchema, nested: Nested, field: unknown, declared: unknown): unknown {
  if (!isRecord(field)) return undefined
  const members: TSchemas = schema['properties'] ?? {}
  const told = Object.entries(members)
    .filter(([member]) => fieldName(member) in field)
    .map(([member, kind]) => [member, fromField(kind, field[fieldName(member)])] as const)
    .filter(([, value]) => value !== undefined)
  const live: Properties = Object.fromEntries(told)
  const possible = nested.membersOf?.(live) ?? Object.keys(members)
  const untold = Object.entries(isRecord(declared) ? declared : {}).filter(
    ([member, value]) => !(fieldName(member) in field) && possible.includes(member) && value,
  )
  return { ...live, ...Object.fromEntries(untold) }
}

function fromField(schema: TSchema, field: unknown, json?: boolean): unknown {
  // Twilio answers "" or null for what is not set; where there is a default, "" says something else than it.
  if (field === undefined || field === null) return undefined
  if (field === '' && schema['default'] === undefined) return undefined
  return json ? parseDocument(field) : field
}

function parseDocument(text: unknown): unknown {
  if (typeof text !== 'string') return text
  try {
    return JSON.parse(text)
  } catch {
    // Shown as it is; comparing it with the declared document gives a difference, which is the truth.
    return text
  }
}
