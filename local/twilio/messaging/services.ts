import type { Context } from '../context.ts'
import type { Collection } from '../objects/collection.ts'
import { isoDates, newStored, rowOf, type Stored } from '../objects/stored.ts'
import { pageV1 } from '../rest/paging.ts'
import type { Parameters } from '../rest/parameters.ts'
import { type Call, created, noContent, ok } from '../rest/route.ts'
import {
  defaultSettings,
  readSettings,
  type SettingKinds,
  type Settings,
} from '../rest/settings.ts'
import { limitText } from '../rest/text-limit.ts'
import type { SenderRow } from './phone-numbers.ts'

/** A messaging service as stored, with the numbers it sends from. */
export type MessagingServiceRow = Stored & {
  readonly friendlyName: string
  readonly settings: Settings
  readonly scanMessageContent: string
  readonly validityPeriodSeconds: number
  readonly usecase: string
  readonly numbers: readonly SenderRow[]
}

/** Where Messaging is at Twilio. */
export const BASE = 'https://messaging.twilio.com/v1'

const LONGEST_VALIDITY = 36_000

const kinds: SettingKinds = {
  inbound_request_url: 'url-or-null',
  inbound_method: 'method',
  fallback_url: 'url-or-null',
  fallback_method: 'method',
  status_callback: 'url-or-null',
  sticky_sender: 'boolean',
  mms_converter: 'boolean',
  smart_encoding: 'boolean',
  fallback_to_long_code: 'boolean',
  area_code_geomatch: 'boolean',
  synchronous_validation: 'boolean',
  use_inbound_webhook_on_number: 'boolean',
}

// What the vendor's page gives as defaults; the rest is off.
const defaults: Settings = {
  ...defaultSettings(kinds),
  sticky_sender: true,
  mms_converter: true,
  smart_encoding: true,
  fallback_to_long_code: true,
  area_code_geomatch: true,
}

/** `/Services` */
export function createServices(context: Context, rows: Collection<MessagingServiceRow>) {
  const body = (row: MessagingServiceRow) => serviceBody(row, context.accountSid)
  return {
    list: (call: Call) => pageV1(call, 'services', rows.values(), body),

    create({ form }: Call) {
      const row = {
        ...newStored(context, 'MG'),
        friendlyName: limitText('FriendlyName', form.required('FriendlyName'), 64),
        settings: { ...defaults, ...readSettings(form, kinds) },
        ...readRest(form, {
          scanMessageContent: 'inherit',
          validityPeriodSeconds: LONGEST_VALIDITY,
          usecase: 'undeclared',
        }),
        numbers: [],
      }
      return created(body(rows.put(row)))
    },

    fetch: (call: Call) => ok(body(rowOf(call, rows))),

    update(call: Call) {
      const row = rowOf(call, rows)
      const { form } = call
      const next = {
        ...row,
        friendlyName: limitText('FriendlyName', form.text('FriendlyName') || row.friendlyName, 64),
        settings: { ...row.settings, ...readSettings(form, kinds) },
        ...readRest(form, row),
        dateUpdated: context.clock.now(),
      }
      return ok(body(rows.put(next)))
    },

    /** Its numbers stay with the account. */
    remove(call: Call) {
      rows.delete(rowOf(call, rows).sid)
      return noContent
    },
  }
}

type Rest = Pick<MessagingServiceRow, 'scanMessageContent' | 'validityPeriodSeconds' | 'usecase'>

function readRest(form: Parameters, before: Rest): Rest {
  return {
    scanMessageContent:
      form.oneOf('ScanMessageContent', ['inherit', 'enable', 'disable']) ??
      before.scanMessageContent,
    validityPeriodSeconds:
      form.integer('ValidityPeriod', { min: 1, max: LONGEST_VALIDITY }) ??
      before.validityPeriodSeconds,
    usecase: form.text('Usecase') || before.usecase,
  }
}

function serviceBody(row: MessagingServiceRow, accountSid: string) {
  const url = `${BASE}/Services/${row.sid}`
  return {
    sid: row.sid,
    account_sid: accountSid,
    friendly_name: row.friendlyName,
    ...row.settings,
    scan_message_content: row.scanMessageContent,
    validity_period: row.validityPeriodSeconds,
    usecase: row.usecase,
    us_app_to_person_registered: false,
    ...isoDates(row),
    url,
    links: {
      phone_numbers: `${url}/PhoneNumbers`,
      short_codes: `${url}/ShortCodes`,
      alpha_senders: `${url}/AlphaSenders`,
      channel_senders: `${url}/ChannelSenders`,
      destination_alpha_senders: `${url}/DestinationAlphaSenders`,
      messages: `${url}/Messages`,
      us_app_to_person: `${url}/Compliance/Usa2p`,
      us_app_to_person_usecases: `${url}/Compliance/Usa2p/Usecases`,
    },
  }
}
