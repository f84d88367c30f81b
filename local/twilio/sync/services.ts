import type { Context } from '../context.ts'
import type { Collection } from '../objects/collection.ts'
import { isoDates, missing, newStored, type Stored } from '../objects/stored.ts'
import { pageV1 } from '../rest/paging.ts'
import type { Parameters } from '../rest/parameters.ts'
import { badRequest } from '../rest/refusal.ts'
import { type Call, created, noContent, ok, pathPart } from '../rest/route.ts'
import {
  defaultSettings,
  readSettings,
  type SettingKinds,
  type Settings,
} from '../rest/settings.ts'
import { BASE } from './base.ts'
import type { SyncMaps } from './sync-maps.ts'

/** A Sync service as stored. */
export type SyncServiceRow = Stored & {
  /** Only the account's own service has one, `default`. */
  readonly uniqueName: string | null
  readonly friendlyName: string | null
  readonly settings: Settings
  readonly debouncingWindowMs: number
}

const kinds: SettingKinds = {
  webhook_url: 'url-or-null',
  webhooks_from_rest_enabled: 'boolean',
  reachability_webhooks_enabled: 'boolean',
  acl_enabled: 'boolean',
  reachability_debouncing_enabled: 'boolean',
}

/** `/Services`; the account's own one, named `default`, is there from the first look on and stays. */
export function createServices(context: Context, rows: Collection<SyncServiceRow>, maps: SyncMaps) {
  const body = (row: SyncServiceRow) => serviceBody(row, context.accountSid)
  const add = (row: Pick<SyncServiceRow, 'uniqueName' | 'friendlyName'>, form?: Parameters) =>
    rows.put({
      ...newStored(context, 'IS'),
      ...row,
      settings: { ...defaultSettings(kinds), ...(form && readSettings(form, kinds)) },
      debouncingWindowMs: (form && windowOf(form)) ?? 5_000,
    })
  const all = () => {
    if (rows.size === 0) add({ uniqueName: 'default', friendlyName: 'Default Service' })
    return rows
  }

  /** The service that the path's part names, by SID or as `default`; refuses with 404. */
  function serviceOf(call: Call, part = 'ServiceSid'): SyncServiceRow {
    const name = pathPart(call, part)
    const row =
      name === 'default'
        ? [...all().values()].find(({ uniqueName }) => uniqueName === name)
        : all().get(name)
    if (!row) throw missing(call)
    return row
  }

  return {
    of: serviceOf,
    handlers: {
      list: (call: Call) => pageV1(call, 'services', all().values(), body),
      create({ form }: Call) {
        all()
        const friendlyName = form.text('FriendlyName') || null
        return created(body(add({ uniqueName: null, friendlyName }, form)))
      },
      fetch: (call: Call) => ok(body(serviceOf(call, 'Sid'))),
      update(call: Call) {
        const row = serviceOf(call, 'Sid')
        const { form } = call
        const name = form.text('FriendlyName')
        const next = rows.put({
          ...row,
          friendlyName: name === undefined ? row.friendlyName : name || null,
          settings: { ...row.settings, ...readSettings(form, kinds) },
          debouncingWindowMs: windowOf(form) ?? row.debouncingWindowMs,
          dateUpdated: context.clock.now(),
        })
        return ok(body(next))
      },
      /** Its maps go with it. */
      remove(call: Call) {
        const { sid, uniqueName } = serviceOf(call, 'Sid')
        if (uniqueName !== null) {
          throw badRequest(`Sync service ${sid} cannot be deleted: it is the account's default`)
        }
        rows.delete(sid)
        maps.removeService(sid)
        return noContent
      },
    },
  }
}

function windowOf(form: Parameters): number | undefined {
  return form.integer('ReachabilityDebouncingWindow', { min: 1_000, max: 30_000 })
}

function serviceBody(row: SyncServiceRow, accountSid: string) {
  const url = `${BASE}/${row.sid}`
  return {
    sid: row.sid,
    unique_name: row.uniqueName,
    account_sid: accountSid,
    friendly_name: row.friendlyName,
    ...row.settings,
    reachability_debouncing_window: row.debouncingWindowMs,
    ...isoDates(row),
    url,
    links: {
      documents: `${url}/Documents`,
      lists: `${url}/Lists`,
      maps: `${url}/Maps`,
      streams: `${url}/Streams`,
    },
  }
}
