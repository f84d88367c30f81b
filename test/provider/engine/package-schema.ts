/** As much of a package schema as tests look at. */
export type PackageSchema = {
  readonly name: string
  readonly version: string
  readonly config: { readonly variables: Bag }
  readonly provider: ResourceSpec
  readonly types: Readonly<Record<string, TypeSpec>>
  readonly resources: Readonly<Record<string, ResourceSpec>>
  readonly functions: Readonly<
    Record<string, { readonly inputs: ObjectSpec; readonly outputs: ObjectSpec }>
  >
}

type PropertySpec = {
  readonly type?: string
  readonly $ref?: string
  readonly description?: string
  readonly default?: unknown
  readonly items?: PropertySpec
  readonly oneOf?: readonly PropertySpec[]
  readonly additionalProperties?: PropertySpec
  readonly secret?: boolean
  readonly willReplaceOnChanges?: boolean
}

type Bag = Readonly<Record<string, PropertySpec>>

type ObjectSpec = { readonly properties?: Bag; readonly required?: readonly string[] }

type TypeSpec = ObjectSpec & {
  readonly enum?: readonly { readonly name: string; readonly value: unknown }[]
}

type ResourceSpec = {
  readonly description: string
  readonly inputProperties: Bag
  readonly requiredInputs?: readonly string[]
  readonly properties: Bag
  readonly required?: readonly string[]
  readonly listInputs?: ObjectSpec
}

/** A property, and where it stands. */
export type PlacedProperty = {
  readonly path: string
  /** What the property belongs to: the last part of the token. */
  readonly owner: string
  readonly name: string
  readonly spec: PropertySpec
}

/** Every property of configuration, provider, resources, functions and types. */
export function propertiesIn(schema: PackageSchema): readonly PlacedProperty[] {
  const { config, provider, types, resources, functions } = schema
  const bags: [string, Bag | undefined][] = [
    ['config', config.variables],
    ['Provider', provider.inputProperties],
    ...Object.entries(resources).flatMap(([token, spec]): [string, Bag | undefined][] => [
      [token, spec.inputProperties],
      [token, spec.properties],
      [token, spec.listInputs?.properties],
    ]),
    ...Object.entries(functions).flatMap(([token, spec]): [string, Bag | undefined][] => [
      [token, spec.inputs.properties],
      [token, spec.outputs.properties],
    ]),
    ...Object.entries(types).map(([token, spec]): [string, Bag | undefined] => [
      token,
      spec.properties,
    ]),
  ]
  return bags.flatMap(([token, bag = {}]) =>
    Object.entries(bag).map(([name, spec]) => ({
      path: `${token} ${name}`,
      owner: token.slice(token.lastIndexOf(':') + 1),
      name,
      spec,
    })),
  )
}

/** Every `$ref` anywhere in a value. */
export function refsIn(value: unknown): readonly string[] {
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, inner]) =>
    key === '$ref' && typeof inner === 'string' ? [inner] : refsIn(inner),
  )
}
