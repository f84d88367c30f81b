import type { Context } from '../context.ts'
import { isoDates, missing, newStored } from '../objects/stored.ts'
import { isoDateOrNull } from '../rest/date.ts'
import { pageV1 } from '../rest/paging.ts'
import { badRequest, conflict, TwilioRefusal } from '../rest/refusal.ts'
import { type Call, created, noContent, ok, pathPart } from '../rest/route.ts'
import { BASE } from './base.ts'
import { syncCodes } from './codes.ts'
import type { SyncServiceRow } from './services.ts'
import type { SyncMap, SyncMapRow, SyncMaps } from './sync-maps.ts'
import { expiry } from './time-to-live.ts'

/** Finds the service that a call's path names. */
export type ServiceOf = (call: Call) => SyncServiceRow

/** `/Services/{ServiceSid}/Maps`; `{Sid}` may be the unique name. */
export function createMaps(context: Context, serviceOf: ServiceOf, maps: SyncMaps) {
  const { accountSid, clock } = context
  const body = ({ row }: SyncMap) => mapBody(row, accountSid)

  function readUniqueName(name: string | undefined, serviceSid: string): string | null {
    if (name === undefined) return null
    if (name === '' || name.length > 256 || /^[A-Z]{2}[a-f0-9]{32}$/.test(name)) {
      throw badRequest(
        `UniqueName '${name}' must have 1 to 256 characters and not look like a SID`,
        syncCodes.uniqueNameInvalid,
      )
    }
    if (maps.find(serviceSid, name)) {
      throw conflict(`A map of the unique name '${name}' exists`, syncCodes.uniqueNameExists)
    }
    return name
  }

  return {
    list(call: Call) {
      const pages = maps.ofService(serviceOf(call).sid).map((map) => ({ sid: map.row.sid, map }))
      return pageV1(call, 'maps', pages, ({ map }) => body(map))
    },
    create(call: Call) {
      const { sid: serviceSid } = serviceOf(call)
      const uniqueName = readUniqueName(call.form.text('UniqueName'), serviceSid)
      const dateExpires = expiry(call.form, clock.now(), 'CollectionTtl', 'Ttl') ?? null
      const stored = newStored(context, 'MP')
      const map = maps.add({ ...stored, serviceSid, uniqueName, revision: 0, dateExpires })
      return created(body(map))
    },
    fetch: (call: Call) => ok(body(mapOf(call, serviceOf, maps, 'Sid'))),
    update(call: Call) {
      const map = mapOf(call, serviceOf, maps, 'Sid')
      const dateExpires = expiry(call.form, clock.now(), 'CollectionTtl', 'Ttl')
      if (dateExpires !== undefined) {
        map.row = { ...map.row, dateExpires, dateUpdated: clock.now() }
      }
      return ok(body(map))
    },
    /** Its items go with it. */
    remove(call: Call) {
      maps.remove(mapOf(call, serviceOf, maps, 'Sid').row.sid)
      return noContent
    },
  }
}

/** The map that the path's part names, by SID or unique name; refuses with 404. */
export function mapOf(call: Call, serviceOf: ServiceOf, maps: SyncMaps, part: string): SyncMap {
  const name = pathPart(call, part)
  const map = maps.find(serviceOf(call).sid, name)
  if (map) return map
  if (/^MP[a-f0-9]{32}$/.test(name)) throw missing(call)
  throw new TwilioRefusal(404, syncCodes.uniqueNameNotFound, `Unique name '${name}' not found`)
}

function mapBody(row: SyncMapRow, accountSid: string) {
  const url = `${BASE}/${row.serviceSid}/Maps/${row.sid}`
  return {
    sid: row.sid,
    unique_name: row.uniqueName,
    account_sid: accountSid,
    service_sid: row.serviceSid,
    revision: row.revision.toString(16),
    created_by: 'system',
    date_expires: isoDateOrNull(row.dateExpires),
    ...isoDates(row),
    url,
    links: { items: `${url}/Items`, permissions: `${url}/Permissions` },
  }
}
