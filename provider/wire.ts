import type { Answer, Parameter } from './client.ts'
import type { ResourceDescription } from './description.ts'
import { isRecord, type Properties } from './values.ts'

/** `friendlyName` → `FriendlyName`. */
export function parameterName(property: string): string {
  return property.charAt(0).toUpperCase() + property.slice(1)
}

/** `friendlyName` → `friendly_name`. */
export function fieldName(property: string): string {
  return property.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
}

/** The request parameters for these properties. A property that is absent is cleared if `clear` names it. */
export function toParameters(
  resource: ResourceDescription,
  properties: Properties,
  names: readonly string[],
): Record<string, Parameter> {
  const parameters: Record<string, Parameter> = {}
  for (const name of names) {
    parameters[parameterName(name)] = toParameter(resource, name, properties[name])
  }
  return parameters
}

/** The names of the inputs that travel in the body: not part of the path, not for this provider alone. */
export function sentInputs(resource: ResourceDescription): readonly string[] {
  const kept = new Set([...resource.id.slice(0, -1), ...(resource.localOnly ?? [])])
  return Object.keys(resource.inputs.properties).filter((name) => !kept.has(name))
}

/**
 * The properties that an answer tells, in the form in which programs write them. One that it tells to be empty is there as
 * `undefined`; one that Twilio never tells is not there at all.
 */
export function fromAnswer(resource: ResourceDescription, answer: Answer): Properties {
  const properties: Record<string, unknown> = {}
  const names = [
    ...Object.keys(resource.inputs.properties),
    ...Object.keys(resource.outputs.properties),
  ]
  for (const name of names) {
    const field = answer[fieldName(name)]
    if (field === undefined) continue
    // Twilio answers "" or null for what is not set; where there is a default, "" says something else than it.
    const empty = field === null || (field === '' && defaultOf(resource, name) === undefined)
    properties[name] = empty
      ? undefined
      : resource.json?.includes(name)
        ? parseDocument(field)
        : field
  }
  return properties
}

/** `PageSize` of a list that is to come in as few pages as Twilio allows. */
export function pageSizeOf({ mostOnPage = 1000 }: ResourceDescription): number {
  return mostOnPage
}

/** The default that the schema names for an input. */
export function defaultOf(resource: ResourceDescription, name: string): unknown {
  return resource.inputs.properties[name]?.['default']
}

function toParameter(resource: ResourceDescription, name: string, value: unknown): Parameter {
  if (value === undefined || value === null) return clearedValue(resource, name)
  if (resource.json?.includes(name)) return JSON.stringify(value)
  if (Array.isArray(value)) return value.map(String)
  if (isRecord(value)) return JSON.stringify(value)
  return typeof value === 'number' || typeof value === 'boolean' ? value : String(value)
}

// Left out means unchanged to Twilio: what is cleared has to be sent, as its default or as an empty string.
function clearedValue(resource: ResourceDescription, name: string): Parameter {
  const value = defaultOf(resource, name)
  if (value === undefined) return resource.json?.includes(name) ? '{}' : ''
  return isRecord(value) ? JSON.stringify(value) : (value as Parameter)
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
