import type { Rendered } from '../content/index.ts'
import type { Context } from '../context.ts'
import { rfc2822Date } from '../rest/date.ts'
import { dateFilter } from '../rest/date-filter.ts'
import { page2010 } from '../rest/paging.ts'
import type { Parameters } from '../rest/parameters.ts'
import { badRequest, notFound, TwilioRefusal } from '../rest/refusal.ts'
import { type Call, created, noContent, ok, pathPart } from '../rest/route.ts'
import { messageCodes as codes } from './codes.ts'
import { isOver, type MessageRow, messageBody } from './message.ts'
import type { MessageStore } from './message-store.ts'
import type { Outbox } from './outbox.ts'
import type { Draft } from './write-message.ts'

/** What the endpoints lead to. */
export type MessagesOptions = {
  readonly context: Context
  readonly messages: MessageStore
  readonly outbox: Outbox
  write(draft: Draft): MessageRow
  /** A content template as a text message says it. */
  render(contentSid: string, variables: string): Rendered
  /** The status callback of a TwiML application; undefined when there is none of that SID. */
  statusCallbackOf(applicationSid: string): string | undefined
}

const LONGEST_VALIDITY = 36_000
const SOONEST_MS = 5 * 60 * 1_000
const LATEST_MS = 35 * 24 * 60 * 60 * 1_000

/** `/Accounts/{AccountSid}/Messages`, their media and feedback. */
export function createMessages(options: MessagesOptions) {
  const { context, messages, outbox } = options
  const { accountSid, clock } = context
  const body = (row: MessageRow) => messageBody(row, accountSid)
  const found = (call: Call, part = 'Sid') => {
    const row = messages.get(pathPart(call, part))
    if (!row) throw notFound(call.url.pathname)
    return row
  }
  return {
    list(call: Call) {
      const newestFirst = [...messages.values()].filter(filterOf(call)).reverse()
      return page2010(call, 'messages', newestFirst, body)
    },

    create: (call: Call) => created(body(options.write(readDraft(call.form)))),

    fetch: (call: Call) => ok(body(found(call))),

    /** Redacts what is over, or cancels what is not yet on its way. */
    update(call: Call) {
      const row = found(call)
      if (call.form.oneOf('Status', ['canceled'])) {
        if (!['scheduled', 'accepted', 'queued'].includes(row.status)) {
          throw new TwilioRefusal(
            409,
            codes.notCancelable,
            `Message ${row.sid} is ${row.status} and can't be canceled`,
          )
        }
        return ok(body(outbox.cancel(row)))
      }
      const text = call.form.text('Body')
      if (text === undefined) return ok(body(row))
      if (text !== '') throw badRequest('The body of a message can only be redacted: send it empty')
      if (!isOver(row)) throw notOver('redact', row)
      return ok(body(messages.put({ ...row, body: '', dateUpdated: clock.now() })))
    },

    remove(call: Call) {
      const row = found(call)
      if (!isOver(row)) throw notOver('delete', row)
      messages.delete(row.sid)
      return noContent
    },

    giveFeedback(call: Call) {
      const row = found(call, 'MessageSid')
      const now = rfc2822Date(clock.now())
      return ok({
        account_sid: accountSid,
        message_sid: row.sid,
        outcome: call.form.oneOf('Outcome', ['confirmed', 'unconfirmed']) ?? 'confirmed',
        date_created: now,
        date_updated: now,
        uri: `/2010-04-01/Accounts/${accountSid}/Messages/${row.sid}/Feedback.json`,
      })
    },

    listMedia(call: Call) {
      const row = found(call, 'MessageSid')
      return page2010(call, 'media_list', row.media, (one) => mediaBody(row, one, accountSid))
    },

    fetchMedia(call: Call) {
      const row = found(call, 'MessageSid')
      const medium = row.media.find(({ sid }) => sid === pathPart(call, 'Sid'))
      if (!medium) throw notFound(call.url.pathname)
      return ok(mediaBody(row, medium, accountSid))
    },

    removeMedia(call: Call) {
      const row = found(call, 'MessageSid')
      const media = row.media.filter(({ sid }) => sid !== pathPart(call, 'Sid'))
      if (media.length === row.media.length) throw notFound(call.url.pathname)
      messages.put({ ...row, media, dateUpdated: clock.now() })
      return noContent
    },
  }

  function readDraft(form: Parameters): Draft {
    const contentSid = form.text('ContentSid')
    const content = contentSid
      ? options.render(contentSid, form.text('ContentVariables') ?? '')
      : undefined
    const applicationSid = form.text('ApplicationSid')
    return {
      direction: 'outbound-api',
      to: form.text('To') ?? '',
      from: form.text('From') || null,
      messagingServiceSid: form.text('MessagingServiceSid') || null,
      body: content?.body ?? form.text('Body') ?? '',
      mediaUrls: content?.mediaUrls ?? form.list('MediaUrl').filter((url) => url !== ''),
      isSmartEncoded: form.boolean('SmartEncoded'),
      asMms: form.boolean('SendAsMms'),
      statusCallback:
        readCallback(form) ??
        (applicationSid ? options.statusCallbackOf(applicationSid) : undefined),
      validitySeconds: form.integer('ValidityPeriod', { min: 1, max: LONGEST_VALIDITY }),
      sendAt: readSendAt(form),
    }
  }

  function readSendAt(form: Parameters): number | null {
    const at = form.date('SendAt')
    if (form.oneOf('ScheduleType', ['fixed']) === undefined) return null
    if (at === undefined) {
      throw badRequest('SendAt is missing: ScheduleType fixed needs it', codes.scheduleWithoutTime)
    }
    if (!form.text('MessagingServiceSid')) {
      throw badRequest(
        'MessagingServiceSid is required to schedule a message',
        codes.scheduleWithoutService,
      )
    }
    const wait = at - clock.now()
    if (wait >= SOONEST_MS && wait <= LATEST_MS) return at
    throw badRequest(
      'SendAt time must be between 300 seconds and 35 days in the future',
      codes.scheduleOutOfRange,
    )
  }
}

function readCallback(form: Parameters): string | undefined {
  const url = form.text('StatusCallback')
  if (!url) return undefined
  if (URL.canParse(url) && /^https?:/i.test(url)) return url
  throw badRequest(
    `The 'StatusCallback' URL ${url} is not a valid URL.`,
    codes.invalidStatusCallback,
  )
}

function filterOf({ query }: Call): (row: MessageRow) => boolean {
  const [to, from] = [query.text('To'), query.text('From')]
  const sent = dateFilter(query, 'DateSent')
  return (row) => (!to || row.to === to) && (!from || row.from === from) && sent(row.dateSent)
}

function notOver(verb: string, row: MessageRow) {
  return new TwilioRefusal(
    409,
    codes.notOver,
    `Cannot ${verb} message ${row.sid} because its delivery is not over: it is ${row.status}`,
  )
}

function mediaBody(row: MessageRow, media: MessageRow['media'][number], accountSid: string) {
  return {
    sid: media.sid,
    account_sid: accountSid,
    parent_sid: row.sid,
    content_type: media.contentType,
    date_created: rfc2822Date(row.dateCreated),
    date_updated: rfc2822Date(row.dateUpdated),
    uri: `/2010-04-01/Accounts/${accountSid}/Messages/${row.sid}/Media/${media.sid}.json`,
  }
}
