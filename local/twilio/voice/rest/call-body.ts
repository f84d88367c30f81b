import { rfc2822Date, rfc2822DateOrNull } from '../../rest/date.ts'
import type { Call } from '../call/call.ts'

/** A call as the API 2010 shows it. */
export function callBody(call: Call, accountSid: string) {
  const uri = `/2010-04-01/Accounts/${accountSid}/Calls/${call.sid}.json`
  const below = (name: string) => uri.replace('.json', `/${name}.json`)
  const { answeredAt, endedAt } = call
  const seconds =
    answeredAt === null || endedAt === null ? null : Math.round((endedAt - answeredAt) / 1_000)
  return {
    sid: call.sid,
    account_sid: accountSid,
    parent_call_sid: call.parent?.sid ?? null,
    to: call.to,
    to_formatted: formatted(call.to),
    from: call.from,
    from_formatted: formatted(call.from),
    phone_number_sid: call.phoneNumberSid,
    status: call.status,
    start_time: call.status === 'queued' ? null : rfc2822Date(call.createdAt + call.queueMs),
    end_time: rfc2822DateOrNull(endedAt),
    duration: seconds === null ? null : String(seconds),
    price: null,
    price_unit: 'USD',
    direction: call.direction,
    answered_by: call.answeredBy,
    api_version: '2010-04-01',
    forwarded_from: null,
    group_sid: null,
    caller_name: null,
    queue_time: String(call.queueMs),
    trunk_sid: null,
    date_created: rfc2822Date(call.createdAt),
    date_updated: rfc2822Date(call.updatedAt),
    uri,
    subresource_uris: {
      notifications: below('Notifications'),
      recordings: below('Recordings'),
      payments: below('Payments'),
      events: below('Events'),
      siprec: below('Siprec'),
      streams: below('Streams'),
      transcriptions: below('Transcriptions'),
      user_defined_message_subscriptions: below('UserDefinedMessageSubscriptions'),
      user_defined_messages: below('UserDefinedMessages'),
    },
  }
}

function formatted(address: string): string {
  return address.replace(/^\+1(\d{3})(\d{3})(\d{4})$/, '($1) $2-$3')
}
