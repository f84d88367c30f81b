import type { Listing, ResourceDescription } from '../description/description.ts'
import { pathOf } from '../description/identity.ts'
import type { Properties } from '../protocol/values.ts'
import type { Answer, TwilioClient } from '../requests/client.ts'
import { unlessGone } from '../requests/late-reads.ts'
import { fieldOf, pageSizeOf } from '../requests/wire.ts'
import { resourceOf, resources } from '../resources.ts'
import { NotListable, UnusableQuery } from './errors.ts'
import { isUntouched } from './untouched.ts'

/** An object of the account, by the id that imports it. */
export type Listed = { readonly id: string; readonly name: string }

/** A part of a list. */
export type ListedPart = {
  readonly objects: readonly Listed[]
  /** Where the list goes on; absent at its end. */
  readonly next?: string
}

/** What part of a list is wanted. */
export type ListQuery = {
  /** SIDs of parents (`workspaceSid`), and `untouched: false` to leave out what came with a parent as it is. */
  readonly query?: Properties
  /** Objects at most; default all. */
  readonly limit?: number
  /** Where an earlier part ended. */
  readonly from?: string
}

/** Where a list stands: at a row of a page of the collection in this place. */
type Position = { readonly place: string; readonly page: string; readonly row: number }

/** SIDs of the parents, by the property that names them. */
type Place = Readonly<Record<string, string>>

type Found = { readonly place: Place; readonly row: Answer; readonly at: Position }

const nameFields = [
  ...['friendly_name', 'unique_name', 'phone_number', 'customer_name', 'description'],
  'task_channel_unique_name',
]
const isSid = /^[A-Z]{2}[0-9a-f]{32}$/

/**
 * The objects of a type, in Twilio's order. Children are listed in every parent that the query leaves open. Throws `NotListable`,
 * or `UnusableQuery`.
 */
export async function listObjects(
  resource: ResourceDescription,
  client: TwilioClient,
  { query = {}, limit = Number.POSITIVE_INFINITY, from }: ListQuery,
): Promise<ListedPart> {
  const { untouched = true, ...sids } = query
  checkQuery(resource, query)
  const listing = listingOf(resource)
  const wanted = { sids, limit, from: readPosition(resource, from) }
  const objects: Listed[] = []
  for await (const { place, row, at } of walk(resource, client, wanted)) {
    const own = sidsOf(resource, place, row)
    if (Object.entries(sids).some(([name, sid]) => own[name] !== sid)) continue
    const id = Object.values(own).join('/')
    const listed = { id, row, own: listing.kind !== 'each' }
    if (untouched === false && (await isUntouched(resource, client, listed))) continue
    if (objects.length >= limit) return { objects, next: writePosition(at) }
    objects.push({ id, name: nameOf(resource, row) })
  }
  return { objects }
}

/** How all objects of the type are found. Throws `NotListable` where there is no way. */
export function listingOf({
  token,
  listing,
  identity,
}: ResourceDescription): Exclude<Listing, { kind: 'none' }> {
  const known = listing ?? (identity && { kind: 'rows', rows: identity.rows })
  if (!known) throw new NotListable(token, 'this provider does not know how')
  if (known.kind === 'none') throw new NotListable(token, known.reason)
  return known
}

/** The type whose objects this one's are parts of: the one whose collection leads to this one's. */
export function parentOf({
  host,
  collection,
}: ResourceDescription): ResourceDescription | undefined {
  const prefix = collection.slice(0, collection.lastIndexOf('/{'))
  return resources.find(
    (other) =>
      other.host === host &&
      other.collection === prefix &&
      (other.listing?.kind ?? 'rows') === 'rows' &&
      prefix !== '',
  )
}

type Wanted = {
  readonly sids: Properties
  readonly limit: number
  readonly from: Position | undefined
}

async function* walk(
  resource: ResourceDescription,
  client: TwilioClient,
  wanted: Wanted,
): AsyncGenerator<Found> {
  const listing = listingOf(resource)
  switch (listing.kind) {
    case 'single': {
      const sid = listing.id ?? client.accountSid
      const { host } = resource
      const path = pathOf(resource, client.accountSid, {}, sid)
      // Not every account has every product.
      const row = await unlessGone(() => client.send({ method: 'GET', host, path }))
      if (row && !wanted.from) {
        yield { place: {}, row: { ...row, sid }, at: { place: '', page: '', row: 0 } }
      }
      return
    }
    case 'each':
      yield* walk(resourceOf(listing.of), client, wanted)
      return
    case 'rows':
      yield* walkRows(resource, listing.rows, client, wanted)
      return
    default:
      throw new Error(`no such listing: ${JSON.stringify(listing satisfies never)}`)
  }
}

