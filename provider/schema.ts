import type { TObject, TSchema } from '../schemas/index.ts'
import { configuration, secretConfiguration } from './configuration.ts'
import type { ResourceDescription } from './description.ts'
import { idFormat } from './identity.ts'
import { type LookUp, lookUps } from './look-up.ts'
import { resources } from './resources.ts'
import { version } from './version.ts'

type PropertySpec = Readonly<Record<string, unknown>>

/** The package's Pulumi schema, derived from the descriptions. */
export function packageSchema(): Readonly<Record<string, unknown>> {
  return {
    name: 'twilio',
    version,
    displayName: 'Twilio',
    description: 'A contact centre on Twilio as code.',
    license: 'Apache-2.0',
    config: { variables: propertiesOf(configuration.json, secretConfiguration) },
    provider: {
      description: 'How the account is reached.',
      inputProperties: propertiesOf(configuration.json, secretConfiguration),
    },
    resources: Object.fromEntries(
      resources.map((resource) => [resource.token, resourceSpec(resource)]),
    ),
    functions: Object.fromEntries(lookUps.map((lookUp) => [lookUp.token, lookUpSpec(lookUp)])),
    language: { nodejs: { packageName: '@pulumi/twilio' } },
  }
}

function resourceSpec(resource: ResourceDescription): PropertySpec {
  const inputs = propertiesOf(resource.inputs, resource.secrets, resource.replaceOn)
  const outputs = propertiesOf(resource.outputs, resource.secrets)
  return {
    description: `${resource.description}\n\nImport: \`pulumi import ${resource.token} name ${idFormat(resource)}\``,
    inputProperties: inputs,
    requiredInputs: resource.inputs.required ?? [],
    properties: { ...inputs, ...outputs },
    required: [...(resource.inputs.required ?? []), ...(resource.outputs.required ?? [])],
  }
}

function lookUpSpec({ resource, property, args }: LookUp): PropertySpec {
  const { id, sid, ...properties } = {
    ...propertiesOf(resource.inputs, resource.secrets),
    ...propertiesOf(resource.outputs, resource.secrets),
    id: { type: 'string', description: `what imports it: ${idFormat(resource)}` },
  } as Record<string, PropertySpec>
  return {
    description: `Finds one by its ${property}: ${resource.description} It is an error when there is none, or more than one.`,
    inputs: { properties: propertiesOf(args), required: Object.keys(args.properties) },
    outputs: { properties: { ...properties, id, sid }, required: ['id', 'sid'] },
  }
}

function propertiesOf(
  schema: TObject,
  secrets: readonly string[] = [],
  replaceOn: readonly string[] = [],
): Record<string, PropertySpec> {
  return Object.fromEntries(
    Object.entries(schema.properties).map(([name, property]) => [
      name,
      {
        ...typeOf(property),
        description: describe(property),
        ...(isPrimitive(property['default']) ? { default: property['default'] } : {}),
        ...(secrets.includes(name) ? { secret: true } : {}),
        ...(replaceOn.includes(name) ? { willReplaceOnChanges: true } : {}),
      },
    ]),
  )
}

function describe(property: TSchema): string {
  const choices = choicesOf(property)
  const text = property.description ?? ''
  return choices
    ? `${text} (${choices.map((choice) => JSON.stringify(choice)).join(' or ')})`
    : text
}

function typeOf(property: TSchema): PropertySpec {
  if (choicesOf(property)) return { type: 'string' }
  switch (property['type']) {
    case 'string':
    case 'integer':
    case 'number':
    case 'boolean':
      return { type: property['type'] }
    case 'array':
      return { type: 'array', items: typeOf(property['items'] as TSchema) }
    case 'object':
      return { type: 'object', additionalProperties: { $ref: 'pulumi.json#/Any' } }
    default:
      return { $ref: 'pulumi.json#/Any' }
  }
}

function choicesOf(property: TSchema): readonly unknown[] | undefined {
  const members = property['anyOf'] as readonly TSchema[] | undefined
  if (!members?.every((member) => 'const' in member)) return undefined
  return members.map((member) => member['const'])
}

function isPrimitive(value: unknown): boolean {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
}
