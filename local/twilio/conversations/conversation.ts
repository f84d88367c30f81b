import type { Media } from '../messaging/index.ts'
import type { Collection } from '../objects/collection.ts'
import { isoDates, missing, type Stored } from '../objects/stored.ts'
import { conflict } from '../rest/refusal.ts'
import { type Call, pathPart } from '../rest/route.ts'
import { BASE } from './base.ts'

/** A conversation as stored (CH…), with what is in it. */
export type ConversationRow = Stored & {
  readonly serviceSid: string
  readonly messagingServiceSid: string | null
  readonly friendlyName: string | null
  readonly uniqueName: string | null
  /** JSON text. */
  readonly attributes: string
  readonly state: 'active' | 'inactive' | 'closed'
  /** Milliseconds without a message after which it becomes inactive or closed; null for never. */
  readonly inactiveAfter: number | null
  readonly closedAfter: number | null
  /** When the time of these began: with the latest message. */
  readonly quietSince: number
  readonly participants: readonly ParticipantRow[]
  /** The newest ones: as many as are kept. */
  readonly messages: readonly ConversationMessageRow[]
  /** Index of the next message. */
  readonly nextIndex: number
  readonly webhooks: readonly ScopedWebhookRow[]
}

/** Who takes part (MB…): by chat with an identity, by text messages with a binding. */
export type ParticipantRow = Stored & {
  readonly identity: string | null
  readonly binding: { readonly address: string; readonly proxyAddress: string } | null
  readonly attributes: string
  readonly roleSid: string | null
  /** What they have read; missing until they say so. */
  readonly lastReadMessageIndex?: number | null
  readonly lastReadTimestamp?: string | null
}

/** What somebody has written (IM…). */
export type ConversationMessageRow = Stored & {
  readonly index: number
  readonly author: string
  readonly body: string
  readonly attributes: string
  readonly participantSid: string | null
  /** These three are missing in snapshots of before they were kept. */
  readonly media?: readonly Media[]
  readonly contentSid?: string | null
  readonly receipts?: readonly ReceiptRow[]
}

/** What became of a message on its way to one phone (DY…). */
export type ReceiptRow = Stored & {
  readonly participantSid: string
  /** SM…; null when it was refused. */
  readonly channelMessageSid: string | null
  /** Null until it is sent. */
  readonly status: 'sent' | 'delivered' | 'failed' | 'undelivered' | null
  readonly errorCode: number
}

/** Who hears of one conversation (WH…). */
export type ScopedWebhookRow = Stored & {
  readonly target: 'webhook' | 'trigger' | 'studio'
  readonly url: string | null
  readonly method: 'GET' | 'POST'
  readonly filters: readonly string[]
  readonly triggers: readonly string[]
  readonly flowSid: string | null
  readonly replayAfter: number | null
}

/** Conversations by SID, and by unique name within a service. */
export type ConversationRows = Collection<ConversationRow>

/** The name under which a conversation can be found; one without a unique name has its SID. */
export function nameOf({ serviceSid, uniqueName, sid }: ConversationRow): string {
  return `${serviceSid} ${uniqueName ?? sid}`
}

/** Finds what the path of a call names. A conversation belongs to the service of the path, or to the default one. */
export type Finder = {
  serviceSid(call: Call): string
  conversation(call: Call, part?: string): ConversationRow
}

/** Finds conversations among these. */
export function createFinder(rows: ConversationRows, defaultServiceSid: () => string): Finder {
  const finder: Finder = {
    serviceSid: (call) => call.path['ChatServiceSid'] ?? defaultServiceSid(),
    conversation(call, part = 'ConversationSid') {
      const name = pathPart(call, part)
      const serviceSid = finder.serviceSid(call)
      const row = rows.get(name) ?? rows.byName(`${serviceSid} ${name}`)
      if (row?.serviceSid !== serviceSid) throw missing(call)
      return row
    },
  }
  return finder
}

/** The conversation's address in the answers of that call: below its service if the call is. */
export function addressOf(call: Call, { sid, serviceSid }: ConversationRow): string {
  const scope = call.path['ChatServiceSid'] ? `${BASE}/Services/${serviceSid}` : BASE
  return `${scope}/Conversations/${sid}`
}

/** Refuses what a closed conversation does not take any more. */
export function refuseClosed({ sid, state }: ConversationRow): void {
  if (state === 'closed') throw conflict(`Conversation ${sid} is closed`)
}

/** The resource as REST shows it. */
export function conversationBody(call: Call, row: ConversationRow, accountSid: string) {
  const url = addressOf(call, row)
  return {
    sid: row.sid,
    account_sid: accountSid,
    chat_service_sid: row.serviceSid,
    messaging_service_sid: row.messagingServiceSid,
    friendly_name: row.friendlyName,
    unique_name: row.uniqueName,
    attributes: row.attributes,
    state: row.state,
    timers: timersBody(row),
    bindings: null,
    ...isoDates(row),
    url,
    links: {
      participants: `${url}/Participants`,
      messages: `${url}/Messages`,
      webhooks: `${url}/Webhooks`,
    },
  }
}

function timersBody({ inactiveAfter, closedAfter, quietSince }: ConversationRow) {
  const at = (after: number) => new Date(quietSince + after).toISOString()
  return {
    ...(inactiveAfter !== null && { date_inactive: at(inactiveAfter) }),
    ...(closedAfter !== null && { date_closed: at(closedAfter) }),
  }
}
