import type { Context } from '../context.ts'
import type { Collection } from '../objects/collection.ts'
import { isoDates, missing, rowOf, type Stored } from '../objects/stored.ts'
import { countryOf, type IncomingNumberRow } from '../phone-numbers/index.ts'
import { pageV1 } from '../rest/paging.ts'
import { badRequest, conflict, TwilioRefusal } from '../rest/refusal.ts'
import { type Call, created, noContent, ok, pathPart } from '../rest/route.ts'
import { BASE, type MessagingServiceRow } from './services.ts'

/** A number's place in a service; its SID is the number's own. */
export type SenderRow = Stored

// Of https://www.twilio.com/docs/api/errors
const codes = {
  unknown: 21421,
  inThisService: 21710,
  inAnotherService: 21712,
  full: 21714,
} as const
const MOST_NUMBERS = 400

/** `/Services/{ServiceSid}/PhoneNumbers`. A number that the account released is in no service any more. */
export function createPhoneNumbers(
  { accountSid, clock }: Context,
  rows: Collection<MessagingServiceRow>,
  numbers: Collection<IncomingNumberRow>,
) {
  const serviceOf = (call: Call) => rowOf(call, rows, 'ServiceSid')
  const sendersOf = ({ numbers: senders }: MessagingServiceRow) =>
    senders.filter(({ sid }) => numbers.get(sid) !== undefined)
  const replace = (service: MessagingServiceRow, senders: readonly SenderRow[]) =>
    rows.put({ ...service, numbers: senders, dateUpdated: clock.now() })

  function senderOf(call: Call, service: MessagingServiceRow): SenderRow {
    const sender = sendersOf(service).find(({ sid }) => sid === pathPart(call, 'Sid'))
    if (!sender) throw missing(call)
    return sender
  }

  function body(service: MessagingServiceRow, sender: SenderRow) {
    const phoneNumber = numbers.get(sender.sid)?.phoneNumber ?? ''
    return {
      sid: sender.sid,
      account_sid: accountSid,
      service_sid: service.sid,
      phone_number: phoneNumber,
      country_code: countryOf(phoneNumber),
      capabilities: ['Voice', 'SMS', 'MMS'],
      ...isoDates(sender),
      url: `${BASE}/Services/${service.sid}/PhoneNumbers/${sender.sid}`,
    }
  }

  return {
    list(call: Call) {
      const service = serviceOf(call)
      return pageV1(call, 'phone_numbers', sendersOf(service), (sender) => body(service, sender))
    },

    create(call: Call) {
      const service = serviceOf(call)
      const sid = call.form.required('PhoneNumberSid')
      if (!numbers.get(sid)) {
        throw badRequest(`PhoneNumberSid ${sid} is no number of this account`, codes.unknown)
      }
      const owner = [...rows.values()].find((row) => row.numbers.some((one) => one.sid === sid))
      if (owner) throw taken(owner, service)
      const senders = sendersOf(service)
      if (senders.length >= MOST_NUMBERS) {
        throw new TwilioRefusal(412, codes.full, 'Number Pool size limit reached.')
      }
      const sender = { sid, dateCreated: clock.now(), dateUpdated: clock.now() }
      replace(service, [...senders, sender])
      return created(body(service, sender))
    },

    fetch(call: Call) {
      const service = serviceOf(call)
      return ok(body(service, senderOf(call, service)))
    },

    remove(call: Call) {
      const service = serviceOf(call)
      const gone = senderOf(call, service)
      replace(
        service,
        sendersOf(service).filter((sender) => sender !== gone),
      )
      return noContent
    },
  }
}

// Twilio does not say which service it is.
function taken(owner: MessagingServiceRow, service: MessagingServiceRow) {
  return owner.sid === service.sid
    ? conflict(
        'Phone Number or Short Code is already in the Messaging Service.',
        codes.inThisService,
      )
    : conflict(
        'Phone Number or Short Code is associated with another Messaging Service.',
        codes.inAnotherService,
      )
}
