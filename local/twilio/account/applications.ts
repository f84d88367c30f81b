import type { Context } from '../context.ts'
import type { Collection } from '../objects/collection.ts'
import { rfc2822Date } from '../rest/date.ts'
import { page2010 } from '../rest/paging.ts'
import { notFound } from '../rest/refusal.ts'
import { type Call, created, noContent, ok, pathPart } from '../rest/route.ts'
import {
  defaultSettings,
  readSettings,
  type SettingKinds,
  type Settings,
} from '../rest/settings.ts'
import { voiceSettingKinds } from '../voice-settings.ts'

/** A TwiML application as stored. */
export type ApplicationRow = {
  readonly sid: string
  readonly friendlyName: string
  readonly settings: Settings
  readonly dateCreated: number
  readonly dateUpdated: number
}

const kinds: SettingKinds = {
  ...voiceSettingKinds,
  sms_url: 'url',
  sms_method: 'method',
  sms_fallback_url: 'url',
  sms_fallback_method: 'method',
  sms_status_callback: 'url',
  message_status_callback: 'url',
  public_application_connect_enabled: 'boolean',
}

/** `/Accounts/{AccountSid}/Applications` */
export function createApplications(
  { clock, newSid, accountSid }: Context,
  rows: Collection<ApplicationRow>,
) {
  const folder = `/2010-04-01/Accounts/${accountSid}/Applications`
  const found = (call: Call) => {
    const row = rows.get(pathPart(call, 'Sid'))
    if (!row) throw notFound(call.url.pathname)
    return row
  }
  const body = (row: ApplicationRow) => ({
    sid: row.sid,
    account_sid: accountSid,
    friendly_name: row.friendlyName,
    api_version: '2010-04-01',
    ...row.settings,
    date_created: rfc2822Date(row.dateCreated),
    date_updated: rfc2822Date(row.dateUpdated),
    uri: `${folder}/${row.sid}.json`,
  })
  return {
    list(call: Call) {
      const name = call.query.text('FriendlyName')
      const selected = [...rows.values()].filter(
        (row) => name === undefined || row.friendlyName === name,
      )
      return page2010(call, 'applications', selected, body)
    },
    create({ form }: Call) {
      const now = clock.now()
      const row = rows.put({
        sid: newSid('AP'),
        friendlyName: form.text('FriendlyName') ?? '',
        settings: { ...defaultSettings(kinds), ...readSettings(form, kinds) },
        dateCreated: now,
        dateUpdated: now,
      })
      return created(body(row))
    },
    fetch: (call: Call) => ok(body(found(call))),
    update(call: Call) {
      const row = found(call)
      const next = rows.put({
        ...row,
        friendlyName: call.form.text('FriendlyName') ?? row.friendlyName,
        settings: { ...row.settings, ...readSettings(call.form, kinds) },
        dateUpdated: clock.now(),
      })
      return ok(body(next))
    },
    remove(call: Call) {
      rows.delete(found(call).sid)
      return noContent
    },
  }
}
