import type { Collection } from '../collection.ts'
import type { Context } from '../context.ts'
import { rfc2822Date } from '../date.ts'
import type { NumberDirectory } from '../number-directory.ts'
import { page2010 } from '../paging.ts'
import { badRequest, notFound } from '../refusal.ts'
import { type Call, created, noContent, ok, pathPart } from '../route.ts'
import { defaultSettings, readSettings, type SettingKinds, type Settings } from '../settings.ts'
import { voiceSettingKinds } from '../voice-settings.ts'
import { chooseNumber, formatNumber, typeOf } from './number-plan.ts'

/** A number of the account as stored. */
export type IncomingNumberRow = {
  readonly sid: string
  readonly phoneNumber: string
  readonly friendlyName: string
  readonly settings: Settings
  readonly dateCreated: number
  readonly dateUpdated: number
}

const kinds: SettingKinds = {
  ...voiceSettingKinds,
  voice_application_sid: 'text',
  voice_receive_mode: 'text',
  sms_url: 'url',
  sms_method: 'method',
  sms_fallback_url: 'url',
  sms_fallback_method: 'method',
  sms_application_sid: 'text',
  trunk_sid: 'nullable',
  address_sid: 'nullable',
  identity_sid: 'nullable',
  bundle_sid: 'nullable',
  emergency_status: 'text',
  emergency_address_sid: 'nullable',
}

const defaults: Settings = {
  ...defaultSettings(kinds),
  voice_receive_mode: 'voice',
  emergency_status: 'Inactive',
}

/** `/Accounts/{AccountSid}/IncomingPhoneNumbers` */
export function createIncomingPhoneNumbers(
  { clock, newSid, accountSid }: Context,
  rows: Collection<IncomingNumberRow>,
  directory: NumberDirectory,
) {
  const folder = `/2010-04-01/Accounts/${accountSid}/IncomingPhoneNumbers`
  const found = (call: Call) => {
    const row = rows.get(pathPart(call, 'Sid'))
    if (!row) throw notFound(call.url.pathname)
    return row
  }
  const isOwn = (phoneNumber: string) => rows.byName(phoneNumber) !== undefined

  return {
    list(call: Call) {
      const matches = filterOf(call)
      const selected = [...rows.values()].filter(matches)
      return page2010(call, 'incoming_phone_numbers', selected, (row) =>
        body(row, folder, accountSid),
      )
    },

    create({ form }: Call) {
      const settings = checked(readSettings(form, kinds), directory)
      const phoneNumber = chooseNumber(form.text('PhoneNumber'), form.text('AreaCode'), isOwn)
      const now = clock.now()
      const row = rows.put({
        sid: newSid('PN'),
        phoneNumber,
        friendlyName: name(form.text('FriendlyName')) ?? formatNumber(phoneNumber),
        settings: { ...defaults, ...settings },
        dateCreated: now,
        dateUpdated: now,
      })
      return created(body(row, folder, accountSid))
    },

    fetch: (call: Call) => ok(body(found(call), folder, accountSid)),

    update(call: Call) {
      const row = found(call)
      const { form } = call
      const owner = form.text('AccountSid')
      if (owner !== undefined && owner !== accountSid) {
        throw badRequest(`Account ${owner} is unknown: the local Twilio has one account`)
      }
      const next = rows.put({
        ...row,
        friendlyName: name(form.text('FriendlyName')) ?? row.friendlyName,
        settings: { ...row.settings, ...checked(readSettings(form, kinds), directory) },
        dateUpdated: clock.now(),
      })
      return ok(body(next, folder, accountSid))
    },

    remove(call: Call) {
      rows.delete(found(call).sid)
      return noContent
    },
  }
}

function filterOf({ query }: Call): (row: IncomingNumberRow) => boolean {
  const friendlyName = query.text('FriendlyName')
  const pattern = query.text('PhoneNumber')
  // Part of a number; `*` stands for any one digit.
  const digits = pattern
    ?.replaceAll(/[^\d*+]/g, '')
    .replaceAll('+', '\\+')
    .replaceAll('*', '\\d')
  const number = digits === undefined ? undefined : new RegExp(digits)
  return (row) =>
    (friendlyName === undefined || row.friendlyName === friendlyName) &&
    (number === undefined || number.test(row.phoneNumber))
}

function name(text: string | undefined): string | undefined {
  if (text !== undefined && text.length > 64) {
    throw badRequest(`FriendlyName has ${text.length} characters; at most 64 are allowed`)
  }
  return text || undefined
}

function checked(settings: Settings, directory: NumberDirectory): Settings {
  const sid = settings['voice_application_sid']
  if (typeof sid === 'string' && sid !== '' && !directory.application(sid)) {
    throw badRequest(`VoiceApplicationSid ${sid} is no application of this account`, 21218)
  }
  return settings
}

function body(row: IncomingNumberRow, folder: string, accountSid: string) {
  return {
    sid: row.sid,
    account_sid: accountSid,
    phone_number: row.phoneNumber,
    friendly_name: row.friendlyName,
    ...row.settings,
    capabilities: { voice: true, sms: true, mms: true, fax: false },
    address_requirements: 'none',
    emergency_address_status: 'unregistered',
    beta: false,
    origin: 'twilio',
    status: 'in-use',
    type: typeOf(row.phoneNumber),
    api_version: '2010-04-01',
    date_created: rfc2822Date(row.dateCreated),
    date_updated: rfc2822Date(row.dateUpdated),
    uri: `${folder}/${row.sid}.json`,
  }
}
