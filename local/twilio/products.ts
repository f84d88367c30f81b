import type { Alerts } from './alerts.ts'
import { type ContentSnapshot, createContent } from './content/index.ts'
import type { Context } from './context.ts'
import type { TextPhones } from './contract.ts'
import { type ConversationsSnapshot, createConversations } from './conversations/index.ts'
import { createEvents, type EventsSnapshot, type Publish, publishedAlerts } from './events/index.ts'
import { createFlex, type FlexSnapshot } from './flex/index.ts'
import {
  createMessaging,
  type Draft,
  type Messaging,
  type MessagingPorts,
  type MessagingSnapshot,
} from './messaging/index.ts'
import { TwilioRefusal } from './rest/refusal.ts'
import type { HostRoutes } from './rest/route-table.ts'
import {
  createStudio,
  type FlowWebhook,
  type StudioPorts,
  type StudioSnapshot,
} from './studio/index.ts'
import { createSync, type SyncSnapshot } from './sync/index.ts'

/** What the products that are configured here hold. */
export type ProductsSnapshot = {
  readonly studio: StudioSnapshot
  readonly events: EventsSnapshot
  readonly messaging: MessagingSnapshot
  readonly conversations: ConversationsSnapshot
  readonly sync: SyncSnapshot
  readonly flex: FlexSnapshot
  /** Missing in snapshots of before it was known. */
  readonly content?: ContentSnapshot
}

/** What the products ask of the rest of the account. */
export type ProductsPorts = Omit<MessagingPorts, 'intercept' | 'moved' | 'render'> &
  Pick<StudioPorts, 'api' | 'onCallEnd' | 'timeZone'>

/** Every product but Voice and TaskRouter. */
export type Products = {
  readonly phones: TextPhones
  readonly hosts: readonly HostRoutes[]
  /** Gives an event to the sinks that subscribe to its type. */
  readonly publish: Publish
  /** The debugger, whose alerts are events, too. */
  readonly alerts: Alerts
  /** Where calls and messages reach a flow. */
  readonly flowWebhook: FlowWebhook
  /** Goes on with what ran before a restart, once Voice is there. */
  resume(): void
  snapshot(): ProductsSnapshot
  close(): void
}

/** Every product but Voice and TaskRouter: their hosts, and what outlives a restart. */
export function createProducts(
  context: Context,
  ports: ProductsPorts,
  restored?: ProductsSnapshot,
): Products {
  const events = createEvents(context, restored?.events)
  // Events that are lost are no events themselves, so the delivery has alerts of its own.
  const shared = { ...context, alerts: publishedAlerts(context, events.publish) }
  const { api, onCallEnd, timeZone } = ports
  const studioPorts = { api, onCallEnd, timeZone, publish: events.publish }
  const studio = createStudio(shared, studioPorts, restored?.studio)
  const content = createContent(context, restored?.content)
  const messaging = createMessaging(
    shared,
    {
      ...ports,
      render: content.render,
      intercept: ({ from, to, body, media }) =>
        conversations.receive({ from: from ?? '', to, body, media }),
      moved: ({ sid, status, errorCode }) => conversations.textMoved(sid, status, errorCode),
    },
    restored?.messaging,
  )
  const conversations = createConversations(
    shared,
    {
      hasNumber: (phoneNumber) => ports.numbers.byName(phoneNumber) !== undefined,
      senderOf: messaging.senderOf,
      render: content.render,
      texts: { send: (text) => sendText(text, messaging, context) },
      hasFlow: (sid) => studio.flows.get(sid) !== undefined,
      hasMessagingService: (sid) => messaging.services.get(sid) !== undefined,
    },
    restored?.conversations,
  )
  const sync = createSync(shared, restored?.sync)
  const { conversationUrl } = conversations
  const flex = createFlex(shared, { api, conversationUrl }, restored?.flex)
  // A queue of agents offers conversations as well as calls.
  const publish: Publish = (event) => {
    events.publish(event)
    flex.hear(event)
  }
  return {
    phones: messaging.phones,
    hosts: [
      { host: 'api.twilio.com', routes: messaging.messageRoutes },
      { host: 'studio.twilio.com', routes: studio.routes },
      { host: 'events.twilio.com', routes: events.routes },
      { host: 'messaging.twilio.com', routes: messaging.routes },
      { host: 'content.twilio.com', routes: content.routes },
      { host: 'conversations.twilio.com', routes: conversations.routes },
      { host: 'sync.twilio.com', routes: sync.routes },
      { host: 'flex-api.twilio.com', routes: flex.routes },
    ],
    publish,
    alerts: shared.alerts,
    flowWebhook: studio.webhook,
    resume: studio.resume,
    close() {
      studio.close()
      events.close()
      messaging.close()
      conversations.close()
    },
    snapshot: () => ({
      studio: studio.snapshot(),
      events: events.snapshot(),
      messaging: messaging.snapshot(),
      conversations: conversations.snapshot(),
      sync: sync.snapshot(),
      flex: flex.snapshot(),
      content: content.snapshot(),
    }),
  }
}

/** A conversation's message to a phone. One that is refused is not lost to the conversation, and shows as an alert. */
function sendText(
  text: Pick<Draft, 'to' | 'body' | 'mediaUrls'> & { readonly from: string },
  messaging: Messaging,
  { alerts }: Context,
) {
  try {
    const direction = 'outbound-api'
    const { sid } = messaging.write({ ...text, direction, messagingServiceSid: null })
    return { sid }
  } catch (error) {
    if (!(error instanceof TwilioRefusal)) throw error
    alerts.add(error.code, `a conversation's message to ${text.to}: ${error.message}`)
    return { errorCode: error.code }
  }
}
