import type { Context } from '../context.ts'
import { newStored } from '../objects/stored.ts'
import { badRequest, TwilioRefusal } from '../rest/refusal.ts'
import { messageCodes as codes } from './codes.ts'
import type { Media, MessageRow } from './message.ts'
import type { MessageStore } from './message-store.ts'
import type { OptOuts } from './opt-outs.ts'
import { LONGEST_BACKLOG_SECONDS, type Outbox } from './outbox.ts'
import { countSegments } from './segments.ts'
import type { Senders } from './senders.ts'
import { smartEncode } from './smart-encoding.ts'

/** A message as somebody wants it sent. */
export type Draft = {
  readonly direction: 'outbound-api' | 'outbound-reply'
  /** Null: the messaging service chooses. */
  readonly from: string | null
  readonly messagingServiceSid: string | null
  readonly to: string
  readonly body: string
  readonly mediaUrls?: readonly string[]
  /** Default: as the messaging service has it, if one sends. */
  readonly isSmartEncoded?: boolean
  /** As one MMS, although it has no media. */
  readonly asMms?: boolean
  readonly statusCallback?: string | null
  readonly validitySeconds?: number
  readonly sendAt?: number | null
  /** Twilio's own answer to a keyword reaches also who wants no messages. */
  readonly answersKeyword?: boolean
}

/** What writing needs. */
export type WriteOptions = {
  readonly context: Context
  readonly messages: MessageStore
  readonly senders: Senders
  readonly optOuts: OptOuts
  readonly outbox: Outbox
}

const LONGEST_BODY = 1_600
const MOST_MEDIA = 10

/** Checks a draft, stores it and puts it into the outbox. Refuses as Twilio does. */
export function createWriter(options: WriteOptions): (draft: Draft) => MessageRow {
  const { context, messages, senders, optOuts, outbox } = options

  function checkSender({ from, messagingServiceSid, to }: Draft): void {
    if (messagingServiceSid !== null) {
      const service = senders.service(messagingServiceSid)
      if (!service) {
        throw new TwilioRefusal(
          404,
          codes.unknownService,
          `The Messaging Service ${messagingServiceSid} does not exist`,
        )
      }
      const pool = senders.pool(service)
      if (pool.length === 0) {
        throw badRequest('The Messaging Service contains no phone numbers', codes.emptyService)
      }
      if (from !== null && !pool.includes(from)) throw notOwn(from)
      return
    }
    if (from === null) throw badRequest("A 'From' phone number is required", codes.noSender)
    if (isName(from) && !to.startsWith('+1')) return
    if (!isNumber(from) && !isName(from)) {
      throw badRequest(
        `The 'From' number ${from} is not a valid phone number, shortcode, or alphanumeric sender ID.`,
        codes.invalidFrom,
      )
    }
    if (!senders.number(from)) throw notOwn(from)
    if (outbox.backlogSeconds(from) > LONGEST_BACKLOG_SECONDS) {
      throw badRequest(
        `This 'From' number has exceeded the maximum number of queued messages`,
        codes.queueFull,
      )
    }
  }

  function check(draft: Draft): void {
    const { to, from, body, mediaUrls = [], answersKeyword } = draft
    if (to === '') throw badRequest("A 'To' phone number is required.", codes.noTo)
    refuseChannels(from, to)
    if (!isNumber(to)) throw badRequest(`Invalid 'To' Phone Number: ${to}`, codes.invalidTo)
    if (from === to) {
      throw badRequest("'To' and 'From' number cannot be the same", codes.sameNumber)
    }
    checkSender(draft)
    if (body === '' && mediaUrls.length === 0) {
      throw badRequest('A text message body or media urls must be specified.', codes.nothingToSay)
    }
    if (body.length > LONGEST_BODY) {
      throw badRequest(
        `The concatenated message body exceeds the ${LONGEST_BODY} character limit`,
        codes.tooLong,
      )
    }
    if (mediaUrls.length > MOST_MEDIA) {
      throw badRequest('Number of media files exceeds allowed limit', codes.tooManyMedia)
    }
    const unusable = mediaUrls.find((url) => !URL.canParse(url) || !/^https?:/i.test(url))
    if (unusable !== undefined) {
      throw badRequest(`Invalid media URL(s): ${unusable}`, codes.invalidMediaUrl)
    }
    const sender = draft.messagingServiceSid ?? senders.optOutKey(from ?? '')
    if (!answersKeyword && optOuts.has(sender, to)) {
      throw badRequest('Attempt to send to unsubscribed recipient', codes.unsubscribed)
    }
  }

  return (draft) => {
    check(draft)
    const { from, to, messagingServiceSid, mediaUrls = [], sendAt = null } = draft
    const isMms = mediaUrls.length > 0 || draft.asMms === true
    const now = context.clock.now()
    const service = messagingServiceSid === null ? undefined : senders.service(messagingServiceSid)
    const isSmart = draft.isSmartEncoded ?? service?.settings['smart_encoding'] === true
    const body = isSmart && !isMms ? smartEncode(draft.body) : draft.body
    const validity = draft.validitySeconds ?? service?.validityPeriodSeconds
    const row = messages.put({
      ...newStored(context, isMms ? 'MM' : 'SM'),
      direction: draft.direction,
      from,
      to,
      body,
      media: mediaUrls.map((url) => newMedia(context, url)),
      segments: isMms ? 1 : countSegments(body),
      status: sendAt !== null ? 'scheduled' : from === null ? 'accepted' : 'queued',
      errorCode: null,
      messagingServiceSid,
      statusCallback: draft.statusCallback || textOrNull(service?.settings['status_callback']),
      dateSent: null,
      sendAt,
      validUntil: validity === undefined ? null : (sendAt ?? now) + validity * 1_000,
      ...(draft.answersKeyword && { answersKeyword: true }),
    })
    outbox.send(row)
    return row
  }
}

