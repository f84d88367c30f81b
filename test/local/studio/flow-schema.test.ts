import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Ajv } from 'ajv'
import { projectDir } from '../../../local/paths.ts'
import { flowSchema } from '../../../local/studio/flow-schema.ts'
import { widgets } from '../../../schemas/index.ts'
import * as built from '../../../studio-flows/index.ts'
import { greetingFlow } from '../../provider/studio/greeting-flow.ts'

type Json = Readonly<Record<string, unknown>>

const folder = join(projectDir, 'schemas/studio')

describe('flowSchema', () => {
  let written: Json
  before(async () => {
    written = JSON.parse(await readFile(join(folder, 'flow.schema.json'), 'utf8'))
  })

  const fits = (document: unknown) => new Ajv({ strict: false }).compile(written)(document)

  it('is what schemas/studio/flow.schema.json holds: else, npm run studio:schema', async () => {
    assert.deepEqual(JSON.parse(JSON.stringify(await flowSchema(join(folder, 'widgets')))), written)
  })

  it('takes what is built and what is exported', () => {
    const flows = [
      ...Object.values<built.Flow>(built).map(({ definition }) => definition),
      greetingFlow(),
    ]
    assert.deepEqual(flows.map(fits), [true, true, true])
    assert.equal(fits({ ...greetingFlow(), $schema: '../schemas/studio/flow.schema.json' }), true)
  })

  it('refuses a wrong type, exit and value', () => {
    const withGreeting = (change: Json) => {
      const states = greetingFlow().states.map((state) =>
        state.name === 'greeting' ? { ...state, ...change } : state,
      )
      return fits({ ...greetingFlow(), states })
    }
    assert.equal(withGreeting({}), true)
    assert.equal(withGreeting({ properties: { say: 1 } }), false)
    assert.equal(withGreeting({ transitions: [{ event: 'keypresss' }] }), false)
    assert.equal(withGreeting({ type: 'connect-call-to', properties: { noun: 'phone' } }), false)
  })

  it('tells of every widget, property and exit what it is', () => {
    const { items } = (written['properties'] as { readonly states: Json }).states
    const { properties, allOf } = items as {
      readonly properties: Json
      readonly allOf: readonly Json[]
    }
    const [{ enumDescriptions: types }] = (
      properties['type'] as { readonly anyOf: readonly [Json] }
    ).anyOf
    const described = (types as readonly string[]).filter((text) => text !== '')
    assert.equal(described.length, Object.keys(widgets).length)
    const texts = allOf.slice(1).flatMap(textsOf)
    assert.ok(texts.length > 200)
    assert.deepEqual(
      texts.filter(([, text]) => !text),
      [],
    )
  })
})

type Described = Readonly<Record<string, { readonly description?: string }>>

/** What a rule of the schema says of one type of widget. */
type Rule = {
  readonly then: {
    readonly properties: {
      readonly properties: { readonly properties: Described }
      readonly transitions: {
        readonly items: {
          readonly properties: {
            readonly event: {
              readonly enum: readonly string[]
              readonly enumDescriptions: readonly string[]
            }
          }
        }
      }
    }
  }
}

// Descriptions of the properties and exits of one type.
function textsOf(rule: Json): readonly (readonly [string, string | undefined])[] {
  const { properties, transitions } = (rule as Rule).then.properties
  const { enum: exits, enumDescriptions } = transitions.items.properties.event
  const described = Object.entries(properties.properties)
  return [
    ...described.map(([name, { description }]) => [name, description] as const),
    ...exits.map((name, i) => [name, enumDescriptions[i]] as const),
  ]
}
