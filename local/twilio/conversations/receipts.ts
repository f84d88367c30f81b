import type { Context } from '../context.ts'
import { isoDates, missing, newStored } from '../objects/stored.ts'
import { isoDate } from '../rest/date.ts'
import { pageV1 } from '../rest/paging.ts'
import { type Call, ok, pathPart } from '../rest/route.ts'
import {
  addressOf,
  type ConversationMessageRow,
  type ConversationRow,
  type ConversationRows,
  type Finder,
  type ReceiptRow,
} from './conversation.ts'
import { bySms, type Tell } from './conversation-news.ts'

/** What conversations send as text messages. */
export interface TextSender {
  /** The SID of the message, or why it was refused. */
  send(text: {
    readonly from: string
    readonly to: string
    readonly body: string
    readonly mediaUrls: readonly string[]
  }): { readonly sid: string } | { readonly errorCode: number }
}

/** What is said in a conversation, on its way to the phones of those who take part by text messages. */
export interface Receipts {
  /** Sends it to all of them but its author. */
  send(
    row: ConversationRow,
    message: Pick<ConversationMessageRow, 'sid' | 'body' | 'media' | 'participantSid'>,
  ): readonly ReceiptRow[]
  /** Tells of those that were refused, once the message itself was told. */
  tellFailed(row: ConversationRow, message: ConversationMessageRow): void
  /** What has become of a text message, whosever it is. */
  heard(channelMessageSid: string, status: string, errorCode: number | null): void
}

const statuses = ['sent', 'delivered', 'failed', 'undelivered'] as const
type Status = NonNullable<ReceiptRow['status']>

/** Receipts of what these conversations say. */
export function createReceipts(
  context: Context,
  rows: ConversationRows,
  tell: Tell,
  texts: TextSender,
): Receipts {
  // Text message → where its receipt is, until it has arrived or failed.
  const awaited = new Map<string, { conversationSid: string; messageSid: string }>()
  for (const { sid: conversationSid, messages } of rows.values()) {
    for (const { sid: messageSid, receipts = [] } of messages) {
      for (const { channelMessageSid, status } of receipts) {
        const isUnderWay = status === null || status === 'sent'
        if (isUnderWay && channelMessageSid) {
          awaited.set(channelMessageSid, { conversationSid, messageSid })
        }
      }
    }
  }

  function tellUpdated(row: ConversationRow, messageSid: string, receipt: ReceiptRow): void {
    tell(row, 'onDeliveryUpdated', bySms, {
      MessageSid: messageSid,
      DeliveryReceiptSid: receipt.sid,
      ...(receipt.channelMessageSid && { ChannelMessageSid: receipt.channelMessageSid }),
      ParticipantSid: receipt.participantSid,
      Status: receipt.status ?? '',
      ErrorCode: String(receipt.errorCode),
      DateCreated: isoDate(receipt.dateCreated),
      DateUpdated: isoDate(receipt.dateUpdated),
    })
  }

  return {
    send(row, { sid: messageSid, body, media = [], participantSid }) {
      if (body === '' && media.length === 0) return []
      const mediaUrls = media.map(({ url }) => url)
      return row.participants.flatMap(({ sid, binding }): readonly ReceiptRow[] => {
        if (!binding || sid === participantSid) return []
        const { proxyAddress: from, address: to } = binding
        const sent = texts.send({ from, to, body, mediaUrls })
        const receipt = { ...newStored(context, 'DY'), participantSid: sid }
        if ('errorCode' in sent) {
          return [
            { ...receipt, channelMessageSid: null, status: 'failed', errorCode: sent.errorCode },
          ]
        }
        awaited.set(sent.sid, { conversationSid: row.sid, messageSid })
        return [{ ...receipt, channelMessageSid: sent.sid, status: null, errorCode: 0 }]
      })
    },
    tellFailed(row, { sid, receipts = [] }) {
      for (const receipt of receipts) if (receipt.status) tellUpdated(row, sid, receipt)
    },
    heard(channelMessageSid, text, errorCode) {
      const status = statuses.find((one) => one === text)
      const place = awaited.get(channelMessageSid)
      if (!place || !status) return
      if (status !== 'sent') awaited.delete(channelMessageSid)
      const row = rows.get(place.conversationSid)
      const message = row?.messages.find(({ sid }) => sid === place.messageSid)
      const before = message?.receipts?.find((one) => one.channelMessageSid === channelMessageSid)
      if (!row || !message || !before) return
      const dateUpdated = context.clock.now()
      const receipt = { ...before, status, errorCode: errorCode ?? 0, dateUpdated }
      const receipts = message.receipts?.map((one) => (one === before ? receipt : one))
      const messages = row.messages.map((one) => (one === message ? { ...one, receipts } : one))
      tellUpdated(rows.put({ ...row, messages }), message.sid, receipt)
    },
  }
}

/** `/Conversations/{ConversationSid}/Messages/{MessageSid}/Receipts`; a message that is not sent yet has none. */
export function createReceiptResources({ accountSid }: Context, finder: Finder) {
  const found = (call: Call) => {
    const conversation = finder.conversation(call)
    const message = conversation.messages.find(({ sid }) => sid === pathPart(call, 'MessageSid'))
    if (!message) throw missing(call)
    const receipts = (message.receipts ?? []).filter(({ status }) => status !== null)
    const url = `${addressOf(call, conversation)}/Messages/${message.sid}/Receipts`
    const body = (row: ReceiptRow) => ({
      sid: row.sid,
      account_sid: accountSid,
      ...(call.path['ChatServiceSid'] && { chat_service_sid: conversation.serviceSid }),
      conversation_sid: conversation.sid,
      message_sid: message.sid,
      channel_message_sid: row.channelMessageSid,
      participant_sid: row.participantSid,
      status: row.status,
      error_code: row.errorCode,
      ...isoDates(row),
      url: `${url}/${row.sid}`,
    })
    return { receipts, body }
  }
  return {
    list(call: Call) {
      const { receipts, body } = found(call)
      return pageV1(call, 'delivery_receipts', receipts, body)
    },
    fetch(call: Call) {
      const { receipts, body } = found(call)
      const row = receipts.find(({ sid }) => sid === pathPart(call, 'Sid'))
      if (!row) throw missing(call)
      return ok(body(row))
    },
  }
}

/** How many of a message's receivers it has reached; null when it goes to no phone. */
export function deliverySummary({ receipts = [] }: ConversationMessageRow) {
  const total = receipts.length
  if (total === 0) return null
  const share = (...wanted: readonly Status[]) => {
    const count = receipts.filter(({ status }) => status && wanted.includes(status)).length
    return count === 0 ? 'none' : count === total ? 'all' : 'some'
  }
  return {
    total,
    sent: share('sent', 'delivered', 'undelivered'),
    delivered: share('delivered'),
    read: 'none',
    failed: share('failed'),
    undelivered: share('undelivered'),
  }
}