/** WhatsApp, Messenger and RCS are no texts: an account has senders there only after they were set up with their makers. */
function refuseChannels(from: string | null, to: string): void {
  const [channel, other] = [channelOf(to), channelOf(from ?? to)]
  if (channel !== other) {
    throw badRequest(
      `Invalid From and To pair. From and To should be of the same channel: ${from} and ${to}`,
      codes.channelsDiffer,
    )
  }
  if (channel === undefined) return
  throw badRequest(
    `Could not find a Channel with the specified From address ${from}: the local Twilio sends texts only`,
    codes.noChannel,
  )
}

function channelOf(address: string): string | undefined {
  return /^(whatsapp|messenger|rcs):/.exec(address)?.[1]
}

/** A medium at that address; its type is guessed from how the address ends. */
export function newMedia({ newSid }: Context, url: string): Media {
  const extension = /\.(\w+)$/.exec(URL.canParse(url) ? new URL(url).pathname : '')?.[1]
  return {
    sid: newSid('ME'),
    url,
    contentType: types[extension?.toLowerCase() ?? ''] ?? 'application/octet-stream',
  }
}

const types: Readonly<Record<string, string>> = {
  gif: 'image/gif',
  jpeg: 'image/jpeg',
  jpg: 'image/jpeg',
  mp3: 'audio/mpeg',
  mp4: 'video/mp4',
  pdf: 'application/pdf',
  png: 'image/png',
}

function notOwn(from: string) {
  return badRequest(
    `The 'From' phone number provided (${from}) is not a valid message-capable Twilio phone number for this destination/account`,
    codes.notOwnSender,
  )
}

function isNumber(text: string): boolean {
  return /^\+[1-9]\d{6,14}$/.test(text)
}

/** An alphanumeric sender: up to eleven characters, with a letter among them. Nobody can have one in North America. */
function isName(text: string): boolean {
  return /^(?=.*[A-Za-z])[A-Za-z0-9 _-]{1,11}$/.test(text)
}

function textOrNull(value: string | boolean | null | undefined): string | null {
  return typeof value === 'string' && value !== '' ? value : null
}
