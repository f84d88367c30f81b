import { ProviderError } from '../protocol/provider-error.ts'
import type { Properties } from '../protocol/values.ts'
import { UnusableAnswer } from '../requests/errors.ts'
import type { ResourceDescription } from './description.ts'

/**
 * The id of an object: its parents' SIDs and its own, `WS…/WA…`. It is what `pulumi import` takes. Throws `UnusableAnswer` when
 * Twilio's answer, of which the properties are, named no SID.
 */
export function formatId(resource: ResourceDescription, properties: Properties): string {
  const sids = resource.id.map((name) => properties[name])
  if (!sids.every((sid) => typeof sid === 'string'))
    throw new UnusableAnswer(`the SID of ${resource.token}`)
  return sids.join('/')
}

/** What ids of this type look like: `<workspaceSid>/<sid>`. */
export function idFormat(resource: ResourceDescription): string {
  return resource.id.map((name) => `<${name}>`).join('/')
}

/** Where an object is: the SIDs its id consists of, by property, and the last of them. */
export type Place = { readonly sids: Readonly<Record<string, string>>; readonly sid: string }

/** The SIDs an id consists of. Throws `UnusableId`. */
export function parseId(resource: ResourceDescription, id: string): Place {
  const parts = id.split('/')
  if (parts.length !== resource.id.length || parts.some((part) => part === '')) {
    throw new UnusableId(resource.token, id, idFormat(resource))
  }
  const sids = Object.fromEntries(resource.id.map((name, i) => [name, parts[i] ?? '']))
  return { sids, sid: parts.at(-1) ?? '' }
}

/** Path of the collection, or of the object with this SID. */
export function pathOf(
  resource: ResourceDescription,
  accountSid: string,
  properties: Properties,
  sid?: string,
): string {
  const collection = resource.collection.replace(/\{(\w+)\}/g, (_, name: string) =>
    encodeURIComponent(name === 'accountSid' ? accountSid : String(properties[name])),
  )
  if (sid === undefined || resource.single) return collection
  return collection.endsWith('.json')
    ? `${collection.slice(0, -'.json'.length)}/${encodeURIComponent(sid)}.json`
    : `${collection}/${encodeURIComponent(sid)}`
}

/** An id, given to an import for example, that no object of this type can have. */
export class UnusableId extends ProviderError {
  override readonly name = 'UnusableId'
  readonly code = 'unusable-id'

  constructor(token: string, id: string, wanted: string) {
    super(`“${id}” is no id of ${token}: it is ${wanted}`)
  }
}
