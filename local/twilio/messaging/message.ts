import { rfc2822Dates, type Stored } from '../objects/stored.ts'
import { rfc2822DateOrNull } from '../rest/date.ts'
import { failureTexts } from './codes.ts'

/** Where a message is on its way. */
export type MessageStatus =
  | 'accepted'
  | 'scheduled'
  | 'queued'
  | 'sending'
  | 'sent'
  | 'delivered'
  | 'undelivered'
  | 'failed'
  | 'canceled'
  | 'received'

/** A picture or the like that goes along (ME…). */
export type Media = { readonly sid: string; readonly url: string; readonly contentType: string }

/** A text message as stored (SM…, or MM… with media). */
export type MessageRow = Stored & {
  readonly direction: 'inbound' | 'outbound-api' | 'outbound-reply'
  /** Null while a messaging service has not chosen its sender. */
  readonly from: string | null
  readonly to: string
  readonly body: string
  readonly media: readonly Media[]
  readonly segments: number
  readonly status: MessageStatus
  readonly errorCode: number | null
  readonly messagingServiceSid: string | null
  readonly statusCallback: string | null
  readonly dateSent: number | null
  /** When it is to be sent, of a scheduled one. */
  readonly sendAt: number | null
  /** After that time it is not sent any more. */
  readonly validUntil: number | null
  /** Twilio's own answer to STOP and the like, which opt-outs do not keep back. */
  readonly answersKeyword?: boolean
}

const overStatuses: ReadonlySet<MessageStatus> = new Set([
  'delivered',
  'undelivered',
  'failed',
  'canceled',
  'received',
])

/** Whether nothing happens to it any more. */
export function isOver({ status }: Pick<MessageRow, 'status'>): boolean {
  return overStatuses.has(status)
}

/** The resource as REST shows it. The local Twilio charges nothing, so the price stays unknown. */
export function messageBody(row: MessageRow, accountSid: string) {
  const uri = `/2010-04-01/Accounts/${accountSid}/Messages/${row.sid}`
  return {
    sid: row.sid,
    account_sid: accountSid,
    messaging_service_sid: row.messagingServiceSid,
    api_version: '2010-04-01',
    direction: row.direction,
    from: row.from,
    to: row.to,
    body: row.body,
    num_segments: String(row.from === null ? 0 : row.segments),
    num_media: String(row.media.length),
    status: row.status,
    error_code: row.errorCode,
    error_message: row.errorCode === null ? null : (failureTexts[row.errorCode] ?? null),
    price: null,
    price_unit: 'USD',
    ...rfc2822Dates(row),
    date_sent: rfc2822DateOrNull(row.dateSent),
    uri: `${uri}.json`,
    subresource_uris: { media: `${uri}/Media.json`, feedback: `${uri}/Feedback.json` },
  }
}

/** What every webhook about a message carries. */
export function messageFields(row: MessageRow, accountSid: string): Record<string, string> {
  return {
    AccountSid: accountSid,
    ApiVersion: '2010-04-01',
    MessageSid: row.sid,
    SmsSid: row.sid,
    From: row.from ?? '',
    To: row.to,
    ...(row.messagingServiceSid && { MessagingServiceSid: row.messagingServiceSid }),
  }
}
