import fc from 'fast-check'
import type { ResourceDescription } from '../../../provider/description/description.ts'
import { resourceOf } from '../../../provider/resources.ts'
import type { TSchema } from '../../../schemas/index.ts'
import type { Properties } from '../engine/wire.ts'
import { documents } from './documents.ts'
import { ownInputs } from './own-inputs.ts'

/** SIDs of what there is already, by the token of its type. */
export type Made = Readonly<Record<string, string>>

const types: Readonly<Record<string, string>> = {
  AD: 'twilio:account:Address',
  AP: 'twilio:voice:Application',
  DG: 'twilio:events:Sink',
  FW: 'twilio:studio:Flow',
  MG: 'twilio:messaging:Service',
  PN: 'twilio:phoneNumbers:IncomingPhoneNumber',
  WA: 'twilio:taskrouter:Activity',
  WK: 'twilio:taskrouter:Worker',
  WQ: 'twilio:taskrouter:TaskQueue',
  WS: 'twilio:taskrouter:Workspace',
  WW: 'twilio:taskrouter:Workflow',
}

/** What the inputs of a type refer to, by property; a property that refers to what no resource makes is left out of programs. */
export function referencesOf(resource: ResourceDescription): Readonly<Record<string, string>> {
  const found = Object.entries(resource.inputs.properties).flatMap(([name, { pattern }]) => {
    const [, prefix] = /^\^([A-Z]{2})\[0-9a-fA-F\]\{32\}\$$/.exec(String(pattern)) ?? []
    return prefix === undefined ? [] : [[name, typeOf(prefix, resource.token)] as const]
  })
  return Object.fromEntries(found)
}

/**
 * Inputs of a type, derived from its schema: every required property, and optional ones by chance. What a schema can't say, a type
 * has in `own-inputs.ts`.
 */
export function arbitraryInputs(token: string, made: Made): fc.Arbitrary<Properties> {
  const members = arbitraryMembers(token, made)
  const required = resourceOf(token).inputs.required ?? []
  const own = Object.keys(ownInputs(made)[token] ?? {})
  return fc.record(members, { requiredKeys: [...required, ...own].filter((name) => members[name]) })
}

/** The same, property by property. */
export function arbitraryMembers(token: string, made: Made): Record<string, fc.Arbitrary<unknown>> {
  const resource = resourceOf(token)
  const own = ownInputs(made)[token] ?? {}
  const references = referencesOf(resource)
  const members = Object.entries(resource.inputs.properties).flatMap(([name, schema]) => {
    if (name in own) return own[name] ? [[name, own[name]] as const] : []
    if (!(name in references)) return [[name, arbitraryValue(schema, `${token} ${name}`)] as const]
    const sid = made[references[name] ?? '']
    return sid === undefined ? [] : [[name, fc.constant(sid)] as const]
  })
  return Object.fromEntries(members)
}

const names = fc.stringMatching(/^[A-Z][a-z]{3,12} [A-Za-z0-9]{1,12}$/)
const urls = fc.constantFrom('https://example.com/one', 'https://example.com/two?x=1&y=2')

function arbitraryValue(schema: TSchema, place: string): fc.Arbitrary<unknown> {
  const { enum: choices, anyOf: variants, pattern, minimum, maximum, items } = schema
  if (Array.isArray(choices)) return fc.constantFrom(...choices)
  if (Array.isArray(variants)) {
    return fc.oneof(...variants.map((variant) => arbitraryValue(variant, place)))
  }
  if ('const' in schema) return fc.constant(schema['const'])
  switch (schema['type']) {
    case 'string':
      if (typeof pattern !== 'string') return names
      return pattern.includes('https?') ? urls : fc.stringMatching(new RegExp(pattern))
    case 'integer':
      return fc.integer({ min: Number(minimum ?? 0), max: Number(maximum ?? 1_000) })
    case 'boolean':
      return fc.boolean()
    case 'array':
      return fc.uniqueArray(arbitraryValue(items as TSchema, place), {
        minLength: Number(schema['minItems'] ?? 0),
        maxLength: 4,
        comparator: (a, b) => JSON.stringify(a) === JSON.stringify(b),
      })
    case 'object':
      if (!schema['properties']) return documents
      return fc.record(
        Object.fromEntries(
          Object.entries(schema['properties'] as Readonly<Record<string, TSchema>>).map(
            ([name, member]) => [name, arbitraryValue(member, `${place}.${name}`)],
          ),
        ),
        { requiredKeys: (schema['required'] ?? []) as string[] },
      )
    default:
      throw new Error(
        `${place}: no program can be made up for it: give the type its own inputs in own-inputs.ts`,
      )
  }
}

function typeOf(prefix: string, token: string): string {
  const [, module] = token.split(':')
  if (prefix === 'IS') return `twilio:${module === 'sync' ? 'sync' : 'conversations'}:Service`
  return types[prefix] ?? ''
}
