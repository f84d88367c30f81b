import type { Context } from '../context.ts'
import { rfc2822Date } from '../date.ts'
import { notFound } from '../refusal.ts'
import { type Call, ok, pathPart } from '../route.ts'

// What the account's body points to; the local Twilio serves some of them.
const SUBRESOURCES = {
  addresses: 'Addresses',
  applications: 'Applications',
  available_phone_numbers: 'AvailablePhoneNumbers',
  calls: 'Calls',
  conferences: 'Conferences',
  incoming_phone_numbers: 'IncomingPhoneNumbers',
  keys: 'Keys',
  messages: 'Messages',
  outgoing_caller_ids: 'OutgoingCallerIds',
  queues: 'Queues',
  recordings: 'Recordings',
  signing_keys: 'SigningKeys',
  transcriptions: 'Transcriptions',
  usage: 'Usage',
}

/** `/Accounts/{Sid}`: the one account; clients read it to check their credentials. */
export function createAccounts({ clock, accountSid }: Context, authToken: string) {
  const since = clock.now()
  const folder = `/2010-04-01/Accounts/${accountSid}`
  return {
    fetch(call: Call) {
      if (pathPart(call, 'Sid') !== accountSid) throw notFound(call.url.pathname)
      return ok({
        sid: accountSid,
        owner_account_sid: accountSid,
        friendly_name: 'Local account',
        status: 'active',
        type: 'Full',
        auth_token: authToken,
        date_created: rfc2822Date(since),
        date_updated: rfc2822Date(since),
        uri: `${folder}.json`,
        subresource_uris: Object.fromEntries(
          Object.entries(SUBRESOURCES).map(([name, path]) => [name, `${folder}/${path}.json`]),
        ),
      })
    },
  }
}
