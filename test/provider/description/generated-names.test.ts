import assert from 'node:assert/strict'
import { packageSchema } from '../../../provider/description/schema.ts'
import { type PackageSchema, propertiesIn } from '../engine/package-schema.ts'

// What generators of SDKs make beside the name itself.
const derived = {
  resources: ['Args', 'State', 'Output', 'Input', 'Array', 'Map'],
  functions: ['Args', 'Result', 'Output', 'Invoke'],
  types: ['Args', 'Output', 'Input', 'Array', 'Map', 'Ptr'],
} as const

// Words that some language keeps to itself and that its generator does not escape where a property becomes a parameter or field.
const reserved = new Set(
  'and as assert async await base break case catch checked class const continue def del do else enum except extends final finally for foreach from func global goto if implements import in interface is lambda lock nonlocal not null operator or out override package params pass pulumi raise ref return static super switch this throw throws try typeof var void volatile while with yield'.split(
    ' ',
  ),
)

describe('names in generated SDKs', () => {
  const schema = JSON.parse(JSON.stringify(packageSchema())) as PackageSchema
  const properties = propertiesIn(schema)
  const tokens = [
    ...Object.keys(schema.resources),
    ...Object.keys(schema.functions),
    ...Object.keys(schema.types),
  ]

  it('of properties are names in every language', () => {
    const wrong = properties.filter(
      ({ name }) => !/^[a-z][a-z0-9]*([A-Z_][A-Za-z0-9]*)*$/.test(name) || reserved.has(name),
    )
    assert.deepEqual(paths(wrong), [])
  })

  it('leave Pulumi its own', () => {
    const own = ['id', 'urn', 'pulumi', 'version', 'opts', 'resourceName', 'resourceOptions']
    // Only a look-up may tell an id.
    const wrong = properties.filter(
      ({ name, owner }) => own.includes(name) && !(name === 'id' && owner.startsWith('get')),
    )
    assert.deepEqual(paths(wrong), [])
  })

  it('of the properties of one type differ, also in letters of one case and without underscores', () => {
    const seen = new Map<string, string>()
    const wrong = properties.filter(({ path, name, owner }) => {
      const key = `${path.slice(0, -name.length)}${owner} ${name.replaceAll('_', '').toLowerCase()}`
      const same = seen.get(key)
      seen.set(key, name)
      return same !== undefined && same !== name
    })
    assert.deepEqual(paths(wrong), [])
  })

  it('of properties are not those of their class, which C# refuses', () => {
    const wrong = properties.filter(
      ({ name, owner }) => name.charAt(0).toUpperCase() + name.slice(1) === owner,
    )
    assert.deepEqual(paths(wrong), [])
  })

  it('of resources, functions and types of a module differ, also from what is derived from them', () => {
    const made = new Map<string, string>()
    const wrong: string[] = []
    for (const token of tokens) {
      // Where modules become one namespace (Go, Python), upper and lower case of a file’s name may not tell two apart.
      const name = token.toLowerCase()
      if (made.has(name)) wrong.push(`${token} and ${made.get(name)}`)
      made.set(name, token)
    }
    for (const kind of ['resources', 'functions', 'types'] as const) {
      for (const token of Object.keys(schema[kind])) {
        const others = derived[kind].map((suffix) => made.get(`${token}${suffix}`.toLowerCase()))
        for (const other of others) {
          if (other) wrong.push(`${other} and what is made of ${token}`)
        }
      }
    }
    assert.deepEqual(wrong, [])
  })

  it('of modules are one word, so that every language can have a package of it', () => {
    const modules = new Set(tokens.map((token) => token.split(':')[1]))
    assert.deepEqual(
      [...modules].filter((module) => !/^[a-z][A-Za-z0-9]*$/.test(module ?? '')),
      [],
    )
  })
})

describe('unions', () => {
  it('are of types that can be told apart', () => {
    const schema = JSON.parse(JSON.stringify(packageSchema())) as PackageSchema
    const wrong = propertiesIn(schema).filter(({ spec: { oneOf = [] } }) => {
      const kinds = oneOf.map(({ type, $ref }) => type ?? $ref)
      return new Set(kinds).size < kinds.length
    })
    assert.deepEqual(paths(wrong), [])
  })
})

function paths(found: readonly { readonly path: string }[]): readonly string[] {
  return found.map(({ path }) => path)
}