async function* walkRows(
  resource: ResourceDescription,
  rows: string,
  client: TwilioClient,
  { sids, limit, from }: Wanted,
): AsyncGenerator<Found> {
  const pageSize = Math.min(pageSizeOf(resource), Math.max(1, limit))
  let begun = from === undefined
  for (const place of await placesOf(resource, client, sids)) {
    const key = Object.values(place).join('/')
    const resumed = !begun && key === from?.place ? from : undefined
    begun ||= resumed !== undefined
    if (!begun) continue
    let path: string | undefined =
      resumed?.page ?? `${collectionIn(resource, client, place)}?PageSize=${pageSize}`
    let skipped = resumed?.row ?? 0
    while (path !== undefined) {
      const page = await client.page({ host: resource.host, path }, rows)
      for (const [i, row] of page.rows.entries()) {
        // To a subaccount the list of accounts tells itself alone, and nobody manages the account that they work in.
        if (i < skipped || row['sid'] === client.accountSid || resource.isGone?.(row)) continue
        yield { place, row, at: { place: key, page: path, row: i } }
      }
      skipped = 0
      path = page.next
    }
  }
  if (!begun) {
    const reason = 'is of an older list, and the parent where that stood is gone: list again'
    throw new UnusableQuery(resource.token, 'continuation_token', reason)
  }
}

/** Every place where the collection exists: one for each parent, or only the one that the query names. */
async function placesOf(
  resource: ResourceDescription,
  client: TwilioClient,
  sids: Properties,
): Promise<readonly Place[]> {
  const names = placeholdersOf(resource)
  const name = names.at(-1)
  if (name === undefined) return [{}]
  if (names.every((each) => sids[each] !== undefined)) {
    return [Object.fromEntries(names.map((each) => [each, String(sids[each])]))]
  }
  const parent = parentOf(resource)
  if (!parent) {
    throw new UnusableQuery(resource.token, name, 'is missing: nothing here lists its parents')
  }
  const places: Place[] = []
  const wanted = { sids, limit: Number.POSITIVE_INFINITY, from: undefined }
  for await (const { place, row } of walk(parent, client, wanted)) {
    const sid = String(row['sid'])
    if (sids[name] === undefined || sids[name] === sid) places.push({ ...place, [name]: sid })
  }
  return places
}

function placeholdersOf({ collection }: ResourceDescription): readonly string[] {
  return [...collection.matchAll(/\{(\w+)\}/g)]
    .map(([, name = '']) => name)
    .filter((name) => name !== 'accountSid')
}

function collectionIn(resource: ResourceDescription, client: TwilioClient, place: Place): string {
  return pathOf(resource, client.accountSid, place)
}

// A row may be the parent's, where the object is a part of it; its SID then stands for the whole.
function sidsOf({ id }: ResourceDescription, place: Place, row: Answer): Record<string, string> {
  const last = id.at(-1) ?? 'sid'
  return Object.fromEntries(
    id.map((name) => [name, name === last ? String(row['sid']) : (place[name] ?? '')]),
  )
}

function nameOf(resource: ResourceDescription, row: Answer): string {
  const { identity } = resource
  const fields = [...(identity ? [fieldOf(resource, identity.property)] : []), ...nameFields]
  const named = fields
    .map((field) => row[field])
    .find((name) => typeof name === 'string' && name !== '' && !isSid.test(name))
  return String(named ?? row['sid'])
}

function checkQuery(resource: ResourceDescription, query: Properties): void {
  const known = [...resource.id, 'untouched']
  for (const [name, value] of Object.entries(query)) {
    if (!known.includes(name)) {
      throw new UnusableQuery(
        resource.token,
        name,
        `is not known here; there are ${known.join(', ')}`,
      )
    }
    const type = name === 'untouched' ? 'boolean' : 'string'
    if (typeof value !== type) throw new UnusableQuery(resource.token, name, `must be a ${type}`)
  }
}

function writePosition(position: Position): string {
  return Buffer.from(JSON.stringify(position)).toString('base64url')
}

function readPosition({ token }: ResourceDescription, text?: string): Position | undefined {
  if (!text) return undefined
  try {
    const { place, page, row }: Properties = JSON.parse(String(Buffer.from(text, 'base64url')))
    if (typeof place === 'string' && typeof page === 'string' && typeof row === 'number') {
      return { place, page, row }
    }
  } catch {
    // Told below, like any other text that is no position.
  }
  throw new UnusableQuery(token, 'continuation_token', 'is none that an earlier list gave')
}
