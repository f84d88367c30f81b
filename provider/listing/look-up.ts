import { closestName } from '../../routing/index.ts'
import {
  defineSchema,
  type Problem,
  type TObject,
  type TSchema,
  Type,
} from '../../schemas/index.ts'
import type { ResourceDescription } from '../description/description.ts'
import { formatId, pathOf } from '../description/identity.ts'
import { read } from '../lifecycle/read.ts'
import type { Properties } from '../protocol/values.ts'
import type { TwilioClient } from '../requests/client.ts'
import { fieldName, fromAnswer, pageSizeOf, parameterName } from '../requests/wire.ts'
import { resources } from '../resources.ts'
import { NothingFound, SeveralFound, UnknownFunction } from './errors.ts'
import { listingOf } from './list.ts'
import { noRows } from './listed-rows.ts'

/** A function that finds one object by its name. */
export type LookUp = {
  /** `twilio:taskrouter:getTaskQueue`. */
  readonly token: string
  readonly resource: ResourceDescription
  /** The property that is the name. */
  readonly property: string
  /** JSON Schema of the arguments: the parents' SIDs and the name. */
  readonly args: TObject
}

/** Every look-up of this provider, derived from the descriptions. */
export const lookUps: readonly LookUp[] = resources.flatMap((resource) => {
  const { token, lookUp, identity, id } = resource
  if (lookUp === undefined || !identity) return []
  const names = [...id.slice(0, -1), identity.property]
  const args = Object.fromEntries(names.map((name) => [name, argument(resource, name)]))
  return [
    {
      token: `${token.slice(0, token.lastIndexOf(':'))}:${lookUp}`,
      resource,
      property: identity.property,
      args: Type.Object(args, { additionalProperties: false }),
    },
  ]
})

const byToken = new Map(lookUps.map((lookUp) => [lookUp.token, lookUp]))

/** The look-up of this token. Throws `UnknownFunction`. */
export function lookUpOf(token: string): LookUp {
  const lookUp = byToken.get(token)
  if (!lookUp) throw new UnknownFunction(token, [...byToken.keys()])
  return lookUp
}

/** What is wrong with the arguments. */
export function checkArguments({ token, args }: LookUp, values: Properties): readonly Problem[] {
  return defineSchema(token, args).problems(values)
}

/** The one object of that name, with its properties as programs write them. Throws `NothingFound` or `SeveralFound`. */
export async function find(
  { token, resource, property }: LookUp,
  client: TwilioClient,
  args: Properties,
): Promise<Properties> {
  const { host, identity } = resource
  const listing = listingOf(resource)
  const rows = listing.kind === 'rows' ? listing.rows : ''
  const path = pathOf(resource, client.accountSid, args)
  const wanted = String(args[property])
  const field = fieldName(property)
  const list = (parameters: Readonly<Record<string, string>>) =>
    client.list({ host, path, parameters: { ...parameters, PageSize: pageSizeOf(resource) } }, rows)
  const filter = identity?.listsByName ? { [parameterName(property)]: wanted } : {}
  const found = (await list(filter)).filter((row) => row[field] === wanted)
  const [first, ...others] = found.map((row) =>
    formatId(resource, { ...args, ...fromAnswer(resource, row) }),
  )
  if (first === undefined) {
    const there = (await list({})).map((row) => String(row[field]))
    throw new NothingFound(token, property, wanted, there, closestName(wanted, there))
  }
  if (others.length > 0) throw new SeveralFound(token, property, wanted, [first, ...others])
  // Lists do not tell everything (a flow's definition, for example).
  const state = await read(resource, client, first, { known: {}, inputs: undefined, rows: noRows })
  if (!state) throw new NothingFound(token, property, wanted, [])
  return { ...state.outputs, id: first }
}

function argument({ inputs }: ResourceDescription, name: string): TSchema {
  const property: Properties = inputs.properties[name] ?? {}
  const { description = '', pattern } = property
  // What a creation does with it is of no interest here.
  const [first = ''] = String(description).split(/[.:;]/)
  return Type.String({
    minLength: 1,
    ...(typeof pattern === 'string' ? { pattern } : {}),
    description: first,
  })
}
