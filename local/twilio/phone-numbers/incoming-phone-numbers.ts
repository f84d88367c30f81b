import type { Context } from '../context.ts'
import type { NumberDirectory } from '../number-directory.ts'
import type { Collection } from '../objects/collection.ts'
import { rfc2822Date } from '../rest/date.ts'
import { page2010 } from '../rest/paging.ts'
import { badRequest, notFound } from '../rest/refusal.ts'
import { type Call, created, noContent, ok, pathPart } from '../rest/route.ts'
import {
  defaultSettings,
  readSettings,
  type SettingKinds,
  type Settings,
} from '../rest/settings.ts'
import { voiceSettingKinds } from '../voice-settings.ts'
import { chooseNumber, formatNumber, type NumberType, typeOf } from './number-plan.ts'

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
  hasAddress: (sid: string) => boolean,
  /** Whether this account or another one has the number. */
  isTaken: (phoneNumber: string) => boolean,
) {
  const folder = `/2010-04-01/Accounts/${accountSid}/IncomingPhoneNumbers`
  const found = (call: Call) => {
    const row = rows.get(pathPart(call, 'Sid'))
    if (!row) throw notFound(call.url.pathname)
    return row
  }
  const settingsOf = (form: Call['form']) =>
    checked(readSettings(form, kinds), directory, hasAddress)

  const bodyOf = (row: IncomingNumberRow) => ({
    ...untypedBody(row, folder, accountSid),
    type: typeOf(row.phoneNumber),
  })
  // The endpoints of one kind do not repeat it in their answers.
  const untypedBodyOf = (row: IncomingNumberRow) => untypedBody(row, folder, accountSid)

  function buy({ form }: Call) {
    const settings = withVoiceUrl({ ...defaults, ...settingsOf(form) })
    const phoneNumber = chooseNumber(form.text('PhoneNumber'), form.text('AreaCode'), isTaken)
    const now = clock.now()
    return rows.put({
      sid: newSid('PN'),
      phoneNumber,
      friendlyName: name(form.text('FriendlyName')) ?? formatNumber(phoneNumber),
      settings,
      dateCreated: now,
      dateUpdated: now,
    })
  }

  return {
    list: (call: Call) =>
      page2010(call, 'incoming_phone_numbers', [...rows.values()].filter(filterOf(call)), bodyOf),
    create: (call: Call) => created(bodyOf(buy(call))),

    /** `/IncomingPhoneNumbers/Local` and its like, where the number has to be named. */
    ofType: (type: NumberType) => ({
      list(call: Call) {
        const matches = filterOf(call)
        const selected = [...rows.values()].filter(
          (row) => typeOf(row.phoneNumber) === type && matches(row),
        )
        return page2010(call, 'incoming_phone_numbers', selected, untypedBodyOf)
      },
      create(call: Call) {
        const phoneNumber = call.form.required('PhoneNumber')
        if (typeOf(phoneNumber) === type) return created(untypedBodyOf(buy(call)))
        throw badRequest(`PhoneNumber ${phoneNumber} is not a ${type} number`, 21421)
      },
    }),

    fetch: (call: Call) => ok(bodyOf(found(call))),

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
        settings: withVoiceUrl({ ...row.settings, ...settingsOf(form) }),
        dateUpdated: clock.now(),
      })
      return ok(bodyOf(next))
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

function checked(
  settings: Settings,
  directory: NumberDirectory,
  hasAddress: (sid: string) => boolean,
): Settings {
  const sid = settings['voice_application_sid']
  if (typeof sid === 'string' && sid !== '' && !directory.application(sid)) {
    throw badRequest(`VoiceApplicationSid ${sid} is no application of this account`, 21218)
  }
  for (const name of ['address_sid', 'emergency_address_sid']) {
    const address = settings[name]
    if (typeof address === 'string' && address !== '' && !hasAddress(address)) {
      throw badRequest(`${address} is no address of this account (${name})`)
    }
  }
  return settings
}

/** A fallback alone is refused: there is nothing that it could stand in for. */
function withVoiceUrl(settings: Settings): Settings {
  const {
    voice_fallback_url: fallback,
    voice_url: url,
    voice_application_sid: application,
  } = settings
  if (!fallback || url || application) return settings
  throw badRequest('VoiceFallbackUrl needs a VoiceUrl that it stands in for', 21405)
}

function untypedBody(row: IncomingNumberRow, folder: string, accountSid: string) {
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
    api_version: '2010-04-01',
    date_created: rfc2822Date(row.dateCreated),
    date_updated: rfc2822Date(row.dateUpdated),
    uri: `${folder}/${row.sid}.json`,
  }
}
