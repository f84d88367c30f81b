import type { Context } from '../context.ts'
import { isoDate } from '../date.ts'
import type {
  ConversationMessageRow,
  ConversationRow,
  ParticipantRow,
  ScopedWebhookRow,
} from './conversation.ts'
import type { WebhookSettings } from './webhooks.ts'

/** Something that happened in a conversation. */
export type News = {
  readonly event:
    | 'onConversationAdded'
    | 'onConversationStateUpdated'
    | 'onParticipantAdded'
    | 'onMessageAdded'
  /** How it came about. */
  readonly source: 'API' | 'SMS'
  readonly fields: Readonly<Record<string, string>>
}

/** Tells of a conversation: the account's or the service's webhook, and the conversation's own. */
export type Tell = (row: ConversationRow, news: News) => void

/** What is told is told once it has happened; webhooks that could forbid it are not asked. */
export function createTell(
  { accountSid, webhooks, alerts }: Context,
  settingsOf: (row: ConversationRow) => WebhookSettings,
): Tell {
  return (row, news) => {
    const fields = {
      AccountSid: accountSid,
      ChatServiceSid: row.serviceSid,
      ConversationSid: row.sid,
      EventType: news.event,
      Source: news.source,
      ...(row.messagingServiceSid && { MessagingServiceSid: row.messagingServiceSid }),
      ...news.fields,
    }
    const send = (url: string, method: 'GET' | 'POST', more: Readonly<Record<string, string>>) => {
      const purpose = 'conversation webhook'
      webhooks.notify(
        { purpose, url, method, fields: { ...fields, ...more } },
        row.sid,
        (result) => {
          if (result.kind === 'failed')
            alerts.add(result.code, `${purpose} ${url}: ${result.reason}`)
          else if (result.status >= 400) {
            alerts.add(11200, `${purpose} ${url}: the answer was ${result.status}`)
          }
        },
      )
    }
    const { postWebhookUrl, method, filters } = settingsOf(row)
    if (postWebhookUrl && filters.includes(news.event)) send(postWebhookUrl, method, {})
    for (const webhook of row.webhooks) {
      const url = addressOf(webhook, news, accountSid)
      if (url) send(url, webhook.method, webhook.target === 'studio' ? channelOf(row, news) : {})
    }
  }
}

/** Where a conversation's own webhook goes with this; undefined when it does not want it. */
function addressOf(
  { target, url, filters, triggers, flowSid, replayAfter }: ScopedWebhookRow,
  { event, fields }: News,
  accountSid: string,
): string | undefined {
  switch (target) {
    case 'webhook':
      return filters.includes(event) ? (url ?? undefined) : undefined
    case 'trigger':
      return event === 'onMessageAdded' && triggers.some((word) => fields['Body']?.includes(word))
        ? (url ?? undefined)
        : undefined
    case 'studio':
      if (event !== 'onMessageAdded' || Number(fields['Index']) <= (replayAfter ?? -1)) return
      return `https://webhooks.twilio.com/v1/Accounts/${accountSid}/Flows/${flowSid}`
    default:
      throw new Error(`no such target: ${target satisfies never}`)
  }
}

// A flow speaks of a contact's address and of its own.
function channelOf({ participants }: ConversationRow, { fields }: News): Record<string, string> {
  const writer = participants.find(({ sid }) => sid === fields['ParticipantSid'])
  return { From: fields['Author'] ?? '', To: writer?.binding?.proxyAddress ?? '' }
}

/** What is told of a message. */
export function messageFields(message: ConversationMessageRow): Record<string, string> {
  const { sid, index, author, body, attributes, participantSid, dateCreated } = message
  return {
    MessageSid: sid,
    Index: String(index),
    Author: author,
    Body: body,
    Attributes: attributes,
    DateCreated: isoDate(dateCreated),
    ...(participantSid && { ParticipantSid: participantSid }),
  }
}

/** What is told of somebody who takes part. */
export function participantFields(participant: ParticipantRow): Record<string, string> {
  const { sid, identity, binding, attributes, dateCreated } = participant
  return {
    ParticipantSid: sid,
    Attributes: attributes,
    DateCreated: isoDate(dateCreated),
    ...(identity && { Identity: identity }),
    ...(binding && {
      'MessagingBinding.Address': binding.address,
      'MessagingBinding.ProxyAddress': binding.proxyAddress,
      'MessagingBinding.Type': 'sms',
    }),
  }
}
