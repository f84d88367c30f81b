import assert from 'node:assert/strict'
import type { GetSchemaResponse } from '@pulumi/pulumi/proto/provider_pb.js'
import providerProto from '@pulumi/pulumi/proto/provider_pb.js'
import { lookUps } from '../../../provider/listing/look-up.ts'
import { resources } from '../../../provider/resources.ts'
import { metaschemaProblems } from '../../support/package-metaschema.ts'
import { type PackageSchema, propertiesIn, refsIn } from '../engine/package-schema.ts'
import { type ProviderProcess, startProvider } from '../engine/provider-process.ts'

describe('the schema of the package', () => {
  let provider: ProviderProcess
  let schema: PackageSchema

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

  it('is one as Pulumi describes them', () => {
    assert.deepEqual(metaschemaProblems(schema), [])
    assert.notDeepEqual(metaschemaProblems({ ...schema, resources: { Workspace: {} } }), [])
  })

  it('has every resource and every look-up', () => {
    assert.equal(schema.name, 'twilio')
    assert.deepEqual(
      Object.keys(schema.resources),
      resources.map(({ token }) => token),
    )
    assert.deepEqual(
      Object.keys(schema.functions),
      lookUps.map(({ token }) => token),
    )
  })

  it('describes every property', () => {
    const wrong = propertiesIn(schema).filter(({ spec }) => !spec.description)
    assert.deepEqual(
      wrong.map(({ path }) => path),
      [],
    )
  })

  it('documents every resource with its example and how it is imported', () => {
    const wrong = Object.entries(schema.resources).filter(
      ([token, { description }]) =>
        !/## Example Usage\n\n```typescript\n[^`]*new twilio\./.test(description) ||
        !description.includes(`pulumi import ${token} name '`),
    )
    assert.deepEqual(
      wrong.map(([token]) => token),
      [],
    )
  })

  it('refers only to types that it has, and has none that nothing refers to', () => {
    const known = new Set(Object.keys(schema.types).map((token) => `#/types/${token}`))
    const used = new Set(refsIn(schema).filter((ref) => ref !== 'pulumi.json#/Any'))
    assert.deepEqual([...used].sort(), [...known].sort())
  })

  it('requires only properties that exist', () => {
    const resourceParts = Object.entries({ ...schema.resources, provider: schema.provider })
    const bags = [
      ...resourceParts.flatMap(
        ([token, { inputProperties, requiredInputs, properties, required }]) => [
          { token, properties: inputProperties, required: requiredInputs },
          { token, properties, required },
        ],
      ),
      ...Object.entries(schema.functions).flatMap(([token, { inputs, outputs }]) => [
        { token, ...inputs },
        { token, ...outputs },
      ]),
      ...Object.entries(schema.types).map(([token, type]) => ({ token, ...type })),
    ]
    const wrong = bags.flatMap(({ token, properties = {}, required = [] }) =>
      required.filter((name) => !(name in properties)).map((name) => `${token} ${name}`),
    )
    assert.deepEqual(wrong, [])
  })

  it('is made of inputs that are outputs too', () => {
    const wrong = Object.values(schema.resources).flatMap(({ inputProperties, properties }) =>
      Object.keys(inputProperties).filter((name) => !(name in properties)),
    )
    assert.deepEqual(wrong, [])
  })

  it('tells which changes replace and which values are secret', () => {
    const { resources: types, provider: own, config } = schema
    const activity = types['twilio:taskrouter:Activity']?.inputProperties
    assert.equal(activity?.['available']?.willReplaceOnChanges, true)
    assert.equal(activity?.['friendlyName']?.willReplaceOnChanges, undefined)
    assert.equal(types['twilio:account:ApiKey']?.properties['secret']?.secret, true)
    assert.equal(own.inputProperties['authToken']?.secret, true)
    assert.equal(config.variables['apiSecret']?.secret, true)
    for (const { token, replaceOn, secrets = [] } of resources) {
      const { inputProperties = {}, properties = {} } = types[token] ?? {}
      const replacing = Object.keys(inputProperties).filter(
        (name) => inputProperties[name]?.willReplaceOnChanges,
      )
      const hidden = Object.keys(properties).filter((name) => properties[name]?.secret)
      assert.deepEqual(replacing.sort(), [...replaceOn].sort())
      assert.deepEqual(hidden.sort(), [...secrets].sort())
    }
  })

  it('says in words what replaces, too', () => {
    const wrong = resources.flatMap(({ token, replaceOn, inputs }) =>
      replaceOn
        .filter((name) => !/replaces/.test(inputs.properties[name]?.description ?? ''))
        .map((name) => `${token} ${name}`),
    )
    assert.deepEqual(wrong, [])
  })

  it('has defaults of the property’s own type, an enum’s being one of its values', () => {
    const wrong = propertiesIn(schema).filter(({ spec: { type, $ref, default: value } }) => {
      if (value === undefined) return false
      if (!$ref) return typeof value !== (type === 'integer' ? 'number' : type)
      const choices = schema.types[$ref.slice('#/types/'.length)]?.enum ?? []
      return !choices.some((choice) => choice.value === value)
    })
    assert.deepEqual(
      wrong.map(({ path }) => path),
      [],
    )
  })

  it('tells the values of an enum, each by a name of its own', () => {
    const taskOrder = schema.types['twilio:taskrouter:TaskQueueTaskOrder']
    assert.deepEqual(taskOrder?.enum, [
      { name: 'Fifo', value: 'FIFO' },
      { name: 'Lifo', value: 'LIFO' },
    ])
    const wrong = Object.entries(schema.types).filter(([, type]) => {
      const names = type.enum?.map(({ name }) => name) ?? []
      const values = new Set(type.enum?.map(({ value }) => value))
      return (
        new Set(names).size < names.length ||
        values.size < names.length ||
        names.some((name) => !/^[A-Z][A-Za-z0-9]*$/.test(name))
      )
    })
    assert.deepEqual(
      wrong.map(([token]) => token),
      [],
    )
  })

  it('types documents, and leaves open what has no form of its own', () => {
    const { types } = schema
    const target = types['twilio:taskrouter:WorkflowConfigurationTaskRoutingFilterTarget']
    assert.deepEqual(target?.properties?.['timeout']?.oneOf, [
      { type: 'integer' },
      { type: 'string' },
    ])
    const state = types['twilio:studio:FlowDefinitionState']
    assert.equal(state?.properties?.['properties']?.additionalProperties?.$ref, 'pulumi.json#/Any')
  })
})
