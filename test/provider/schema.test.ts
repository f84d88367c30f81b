import assert from 'node:assert/strict'
import type { GetSchemaResponse } from '@pulumi/pulumi/proto/provider_pb.js'
import providerProto from '@pulumi/pulumi/proto/provider_pb.js'
import { resources } from '../../provider/resources.ts'
import { type ProviderProcess, startProvider } from './engine/provider-process.ts'

type Property = {
  readonly type?: string
  readonly $ref?: string
  readonly description?: string
  readonly default?: unknown
  readonly items?: Property
  readonly secret?: boolean
  readonly willReplaceOnChanges?: boolean
}

type Properties = Readonly<Record<string, Property>>

type Schema = {
  readonly name: string
  readonly version: string
  readonly config: { readonly variables: Properties }
  readonly provider: { readonly inputProperties: Properties }
  readonly resources: Readonly<
    Record<
      string,
      {
        readonly description: string
        readonly inputProperties: Properties
        readonly requiredInputs: readonly string[]
        readonly properties: Properties
        readonly required: readonly string[]
      }
    >
  >
}

describe('the schema of the package', () => {
  let provider: ProviderProcess
  let schema: Schema

  before(async () => {
    provider = await startProvider()
    const answer = await provider.call<GetSchemaResponse>((client, done) =>
      client.getSchema(new providerProto.GetSchemaRequest(), done),
    )
    schema = JSON.parse(answer.getSchema())
  })

  after(async () => {
    await provider.close()
  })

  it('has every resource', () => {
    assert.equal(schema.name, 'twilio')
    const tokens = resources.map(({ token }) => token)
    assert.deepEqual(Object.keys(schema.resources).sort(), tokens.sort())
  })

  it('describes every property, with a type that Pulumi knows', () => {
    const types = ['string', 'integer', 'number', 'boolean', 'array', 'object']
    const wrong = everyProperty(schema).filter(
      ([, { type = '', $ref, description, items }]) =>
        !description ||
        !($ref === 'pulumi.json#/Any' || types.includes(type)) ||
        (type === 'array' && !items),
    )
    assert.deepEqual(wrong, [])
  })

  it('requires only properties that exist', () => {
    const wrong = Object.entries(schema.resources).flatMap(([token, resource]) => [
      ...resource.requiredInputs.filter((name) => !(name in resource.inputProperties)),
      ...resource.required.filter((name) => !(name in resource.properties)),
      ...(resource.description ? [] : [token]),
    ])
    assert.deepEqual(wrong, [])
  })

  it('tells which changes replace, which values are secret, and defaults of the right type', () => {
    const { resources, provider: own, config } = schema
    const activity = resources['twilio:taskrouter:Activity']?.inputProperties
    assert.equal(activity?.['available']?.willReplaceOnChanges, true)
    assert.equal(activity?.['friendlyName']?.willReplaceOnChanges, undefined)
    assert.equal(own.inputProperties['authToken']?.secret, true)
    assert.equal(config.variables['apiSecret']?.secret, true)
    const wrong = everyProperty(schema).filter(
      ([, { type, default: value }]) =>
        value !== undefined && typeof value !== (type === 'integer' ? 'number' : type),
    )
    assert.deepEqual(wrong, [])
  })

  it('is made of inputs that are outputs too', () => {
    const wrong = Object.values(schema.resources).flatMap(({ inputProperties, properties }) =>
      Object.keys(inputProperties).filter((name) => !(name in properties)),
    )
    assert.deepEqual(wrong, [])
  })
})

function everyProperty(schema: Schema): [string, Property][] {
  return [
    schema.config.variables,
    schema.provider.inputProperties,
    ...Object.values(schema.resources).flatMap(({ inputProperties, properties }) => [
      inputProperties,
      properties,
    ]),
  ].flatMap((properties) => Object.entries(properties))
}
