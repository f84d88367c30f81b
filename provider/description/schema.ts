import type { TObject } from '../../schemas/index.ts'
import { type LookUp, lookUps } from '../listing/look-up.ts'
import { configuration, secretConfiguration } from '../protocol/configuration.ts'
import { version } from '../protocol/version.ts'
import { resources } from '../resources.ts'
import type { ResourceDescription } from './description.ts'
import { exampleOf } from './example.ts'
import { idFormat } from './identity.ts'
import { createTypeTable, describe, type Owner, type Spec, type TypeTable } from './schema-types.ts'

/** What Pulumi calls the modules in languages where their own spelling is unusual. */
const modules = {
  account: 'Account',
  conversations: 'Conversations',
  events: 'Events',
  flex: 'Flex',
  messaging: 'Messaging',
  phoneNumbers: 'PhoneNumbers',
  studio: 'Studio',
  sync: 'Sync',
  taskrouter: 'TaskRouter',
  voice: 'Voice',
}

/** The package's Pulumi schema, derived from the descriptions. */
export function packageSchema(): Spec {
  const table = createTypeTable()
  const settings = propertiesOf(configuration.json, { module: 'index', name: 'Provider' }, table, {
    secrets: secretConfiguration,
  })
  const resourceSpecs = resources.map((resource) => [resource.token, resourceSpec(resource, table)])
  const functionSpecs = lookUps.map((lookUp) => [lookUp.token, lookUpSpec(lookUp, table)])
  return {
    name: 'twilio',
    version,
    displayName: 'Twilio',
    description: 'A contact centre on Twilio as code.',
    keywords: ['twilio', 'category/cloud', 'kind/native'],
    license: 'Apache-2.0',
    config: { variables: settings },
    provider: {
      description:
        'How the account is reached. What is not set here comes from the environment; nothing of that is kept in the state.',
      inputProperties: settings,
      properties: settings,
    },
    types: table.types(),
    resources: Object.fromEntries(resourceSpecs),
    functions: Object.fromEntries(functionSpecs),
    language: {
      nodejs: { packageName: '@pulumi/twilio', respectSchemaVersion: true },
      python: {
        packageName: 'pulumi_twilio',
        moduleNameOverrides: { phoneNumbers: 'phone_numbers' },
        respectSchemaVersion: true,
        pyproject: { enabled: true },
      },
      go: { generateResourceContainerTypes: true, respectSchemaVersion: true },
      csharp: { namespaces: modules, respectSchemaVersion: true },
      java: { packages: { phoneNumbers: 'phonenumbers' } },
    },
  }
}

function resourceSpec(resource: ResourceDescription, table: TypeTable): Spec {
  const { token, inputs, outputs, secrets, replaceOn } = resource
  const owner = ownerOf(token)
  const schema = documented(resource)
  const taken = propertiesOf(schema, owner, table, { secrets, replaceOn })
  const told = propertiesOf(outputs, owner, table, { secrets })
  const parents = resource.id.slice(0, -1)
  const listed = Object.fromEntries(
    parents.map((name) => [
      name,
      { type: 'string', description: 'lists only the objects in this one; absent: in all' },
    ]),
  )
  return {
    description: documentationOf(resource),
    inputProperties: taken,
    requiredInputs: inputs.required ?? [],
    properties: { ...taken, ...told },
    required: [...(inputs.required ?? []), ...(outputs.required ?? [])],
    ...(resource.listing?.kind === 'none'
      ? {}
      : { listInputs: { type: 'object', properties: listed } }),
  }
}

function documentationOf(resource: ResourceDescription): string {
  const { token, description } = resource
  const example = exampleOf(token)
  const parts = [
    description,
    ...(example ? [`## Example Usage\n\n\`\`\`typescript\n${example}\n\`\`\``] : []),
    `## Import\n\n\`\`\`sh\npulumi import ${token} name '${idFormat(resource)}'\n\`\`\``,
  ]
  return parts.join('\n\n')
}

function lookUpSpec({ resource, property, args }: LookUp, table: TypeTable): Spec {
  const { token, inputs, outputs, secrets } = resource
  const owner = ownerOf(token)
  const { id, sid, ...properties } = {
    ...propertiesOf(documented(resource), owner, table, { secrets }),
    ...propertiesOf(outputs, owner, table, { secrets }),
    id: { type: 'string', description: `what imports it: ${idFormat(resource)}` },
  } as Record<string, Spec>
  // A default is what a program gets that says nothing; here nobody does.
  const told = Object.entries(properties).map(([name, { default: _, ...spec }]) => [name, spec])
  return {
    description: `Finds one by its ${property}: ${resource.description} It is an error when there is none, or more than one.`,
    inputs: {
      type: 'object',
      properties: propertiesOf(args, owner, table),
      required: Object.keys(args.properties),
    },
    outputs: {
      type: 'object',
      properties: { ...Object.fromEntries(told), id, sid },
      required: [
        'id',
        'sid',
        ...Object.keys(inputs.properties).filter((name) => name in args.properties),
      ],
    },
  }
}

// Check has its own words for a document, so its schema leaves it open.
function documented({ inputs, documents = {} }: ResourceDescription): TObject {
  const shapes = Object.entries(documents).map(([name, shape]) => [
    name,
    { ...shape, description: inputs.properties[name]?.description ?? shape.description },
  ])
  return { ...inputs, properties: { ...inputs.properties, ...Object.fromEntries(shapes) } }
}

function propertiesOf(
  schema: TObject,
  owner: Owner,
  table: TypeTable,
  {
    secrets = [],
    replaceOn = [],
  }: {
    readonly secrets?: readonly string[] | undefined
    readonly replaceOn?: readonly string[]
  } = {},
): Record<string, Spec> {
  return Object.fromEntries(
    Object.entries(schema.properties).map(([name, property]) => [
      name,
      {
        ...table.typeOf(property, owner, name),
        description: describe(property),
        ...(isPrimitive(property['default']) ? { default: property['default'] } : {}),
        ...(secrets.includes(name) ? { secret: true } : {}),
        ...(replaceOn.includes(name) ? { willReplaceOnChanges: true } : {}),
      },
    ]),
  )
}

function ownerOf(token: string): Owner {
  const [, module = '', name = ''] = token.split(':')
  return { module, name }
}

function isPrimitive(value: unknown): boolean {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
}
