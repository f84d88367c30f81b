import type { Context } from '../context.ts'
import type { Collection } from '../objects/collection.ts'
import { newStored, rfc2822Dates, rowOf, type Stored } from '../objects/stored.ts'
import { page2010 } from '../rest/paging.ts'
import { badRequest } from '../rest/refusal.ts'
import { type Call, created, noContent, ok } from '../rest/route.ts'
import { limitText } from '../rest/text-limit.ts'
import { dependentNumberBody } from './dependent-number.ts'
import type { IncomingNumberRow } from './incoming-phone-numbers.ts'
import { registered } from './postal-register.ts'

/** A street address of the account as stored. */
export type AddressRow = Stored & {
  readonly isoCountry: string
  readonly customerName: string
  readonly street: string
  readonly streetSecondary: string | null
  readonly city: string
  readonly region: string
  readonly postalCode: string
  readonly friendlyName: string | null
  readonly emergencyEnabled: boolean
}

/** `/Accounts/{AccountSid}/Addresses` */
export function createAddresses(
  context: Context,
  rows: Collection<AddressRow>,
  numbers: Collection<IncomingNumberRow>,
) {
  const { accountSid, clock } = context
  const dependents = ({ sid }: AddressRow) =>
    [...numbers.values()].filter(
      ({ settings }) =>
        settings['address_sid'] === sid || settings['emergency_address_sid'] === sid,
    )
  const body = (row: AddressRow) => addressBody(row, accountSid)
  return {
    list: (call: Call) =>
      page2010(call, 'addresses', [...rows.values()].filter(filterOf(call)), body),
    create(call: Call) {
      const country = call.form.required('IsoCountry')
      if (!/^[A-Z]{2}$/.test(country)) {
        throw badRequest(`IsoCountry '${country}' is not a country code of two letters`)
      }
      for (const name of ['CustomerName', 'Street', 'City', 'Region', 'PostalCode']) {
        call.form.required(name)
      }
      const row = { ...newStored(context, 'AD'), isoCountry: country, ...blank, ...sent(call) }
      return created(body(rows.put(checked(row, call))))
    },
    fetch: (call: Call) => ok(body(rowOf(call, rows))),
    update(call: Call) {
      const row = rowOf(call, rows)
      const next = { ...row, ...sent(call), dateUpdated: clock.now() }
      return ok(body(rows.put(checked(next, call))))
    },
    remove(call: Call) {
      const row = rowOf(call, rows)
      const [number] = dependents(row)
      if (number) {
        throw badRequest(
          `Address ${row.sid} cannot be deleted: phone number ${number.sid} (${number.phoneNumber}) uses it`,
        )
      }
      rows.delete(row.sid)
      return noContent
    },
    dependentPhoneNumbers: (call: Call) =>
      page2010(
        call,
        'dependent_phone_numbers',
        dependents(rowOf(call, rows, 'AddressSid')),
        (number) => dependentNumberBody(number, accountSid),
      ),
  }
}

const blank = {
  customerName: '',
  street: '',
  streetSecondary: null,
  city: '',
  region: '',
  postalCode: '',
  friendlyName: null,
  emergencyEnabled: false,
}

// Only an address for emergency calls is held against a register.
function checked(row: AddressRow, { form }: Call): AddressRow {
  if (!row.emergencyEnabled) return row
  if ((row.friendlyName?.length ?? 0) > 32) {
    throw badRequest('FriendlyName of an address for emergency calls has at most 32 characters')
  }
  const correct = form.boolean('AutoCorrectAddress') ?? true
  return { ...row, ...registered(row, row.isoCountry, correct) }
}

/** The fields that the form sets; those of a postal address cannot be emptied. */
function sent({ form }: Call): Partial<AddressRow> {
  const required = (parameter: string) => form.text(parameter) || undefined
  const friendlyName = form.text('FriendlyName')
  const streetSecondary = form.text('StreetSecondary')
  return defined({
    customerName: required('CustomerName'),
    street: required('Street'),
    city: required('City'),
    region: required('Region'),
    postalCode: required('PostalCode'),
    friendlyName:
      friendlyName === undefined ? undefined : limitText('FriendlyName', friendlyName, 64) || null,
    streetSecondary: streetSecondary === undefined ? undefined : streetSecondary || null,
    emergencyEnabled: form.boolean('EmergencyEnabled'),
  })
}

function defined<T extends object>(fields: T): Partial<T> {
  const entries = Object.entries(fields).filter(([, value]) => value !== undefined)
  return Object.fromEntries(entries) as Partial<T>
}

function filterOf({ query }: Call): (row: AddressRow) => boolean {
  const customerName = query.text('CustomerName')
  const friendlyName = query.text('FriendlyName')
  const isoCountry = query.text('IsoCountry')
  const emergencyEnabled = query.boolean('EmergencyEnabled')
  return (row) =>
    (customerName === undefined || row.customerName === customerName) &&
    (friendlyName === undefined || row.friendlyName === friendlyName) &&
    (isoCountry === undefined || row.isoCountry === isoCountry) &&
    (emergencyEnabled === undefined || row.emergencyEnabled === emergencyEnabled)
}

function addressBody(row: AddressRow, accountSid: string) {
  return {
    sid: row.sid,
    account_sid: accountSid,
    customer_name: row.customerName,
    friendly_name: row.friendlyName,
    street: row.street,
    street_secondary: row.streetSecondary,
    city: row.city,
    region: row.region,
    postal_code: row.postalCode,
    iso_country: row.isoCountry,
    emergency_enabled: row.emergencyEnabled,
    validated: row.emergencyEnabled,
    verified: false,
    ...rfc2822Dates(row),
    uri: `/2010-04-01/Accounts/${accountSid}/Addresses/${row.sid}.json`,
  }
}
