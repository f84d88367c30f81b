import type { Alerts } from '../alerts.ts'
import type { Context } from '../context.ts'
import type { Stored } from '../objects/stored.ts'
import { isoDate } from '../rest/date.ts'
import type { Call } from '../rest/route.ts'
import type { WebhookResult } from '../webhooks/webhooks.ts'
import type {
  ConversationMessageRow,
  ConversationRow,
  ParticipantRow,
  ScopedWebhookRow,
} from './conversation.ts'
import type { PostEvent, PreEvent, WebhookSettings } from './webhooks.ts'

/** How something comes about. What is quiet is told to nobody. */
export type How = { readonly source: 'API' | 'SMS'; readonly quiet: boolean }

/** What texts do is always told. */
export const bySms: How = { source: 'SMS', quiet: false }

/** What REST does is told only if the call asks for it. */
export function howOf({ headers }: Call): How {
  return { source: 'API', quiet: headers.get('x-twilio-webhook-enabled') !== 'true' }
}

/** Tells of something that happened in a conversation: the account's or the service's webhook, and the conversation's own. */
export type Tell = (
  row: ConversationRow,
  event: PostEvent,
  how: How,
  fields: Readonly<Record<string, string>>,
) => void

/** Conversations wait five seconds for a webhook. */
export const WEBHOOK_BUDGET_MS = 5_000

/** The post-event webhook of a service, or else of the account, and those of the conversation itself. */
export function createTell(
  { accountSid, webhooks, alerts }: Context,
  settingsOf: (serviceSid: string) => WebhookSettings,
): Tell {
  return (row, event, how, fields) => {
    if (how.quiet) return
    const common = commonFields(accountSid, row, event, how)
    const send = (url: string, method: 'GET' | 'POST', more: Readonly<Record<string, string>>) => {
      const purpose = 'conversation webhook'
      webhooks.notify(
        {
          purpose,
          url,
          method,
          fields: { ...common, ...fields, ...more },
          budgetMs: WEBHOOK_BUDGET_MS,
        },
        row.sid,
        (result) => alertFailure(alerts, purpose, url, result),
      )
    }
    const { postWebhookUrl, method, filters } = settingsOf(row.serviceSid)
    if (postWebhookUrl && filters.includes(event)) send(postWebhookUrl, method, {})
    for (const webhook of row.webhooks) {
      const url = addressOf(webhook, event, fields, accountSid)
      if (!url) continue
      const channel = webhook.target === 'studio' ? channelOf(row, fields) : {}
      send(url, webhook.method, { WebhookSid: webhook.sid, ...channel })
    }
  }
}

/** An alert for a webhook that failed. */
export function alertFailure(
  alerts: Alerts,
  purpose: string,
  url: string,
  result: WebhookResult,
): void {
  if (result.kind === 'failed') alerts.add(result.code, `${purpose} ${url}: ${result.reason}`)
  else if (result.status >= 400) {
    alerts.add(11200, `${purpose} ${url}: the answer was ${result.status}`)
  }
}

/** Where a conversation's own webhook goes with this; undefined when it does not want it. */
function addressOf(
  { target, url, filters, triggers, flowSid, replayAfter }: ScopedWebhookRow,
  event: PostEvent,
  fields: Readonly<Record<string, string>>,
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
function channelOf(
  { participants }: ConversationRow,
  fields: Readonly<Record<string, string>>,
): Record<string, string> {
  const writer = participants.find(({ sid }) => sid === fields['ParticipantSid'])
  return { From: fields['Author'] ?? '', To: writer?.binding?.proxyAddress ?? '' }
}

/** What every webhook of Conversations carries. */
export function commonFields(
  accountSid: string,
  about: Pick<ConversationRow, 'serviceSid' | 'messagingServiceSid'> & { readonly sid?: string },
  event: PreEvent | PostEvent,
  { source }: How,
): Record<string, string> {
  return {
    AccountSid: accountSid,
    ChatServiceSid: about.serviceSid,
    ...(about.sid && { ConversationSid: about.sid }),
    EventType: event,
    Source: source,
    ...(about.messagingServiceSid && { MessagingServiceSid: about.messagingServiceSid }),
  }
}

/** What is yet to be made has neither SID nor dates. */
type Draft<Row extends Stored> = Omit<Row, keyof Stored> & Partial<Stored>

/** What is told of a conversation. */
export function conversationFields(
  row: Pick<ConversationRow, 'friendlyName' | 'uniqueName' | 'attributes' | 'state'> &
    Partial<Stored>,
): Record<string, string> {
  return {
    Attributes: row.attributes,
    State: row.state,
    ...dates(row),
    ...(row.friendlyName && { FriendlyName: row.friendlyName }),
    ...(row.uniqueName && { UniqueName: row.uniqueName }),
  }
}

/** What is told of a message. */
export function messageFields(
  message: Omit<Draft<ConversationMessageRow>, 'index'> & { readonly index?: number },
): Record<string, string> {
  const { sid, index, author, body, attributes, participantSid, media = [] } = message
  const shown = media.map((one) => ({
    Sid: one.sid,
    ContentType: one.contentType,
    Filename: null,
    Size: null,
  }))
  return {
    ...(sid && { MessageSid: sid }),
    ...(index !== undefined && { Index: String(index) }),
    Author: author,
    Body: body,
    Attributes: attributes,
    ...dates(message),
    ...(participantSid && { ParticipantSid: participantSid }),
    ...(shown.length > 0 && { Media: JSON.stringify(shown) }),
  }
}

/** What is told of somebody who takes part. */
export function participantFields(participant: Draft<ParticipantRow>): Record<string, string> {
  const { sid, identity, binding, attributes, roleSid, lastReadMessageIndex } = participant
  return {
    ...(sid && { ParticipantSid: sid }),
    Attributes: attributes,
    ...dates(participant),
    ...(identity && { Identity: identity }),
    ...(roleSid && { RoleSid: roleSid }),
    ...(typeof lastReadMessageIndex === 'number' && {
      LastReadMessageIndex: String(lastReadMessageIndex),
    }),
    ...(binding && {
      'MessagingBinding.Address': binding.address,
      'MessagingBinding.ProxyAddress': binding.proxyAddress,
      'MessagingBinding.Type': 'sms',
    }),
  }
}

function dates({ dateCreated, dateUpdated }: Partial<Stored>): Record<string, string> {
  return {
    ...(dateCreated !== undefined && { DateCreated: isoDate(dateCreated) }),
    ...(dateUpdated !== undefined &&
      dateUpdated !== dateCreated && { DateUpdated: isoDate(dateUpdated) }),
  }
}
