import { createCollection } from '../collection.ts'
import type { Context } from '../context.ts'
import { resourceRoutes } from '../resource-routes.ts'
import { get, type Handler, post, type Route } from '../route.ts'
import { type AddressConfigurationRow, createAddressConfigurations } from './addresses.ts'
import {
  type ConfigurationStore,
  type ConversationsConfiguration,
  createConfiguration,
} from './configuration.ts'
import { createRoles } from './roles.ts'
import { createServiceConfiguration } from './service-configuration.ts'
import { addService, type ConversationServiceRow, createServices } from './services.ts'
import { noWebhooks } from './webhooks.ts'

/** What outlives a restart. */
export type ConversationsSnapshot = {
  readonly services: readonly ConversationServiceRow[]
  readonly addresses: readonly AddressConfigurationRow[]
  /** Null until Conversations is used for the first time. */
  readonly configuration: ConversationsConfiguration | null
}

/** What Conversations may refer to in other products. */
export type ConversationsOptions = {
  hasNumber(phoneNumber: string): boolean
  hasFlow(sid: string): boolean
  hasMessagingService(sid: string): boolean
}

/** Services, configuration and addresses of Conversations; no conversation is held. */
export type Conversations = { readonly routes: readonly Route[]; snapshot(): ConversationsSnapshot }

/** Conversations as in a snapshot, or new: the default service comes with its first use. */
export function createConversations(
  context: Context,
  { hasNumber, hasFlow, hasMessagingService }: ConversationsOptions,
  restored?: ConversationsSnapshot,
): Conversations {
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
  const isDefault = (sid: string) => store.get().defaultChatServiceSid === sid
  const account = createConfiguration(context, store)
  const service = createServiceConfiguration(context, services)
  const configured = '/v1/Services/{ChatServiceSid}/Configuration'
  const routes = [
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
    routes: routes.map((route) => ({ ...route, handle: after(store.get, route.handle) })),
    snapshot: () => ({
      services: [...services.values()],
      addresses: [...addresses.values()],
      configuration,
    }),
  }
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
