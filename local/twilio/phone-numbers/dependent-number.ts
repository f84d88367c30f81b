import { rfc2822Dates } from '../objects/stored.ts'
import type { IncomingNumberRow } from './incoming-phone-numbers.ts'

/** A number as an address lists the numbers that depend on it: fewer fields than its own resource has. */
export function dependentNumberBody(row: IncomingNumberRow, accountSid: string) {
  const {
    voice_receive_mode: _receiveMode,
    identity_sid: _identity,
    bundle_sid: _bundle,
    address_sid: _address,
    ...settings
  } = row.settings
  return {
    sid: row.sid,
    account_sid: accountSid,
    friendly_name: row.friendlyName,
    phone_number: row.phoneNumber,
    ...settings,
    address_requirements: 'none',
    capabilities: { Voice: true, SMS: true, MMS: true },
    api_version: '2010-04-01',
    ...rfc2822Dates(row),
    uri: `/2010-04-01/Accounts/${accountSid}/IncomingPhoneNumbers/${row.sid}.json`,
  }
}
