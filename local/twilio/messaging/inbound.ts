import type { Context } from '../context.ts'
import type { OutgoingText } from '../contract.ts'
import { newStored } from '../objects/stored.ts'
import { countryOf, type IncomingNumberRow } from '../phone-numbers/index.ts'
import type { Settings } from '../rest/settings.ts'
import { answerMessage, type InboundTarget } from './answer-message.ts'
import { type MessageRow, messageFields } from './message.ts'
import type { MessageStore } from './message-store.ts'
import { keywordAnswers, keywordOf, type OptOuts } from './opt-outs.ts'
import { countSegments } from './segments.ts'
import type { Senders } from './senders.ts'
import type { MessagingServiceRow } from './services.ts'
import { type Draft, newMedia } from './write-message.ts'

/** Somebody texts a number that the account does not own. */
export class NoSuchNumberError extends Error {
  override readonly name = 'NoSuchNumberError'
  readonly phoneNumber: string

  constructor(phoneNumber: string) {
    super(`${phoneNumber} is no number of this account: declare or buy it before it is texted`)
    this.phoneNumber = phoneNumber
  }
}

/** What receiving needs. */
export type InboundOptions = {
  readonly context: Context
  readonly messages: MessageStore
  readonly senders: Senders
  readonly optOuts: OptOuts
  write(draft: Draft): MessageRow
  /** The settings of a TwiML application. */
  application(sid: string): Settings | undefined
  /** Conversations take what belongs to one, or begins one; true when they did. */
  intercept(row: MessageRow): boolean
}

// Two programs that answer each other would never stop: this many answers between two numbers are enough.
const MOST_ANSWERS = 15
const ANSWERS_WITHIN_MS = 30_000
// Beyond so many, those that have fallen silent are forgotten.
const MOST_PAIRS = 1_000

/** Receives texts on the account's numbers: keeps them, minds keywords, and asks the application. */
export function createInbound(options: InboundOptions): (text: OutgoingText) => MessageRow {
  const { context, messages, senders, optOuts } = options
  const { clock, accountSid, alerts, live } = context
  const answered = new Map<string, number[]>()

  function write(draft: Draft): MessageRow | undefined {
    const pair = [draft.from, draft.to].sort().join(' and ')
    const now = clock.now()
    const isRecent = (at: number) => at > now - ANSWERS_WITHIN_MS
    const recent = (answered.get(pair) ?? []).filter(isRecent)
    if (answered.size > MOST_PAIRS) {
      for (const [each, times] of answered) if (!times.some(isRecent)) answered.delete(each)
    }
    if (recent.length >= MOST_ANSWERS) {
      alerts.add(14107, `more than ${MOST_ANSWERS} answers between ${pair} in half a minute`)
      return undefined
    }
    answered.set(pair, [...recent, now])
    return options.write(draft)
  }

  function mindKeyword(row: MessageRow): void {
    const contact = row.from ?? ''
    const sender = senders.optOutKey(row.to)
    const keyword = keywordOf(row.body)
    if (keyword === undefined) return
    if (keyword === 'stop') optOuts.add(sender, contact)
    // `YES` is also an answer to a question.
    if (keyword === 'start' && !optOuts.delete(sender, contact)) return
    write({
      direction: 'outbound-reply',
      from: row.to,
      to: contact,
      messagingServiceSid: row.messagingServiceSid,
      body: keywordAnswers[keyword],
      answersKeyword: true,
    })
  }

  return ({ from, to, body, mediaUrls = [] }) => {
    const number = senders.number(to)
    if (!number) throw new NoSuchNumberError(to)
    const service = senders.serviceOf(number)
    const row = messages.put({
      ...newStored(context, mediaUrls.length > 0 ? 'MM' : 'SM'),
      direction: 'inbound',
      from,
      to,
      body,
      media: mediaUrls.map((url) => newMedia(context, url)),
      segments: countSegments(body),
      status: 'received',
      errorCode: null,
      messagingServiceSid: service?.sid ?? null,
      statusCallback: null,
      dateSent: clock.now(),
      sendAt: null,
      validUntil: null,
    })
    show(row, 'received', `${from} texts ${to}`)
    mindKeyword(row)
    if (options.intercept(row)) return row
    const target = targetOf(number)
    if (target) {
      const answering = answerMessage(row, target, inboundFields(row, accountSid), context, write)
      void clock.track(answering)
    } else if (keywordOf(body) === undefined) {
      const lack = answeringService(number)
        ? 'its messaging service has no inboundRequestUrl'
        : 'it has no smsUrl'
      show(row, 'unanswered', `nothing answers texts to ${to}: ${lack}`)
    }
    return row
  }

  function show({ sid }: MessageRow, name: string, text: string): void {
    const data = { messageSid: sid }
    live.emit({ at: clock.now(), kind: 'message', name: `message.${name}`, text, data })
  }

  /** The service that texts to the number go to. */
  function answeringService(number: IncomingNumberRow): MessagingServiceRow | undefined {
    const service = senders.serviceOf(number)
    return service?.settings['use_inbound_webhook_on_number'] === true ? undefined : service
  }

  /** The service's address, unless it leaves that to the number; the number's application, or its own address. */
  function targetOf(number: IncomingNumberRow): InboundTarget | undefined {
    const service = answeringService(number)
    if (service) {
      return readTarget(service.settings, 'inbound_request_url', 'inbound_method', 'fallback')
    }
    const application = options.application(String(number.settings['sms_application_sid'] ?? ''))
    return readTarget(application ?? number.settings, 'sms_url', 'sms_method', 'sms_fallback')
  }
}

function readTarget(
  settings: Settings,
  url: string,
  method: string,
  fallback: string,
): InboundTarget | undefined {
  const text = (field: string) => String(settings[field] ?? '')
  const methodOf = (field: string) => (settings[field] === 'GET' ? 'GET' : 'POST')
  if (text(url) === '') return undefined
  return {
    url: text(url),
    method: methodOf(method),
    fallbackUrl: text(`${fallback}_url`),
    fallbackMethod: methodOf(`${fallback}_method`),
  }
}

/** What the webhook of an inbound message carries. */
function inboundFields(row: MessageRow, accountSid: string): Record<string, string> {
  const media = row.media.flatMap(({ url, contentType }, index) => [
    [`MediaUrl${index}`, url],
    [`MediaContentType${index}`, contentType],
  ])
  return {
    ...messageFields(row, accountSid),
    SmsMessageSid: row.sid,
    SmsStatus: 'received',
    Body: row.body,
    NumSegments: String(row.segments),
    NumMedia: String(row.media.length),
    ...Object.fromEntries(media),
    ...place('From', row.from ?? ''),
    ...place('To', row.to),
  }
}

// Twilio looks places up in a directory of numbers; here only the country code tells something.
function place(end: string, number: string): Record<string, string> {
  return {
    [`${end}City`]: '',
    [`${end}State`]: '',
    [`${end}Zip`]: '',
    [`${end}Country`]: countryOf(number),
  }
}
