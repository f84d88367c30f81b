import type { TSchema } from '../../schemas/index.ts'

/** A part of Pulumi's package schema. */
export type Spec = Readonly<Record<string, unknown>>

/** Whose property a type belongs to: `taskrouter` and `TaskQueue`. */
export type Owner = { readonly module: string; readonly name: string }

/** The named types of a package: enums, and objects with known members. */
export type TypeTable = {
  /** What a value of this schema is; a named type is added to the table. `property` names it after its owner. */
  typeOf(schema: TSchema, owner: Owner, property: string): Spec
  /** The types that were needed so far, by token. */
  types(): Readonly<Record<string, Spec>>
}

const any: Spec = { $ref: 'pulumi.json#/Any' }

/**
 * Makes an empty one. A type is called after its resource and property, `twilio:taskrouter:TaskQueueTaskOrder`; one with a `title`
 * is shared under that name, `twilio:index:WebhookMethod`.
 */
export function createTypeTable(): TypeTable {
  const types = new Map<string, Spec>()

  function typeOf(schema: TSchema, owner: Owner, property: string): Spec {
    const choices = choicesOf(schema)
    if (choices) return named(schema, owner, property, () => enumOf(choices))
    const variants: unknown = schema['anyOf']
    if (Array.isArray(variants)) {
      return { oneOf: variants.map((variant) => typeOf(variant, owner, property)) }
    }
    switch (schema['type']) {
      case 'string':
      case 'integer':
      case 'number':
      case 'boolean':
        return { type: schema['type'] }
      case 'array':
        return { type: 'array', items: typeOf(itemsOf(schema), owner, singular(property)) }
      case 'object':
        return schema['properties']
          ? named(schema, owner, property, ({ name }) => objectOf(schema, { ...owner, name }))
          : { type: 'object', additionalProperties: valuesOf(schema, owner, property) }
      default:
        return any
    }
  }

  function named(
    schema: TSchema,
    owner: Owner,
    property: string,
    define: (type: Owner) => Spec,
  ): Spec {
    const type = schema.title
      ? { module: 'index', name: schema.title }
      : { module: owner.module, name: joined(owner.name, pascal(property)) }
    const token = `twilio:${type.module}:${type.name}`
    const known = types.get(token)
    const spec = define(type)
    if (known && JSON.stringify(known) !== JSON.stringify(spec)) {
      throw new Error(`two different types would be called ${token}: give one of them a title`)
    }
    types.set(token, spec)
    return { $ref: `#/types/${token}` }
  }

  function objectOf(schema: TSchema, owner: Owner): Spec {
    const properties = Object.entries(schema['properties'] as Readonly<Record<string, TSchema>>)
    return {
      type: 'object',
      ...(schema.description ? { description: schema.description } : {}),
      properties: Object.fromEntries(
        properties.map(([name, property]) => [
          name,
          {
            ...typeOf(property, owner, name),
            // A default here would be sent by generated SDKs, also where another member makes it meaningless.
            description: withDefault(describe(property), property['default']),
          },
        ]),
      ),
      required: schema['required'] ?? [],
    }
  }

  function valuesOf(schema: TSchema, owner: Owner, property: string): Spec {
    const [values] = Object.values((schema['patternProperties'] ?? {}) as Record<string, TSchema>)
    return values ? typeOf(values, owner, singular(property)) : any
  }

  return {
    typeOf,
    types: () => Object.fromEntries([...types].sort(([a], [b]) => (a < b ? -1 : 1))),
  }
}

/** What a property is for, with the bounds of its values where the text does not name them. */
export function describe(schema: TSchema): string {
  const {
    description = '',
    minimum,
    maximum,
    maxLength,
  } = schema as Readonly<{
    description?: string
    minimum?: number
    maximum?: number
    maxLength?: number
  }>
  const says = (bound: number) => description.replaceAll(',', '').includes(String(bound))
  const bounds: string[] = []
  if (minimum !== undefined && maximum !== undefined && !says(maximum)) {
    bounds.push(`${minimum} to ${maximum}`)
  }
  if (minimum !== undefined && maximum === undefined && !says(minimum)) {
    bounds.push(`at least ${minimum}`)
  }
  if (maxLength !== undefined && !says(maxLength)) bounds.push(`at most ${maxLength} characters`)
  return bounds.length > 0 ? `${description} (${bounds.join('; ')})` : description
}

function withDefault(text: string, value: unknown): string {
  if (value === undefined || /default:/i.test(text)) return text
  return `${text}. Default: ${typeof value === 'string' ? value : JSON.stringify(value)}`
}

function enumOf(choices: readonly (string | number)[]): Spec {
  const [first] = choices
  return {
    type: typeof first === 'number' ? 'number' : 'string',
    // Explicit names: what a language would derive from a value need not be a name in it.
    enum: choices.map((value) => ({ name: nameOf(value), value })),
  }
}

function nameOf(value: string | number): string {
  const words = String(value).split(/[^A-Za-z0-9]+/)
  const name = words
    .map((word) => pascal(/^[A-Z0-9]+$/.test(word) ? word.toLowerCase() : word))
    .join('')
  return /^[A-Za-z]/.test(name) ? name : `Value${name}`
}

function choicesOf(schema: TSchema): readonly (string | number)[] | undefined {
  if (Array.isArray(schema['enum'])) return schema['enum']
  if ('const' in schema) return [schema['const']]
  const members: unknown = schema['anyOf']
  if (!Array.isArray(members) || !members.every((member) => 'const' in member)) return undefined
  return members.map((member) => member.const)
}

function itemsOf(schema: TSchema): TSchema {
  return (schema['items'] ?? {}) as TSchema
}

// `Sink` and `SinkConfiguration` give `SinkConfiguration`.
function joined(owner: string, property: string): string {
  return property.startsWith(owner) ? property : `${owner}${property}`
}

function pascal(name: string): string {
  const words = name.split('_').map((word) => word.charAt(0).toUpperCase() + word.slice(1))
  return words.join('')
}

function singular(name: string): string {
  return name.endsWith('ies') ? `${name.slice(0, -3)}y` : name.replace(/(?<!s)s$/, '')
}
