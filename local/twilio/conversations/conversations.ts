import type { Rendered } from '../content/index.ts'
import type { Context } from '../context.ts'
import { createCollection } from '../objects/collection.ts'
import { type ResourceHandlers, resourceRoutes } from '../rest/resource-routes.ts'
import { get, type Handler, post, type Route } from '../rest/route.ts'
import { type AddressConfigurationRow, createAddressConfigurations } from './addresses.ts'
import { BASE } from './base.ts'
import {
  type ConfigurationStore,
  type ConversationsConfiguration,
  createConfiguration,
  standardTimers,
} from './configuration.ts'
import { createConsent } from './consent.ts'
import {
  type ConversationRow,
  type ConversationRows,
  createFinder,
  nameOf,
} from './conversation.ts'
import { createConversationLife } from './conversation-life.ts'
import { createConversationMessages } from './conversation-messages.ts'
import { createTell } from './conversation-news.ts'
import { createConversationResources } from './conversation-resources.ts'
import { createInboundTexts, type InboundText } from './inbound-texts.ts'
import { createParticipantConversations } from './participant-conversations.ts'
import { createParticipants, type ProxyNumbers } from './participants.ts'
import { createReceiptResources, createReceipts, type TextSender } from './receipts.ts'
import { createRoles } from './roles.ts'
import { createScopedWebhooks } from './scoped-webhooks.ts'
import { createServiceConfiguration } from './service-configuration.ts'
import { addService, type ConversationServiceRow, createServices } from './services.ts'
import { refuseUnsupported } from './unsupported.ts'
import { noWebhooks, type WebhookSettings } from './webhooks.ts'

/** What outlives a restart. */
export type ConversationsSnapshot = {
  readonly services: readonly ConversationServiceRow[]
  readonly addresses: readonly AddressConfigurationRow[]
  /** Null until Conversations is used for the first time. */
  readonly configuration: ConversationsConfiguration | null
  /** Missing in snapshots of before they were held. */
  readonly conversations?: readonly ConversationRow[]
}

/** What Conversations may refer to in other products, and how it sends texts. */
export type ConversationsOptions = ProxyNumbers & {
  readonly texts: TextSender
  /** What a content template says. */
  render(contentSid: string, variables: string): Rendered
  hasFlow(sid: string): boolean
  hasMessagingService(sid: string): boolean
}

/** Conversations over REST and by text messages, with their services, configuration and addresses. */
export type Conversations = {
  readonly routes: readonly Route[]
  /** Takes a text that belongs to a conversation, or that begins one; else false. */
  receive(text: InboundText): boolean
  /** What has become of a text message, whosever it is. */
  textMoved(sid: string, status: string, errorCode: number | null): void
  /** The REST address of the conversation of that SID, below its service. */
  conversationUrl(sid: string): string | undefined
  snapshot(): ConversationsSnapshot
  close(): void
}

