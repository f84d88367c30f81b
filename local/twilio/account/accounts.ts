import type { Context } from '../context.ts'
import { newStored, rfc2822Dates, type Stored } from '../objects/stored.ts'
import { isoDate } from '../rest/date.ts'
import { page2010 } from '../rest/paging.ts'
import { badRequest, codes, notFound, TwilioRefusal } from '../rest/refusal.ts'
import { type Call, created, ok, pathPart } from '../rest/route.ts'
import { limitText } from '../rest/text-limit.ts'

/** Whether an account can be used; a closed one never again. */
export const accountStatuses = ['active', 'suspended', 'closed'] as const
export type AccountStatus = (typeof accountStatuses)[number]

/** An account as stored. */
export type AccountRow = Stored & {
  readonly friendlyName: string
  readonly authToken: string
  readonly status: AccountStatus
}

/** The accounts of this local Twilio: one, and the subaccounts that it made. */
export interface Accounts {
  readonly mainSid: string
  all(): readonly AccountRow[]
  /** The account of this SID; one that is not there is a mistake of the caller's. */
  of(sid: string): AccountRow
  /** Keeps a new subaccount and makes its world. */
  open(row: AccountRow): AccountRow
  /** Keeps what changed; closing gives the numbers back. */
  put(row: AccountRow): AccountRow
}

// What an account's body points to; the local Twilio serves some of them.
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
const MOST_SUBACCOUNTS = 1000

/** `/Accounts`, as the account of `context` sees it: the main one sees its subaccounts, a subaccount only itself. */
export function createAccounts(context: Context, accounts: Accounts) {
  const isMain = context.accountSid === accounts.mainSid
  const body = (row: AccountRow) => accountBody(row, accounts.mainSid)
  const visible = () => (isMain ? accounts.all() : [accounts.of(context.accountSid)])
  const found = (call: Call) => {
    const row = visible().find(({ sid }) => sid === pathPart(call, 'Sid'))
    if (!row) throw notFound(call.url.pathname)
    return row
  }
  const name = (call: Call) => {
    const text = call.form.text('FriendlyName')
    return text === undefined ? undefined : limitText('FriendlyName', text, 64)
  }
  return {
    list(call: Call) {
      const friendlyName = call.query.text('FriendlyName')
      const status = call.query.oneOf('Status', accountStatuses)
      const rows = visible().filter(
        (row) =>
          (friendlyName === undefined || row.friendlyName === friendlyName) &&
          (status === undefined || row.status === status),
      )
      return page2010(call, 'accounts', rows, body)
    },

    create(call: Call) {
      if (!isMain) throw mainOnly('A subaccount cannot have subaccounts')
      if (accounts.all().length > MOST_SUBACCOUNTS) {
        throw badRequest(`The account has ${MOST_SUBACCOUNTS} subaccounts, which is the limit`)
      }
      const stored = newStored(context, 'AC')
      const row = accounts.open({
        ...stored,
        friendlyName: name(call) ?? `SubAccount Created at ${isoDate(stored.dateCreated)}`,
        authToken: context.newSid(''),
        status: 'active',
      })
      return created(body(row))
    },

    fetch: (call: Call) => ok(body(found(call))),

    update(call: Call) {
      const row = found(call)
      const status = call.form.oneOf('Status', accountStatuses) ?? row.status
      if (status !== row.status) refuseStatus(row, status)
      const next = {
        ...row,
        friendlyName: name(call) ?? row.friendlyName,
        status,
        dateUpdated: context.clock.now(),
      }
      return ok(body(accounts.put(next)))
    },
  }

  function refuseStatus({ sid, status }: AccountRow, wanted: AccountStatus): void {
    if (sid === accounts.mainSid) throw badRequest(`The main account cannot be ${wanted}`)
    if (!isMain) throw mainOnly('Only the main account sets the status of a subaccount')
    if (status === 'closed') throw badRequest(`Account ${sid} is closed for good`)
  }
}

function mainOnly(message: string): TwilioRefusal {
  return new TwilioRefusal(403, codes.forbidden, message)
}

function accountBody(row: AccountRow, mainSid: string) {
  const folder = `/2010-04-01/Accounts/${row.sid}`
  return {
    sid: row.sid,
    owner_account_sid: mainSid,
    friendly_name: row.friendlyName,
    status: row.status,
    type: 'Full',
    auth_token: row.authToken,
    ...rfc2822Dates(row),
    uri: `${folder}.json`,
    subresource_uris: Object.fromEntries(
      Object.entries(SUBRESOURCES).map(([key, path]) => [key, `${folder}/${path}.json`]),
    ),
  }
}
