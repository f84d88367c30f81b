import type { Context } from '../context.ts'
import { isoDate, isoDateOrNull } from '../rest/date.ts'
import { isObject, parseJson } from '../rest/json-parameter.ts'
import { pageV1 } from '../rest/paging.ts'
import { badRequest, conflict, TwilioRefusal } from '../rest/refusal.ts'
import { type Call, created, noContent, ok, pathPart } from '../rest/route.ts'
import { limitText } from '../rest/text-limit.ts'
import { BASE } from './base.ts'
import { syncCodes } from './codes.ts'
import { mapOf, type ServiceOf } from './maps.ts'
import type { SyncItemRow, SyncMap, SyncMaps } from './sync-maps.ts'
import { expiry } from './time-to-live.ts'

const LONGEST_KEY = 320
const MOST_BYTES = 16_384

/** `/Services/{ServiceSid}/Maps/{MapSid}/Items`, in order of their keys. */
export function createMapItems(context: Context, serviceOf: ServiceOf, maps: SyncMaps) {
  const { accountSid, clock } = context
  const body = (map: SyncMap, item: SyncItemRow) => itemBody(map, item, accountSid)
  const inMap = (call: Call) => mapOf(call, serviceOf, maps, 'MapSid')

  function change(map: SyncMap, form: Call['form']): void {
    const now = clock.now()
    const sent = expiry(form, now, 'CollectionTtl')
    const dateExpires = sent === undefined ? map.row.dateExpires : sent
    map.row = { ...map.row, revision: map.row.revision + 1, dateExpires, dateUpdated: now }
  }

  return {
    list(call: Call) {
      const map = inMap(call)
      const pages = selected(call, [...map.items.values()]).map((item) => ({ sid: item.key, item }))
      return pageV1(call, 'items', pages, ({ item }) => body(map, item))
    },

    create(call: Call) {
      const map = inMap(call)
      const { form } = call
      const key = limitText('Key', form.required('Key'), LONGEST_KEY)
      const data = readData(form.required('Data'))
      if (map.items.has(key)) {
        throw conflict(`An item of the key '${key}' exists in the map`, syncCodes.itemExists)
      }
      const now = clock.now()
      const dateExpires = expiry(form, now, 'ItemTtl', 'Ttl') ?? null
      const item = { key, data, revision: 0, dateCreated: now, dateUpdated: now, dateExpires }
      map.items.set(key, item)
      change(map, form)
      return created(body(map, item))
    },

    fetch(call: Call) {
      const map = inMap(call)
      return ok(body(map, itemOf(call, map)))
    },

    update(call: Call) {
      const map = inMap(call)
      const item = itemOf(call, map)
      const { form } = call
      const text = form.text('Data')
      const dateExpires = expiry(form, clock.now(), 'ItemTtl', 'Ttl')
      const next = {
        ...item,
        data: text === undefined ? item.data : readData(text),
        dateExpires: dateExpires === undefined ? item.dateExpires : dateExpires,
        revision: item.revision + 1,
        dateUpdated: clock.now(),
      }
      map.items.set(item.key, next)
      change(map, form)
      return ok(body(map, next))
    },

    remove(call: Call) {
      const map = inMap(call)
      map.items.delete(itemOf(call, map).key)
      change(map, call.form)
      return noContent
    },
  }
}

/** The item that the path names, in the revision that `If-Match` wants, if it wants one. */
function itemOf(call: Call, { items }: SyncMap): SyncItemRow {
  const key = pathPart(call, 'Sid')
  const item = items.get(key)
  if (!item) {
    throw new TwilioRefusal(404, syncCodes.itemNotFound, `The map has no item of the key '${key}'`)
  }
  const wanted = call.headers.get('if-match')
  if (wanted !== null && wanted !== '*' && wanted !== item.revision.toString(16)) {
    throw new TwilioRefusal(
      412,
      syncCodes.revisionMismatch,
      `The revision of the item is ${item.revision.toString(16)} and not ${wanted}`,
    )
  }
  return item
}

function selected({ query }: Call, items: readonly SyncItemRow[]): readonly SyncItemRow[] {
  const direction = query.oneOf('Order', ['asc', 'desc']) === 'desc' ? -1 : 1
  const bounds = query.oneOf('Bounds', ['inclusive', 'exclusive']) ?? 'inclusive'
  const from = query.text('From')
  const order = (a: string, b: string) => (a === b ? 0 : a < b ? -direction : direction)
  return items
    .filter(
      ({ key }) =>
        from === undefined || order(key, from) > 0 || (bounds === 'inclusive' && key === from),
    )
    .toSorted((a, b) => order(a.key, b.key))
}

function readData(text: string): SyncItemRow['data'] {
  if (Buffer.byteLength(text) > MOST_BYTES) {
    throw new TwilioRefusal(413, 54006, `Data has more than ${MOST_BYTES} bytes`)
  }
  const data = parseJson('Data', text)
  if (!isObject(data)) throw badRequest('Data must be a JSON object')
  return data
}

function itemBody({ row }: SyncMap, item: SyncItemRow, accountSid: string) {
  return {
    key: item.key,
    account_sid: accountSid,
    service_sid: row.serviceSid,
    map_sid: row.sid,
    data: item.data,
    revision: item.revision.toString(16),
    created_by: 'system',
    date_expires: isoDateOrNull(item.dateExpires),
    date_created: isoDate(item.dateCreated),
    date_updated: isoDate(item.dateUpdated),
    url: `${BASE}/${row.serviceSid}/Maps/${row.sid}/Items/${encodeURIComponent(item.key)}`,
  }
}