/** Conversations as in a snapshot, or new: the default service comes with its first use. */
export function createConversations(
  context: Context,
  options: ConversationsOptions,
  restored?: ConversationsSnapshot,
): Conversations {
  const { hasNumber, hasFlow, hasMessagingService } = options
  const services = createCollection<ConversationServiceRow>(undefined, restored?.services)
  const addresses = createCollection<AddressConfigurationRow>(
    ({ address }) => address,
    restored?.addresses,
  )
  let configuration = restored?.configuration ?? null
  const hasService = (sid: string) => services.get(sid) !== undefined
  const store: ConfigurationStore = {
    get() {
      configuration ??= firstConfiguration(
        addService(context, services, 'Default Conversations Service').sid,
      )
      return configuration
    },
    set(next) {
      configuration = next
      return next
    },
    hasService,
    hasMessagingService,
  }
  const rows: ConversationRows = createCollection(nameOf, restored?.conversations)
  const defaultServiceSid = () => store.get().defaultChatServiceSid
  // A service that tells somebody itself does not tell the account's.
  const settingsOf =
    (url: 'preWebhookUrl' | 'postWebhookUrl') =>
    (serviceSid: string): WebhookSettings => {
      const own = services.get(serviceSid)?.webhooks
      return own?.[url] ? own : store.get().webhooks
    }
  const tell = createTell(context, settingsOf('postWebhookUrl'))
  const consent = createConsent(context, settingsOf('preWebhookUrl'))
  const receipts = createReceipts(context, rows, tell, options.texts)
  const life = createConversationLife({
    context,
    rows,
    tell,
    receipts,
    standardTimers: () => standardTimers(store.get()),
  })
  const finder = createFinder(rows, defaultServiceSid)
  const surroundings = { context, life, finder, consent, tell }
  const isDefault = (sid: string) => store.get().defaultChatServiceSid === sid
  const held = {
    conversations: createConversationResources(
      surroundings,
      rows,
      () => store.get().defaultMessagingServiceSid,
    ),
    participants: createParticipants(surroundings, options),
    messages: createConversationMessages(surroundings, options.render),
    receipts: createReceiptResources(context, finder),
    webhooks: createScopedWebhooks(surroundings, hasFlow),
    ofParticipant: createParticipantConversations(context.accountSid, rows, finder),
  }
  const account = createConfiguration(context, store)
  const service = createServiceConfiguration(context, services)
  const configured = '/v1/Services/{ChatServiceSid}/Configuration'
  const ofConversations = [
    ...conversationRoutes('/v1', held),
    ...conversationRoutes('/v1/Services/{ChatServiceSid}', held),
  ]
  const routes = [
    ...ofConversations.map((route) => ({ ...route, handle: refuseUnsupported(route.handle) })),
    ...resourceRoutes('/v1/Services', createServices(context, services, isDefault)),
    ...resourceRoutes('/v1/Services/{ChatServiceSid}/Roles', createRoles(context, services)),
    ...object(configured, service.fetch, service.update),
    ...object(`${configured}/Webhooks`, service.fetchWebhooks, service.updateWebhooks),
    ...object('/v1/Configuration', account.fetch, account.update),
    ...object('/v1/Configuration/Webhooks', account.fetchWebhooks, account.updateWebhooks),
    ...resourceRoutes(
      '/v1/Configuration/Addresses',
      createAddressConfigurations(context, addresses, { hasNumber, hasFlow, hasService }),
    ),
  ]
  return {
    receive: createInboundTexts({
      context,
      life,
      consent,
      defaultServiceSid,
      configurationOf: (phoneNumber) => addresses.byName(phoneNumber),
    }),
    textMoved: receipts.heard,
    conversationUrl(sid) {
      const row = rows.get(sid)
      return row && `${BASE}/Services/${row.serviceSid}/Conversations/${sid}`
    },
    close: life.close,
    routes: routes.map((route) => ({ ...route, handle: after(store.get, route.handle) })),
    snapshot: () => ({
      services: [...services.values()],
      addresses: [...addresses.values()],
      configuration,
      conversations: [...rows.values()],
    }),
  }
}

type Held = {
  readonly conversations: ResourceHandlers
  readonly participants: ResourceHandlers
  readonly messages: ResourceHandlers
  readonly receipts: ResourceHandlers
  readonly webhooks: ResourceHandlers
  readonly ofParticipant: Handler
}

function conversationRoutes(scope: string, held: Held): readonly Route[] {
  const one = `${scope}/Conversations/{ConversationSid}`
  return [
    ...resourceRoutes(`${scope}/Conversations`, held.conversations),
    ...resourceRoutes(`${one}/Participants`, held.participants),
    ...resourceRoutes(`${one}/Messages`, held.messages),
    ...resourceRoutes(`${one}/Messages/{MessageSid}/Receipts`, held.receipts),
    ...resourceRoutes(`${one}/Webhooks`, held.webhooks),
    get(`${scope}/ParticipantConversations`, held.ofParticipant),
  ]
}

function firstConfiguration(defaultChatServiceSid: string): ConversationsConfiguration {
  return {
    defaultChatServiceSid,
    defaultMessagingServiceSid: null,
    defaultInactiveTimer: null,
    defaultClosedTimer: null,
    webhooks: noWebhooks,
    target: 'webhook',
  }
}

/** An object that is always there: it is read and updated. */
function object(path: string, fetch: Handler, update: Handler): readonly Route[] {
  return [get(path, fetch), post(path, update)]
}

/** Every call is a use, also one that only looks. */
function after(use: () => unknown, handle: Handler): Handler {
  return (call) => {
    use()
    return handle(call)
  }
}
