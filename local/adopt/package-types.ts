import { defineSchema, Type, type TypeOf } from '../../schemas/index.ts'

// As much of Pulumi's package schema as is looked at here.
const propertySpec = Type.Object(
  { secret: Type.Optional(Type.Boolean()) },
  { additionalProperties: true },
)
const packageSchema = defineSchema(
  'schema of the package',
  Type.Object(
    {
      resources: Type.Record(
        Type.String(),
        Type.Object(
          {
            inputProperties: Type.Record(Type.String(), propertySpec),
            properties: Type.Optional(Type.Record(Type.String(), propertySpec)),
          },
          { additionalProperties: true },
        ),
      ),
      functions: Type.Optional(
        Type.Record(
          Type.String(),
          Type.Object(
            {
              inputs: Type.Object(
                { properties: Type.Record(Type.String(), propertySpec) },
                { additionalProperties: true },
              ),
            },
            { additionalProperties: true },
          ),
        ),
      ),
    },
    { additionalProperties: true },
  ),
)

/** A resource type, as the package's schema tells it. */
export type ResourceType = {
  /** `twilio:taskrouter:TaskQueue`. */
  readonly token: string
  /** `taskrouter`. */
  readonly module: string
  /** `TaskQueue`. */
  readonly name: string
  readonly inputs: ReadonlySet<string>
  readonly secrets: ReadonlySet<string>
  /** Whether it has a SID of its own, by which others refer to it. */
  readonly hasSid: boolean
  /** The function that finds one by name, and what it takes. */
  readonly lookUp: { readonly name: string; readonly args: readonly string[] } | undefined
}

/** The resource types of a package, in the order in which its schema lists them. */
export function readPackageTypes(schema: unknown): readonly ResourceType[] {
  const { resources, functions = {} } = packageSchema.parse(schema)
  return Object.entries(resources).map(([token, { inputProperties, properties = {} }]) => {
    const [, module = '', name = ''] = token.split(':')
    const names = Object.entries(inputProperties)
    return {
      token,
      module,
      name,
      inputs: new Set(names.map(([property]) => property)),
      secrets: new Set(names.filter(([, { secret }]) => secret).map(([property]) => property)),
      hasSid: 'sid' in properties,
      lookUp: lookUpOf(module, name, functions),
    }
  })
}

/** `taskrouter.TaskQueue`. */
export function shortName({ module, name }: ResourceType): string {
  return `${module}.${name}`
}

// `getPhoneNumber` finds an IncomingPhoneNumber.
function lookUpOf(
  module: string,
  name: string,
  functions: NonNullable<TypeOf<typeof packageSchema>['functions']>,
): ResourceType['lookUp'] {
  for (const [token, { inputs }] of Object.entries(functions)) {
    const [, place, found = ''] = token.split(':')
    if (place !== module || !found.startsWith('get') || !name.endsWith(found.slice(3))) continue
    return { name: found, args: Object.keys(inputs.properties) }
  }
  return undefined
}
