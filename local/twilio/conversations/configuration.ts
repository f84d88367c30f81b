import type { Context } from '../context.ts'
import type { Parameters } from '../rest/parameters.ts'
import { badRequest } from '../rest/refusal.ts'
import { type Call, ok } from '../rest/route.ts'
import { BASE } from './base.ts'
import { durationSeconds } from './duration.ts'
import { readWebhooks, type WebhookSettings, webhookBody } from './webhooks.ts'

/** The account's one configuration of Conversations. */
export type ConversationsConfiguration = {
  readonly defaultChatServiceSid: string
  readonly defaultMessagingServiceSid: string | null
  /** ISO 8601 durations; null for no timer. */
  readonly defaultInactiveTimer: string | null
  readonly defaultClosedTimer: string | null
  readonly webhooks: WebhookSettings
  readonly target: 'webhook' | 'flex'
}

/** The timers of conversations that do not say otherwise. */
export function standardTimers(configuration: ConversationsConfiguration) {
  const { defaultInactiveTimer, defaultClosedTimer } = configuration
  return {
    inactiveAfter: milliseconds(defaultInactiveTimer),
    closedAfter: milliseconds(defaultClosedTimer),
  }
}

function milliseconds(duration: string | null): number | null {
  const seconds = duration === null ? undefined : durationSeconds(duration)
  return seconds === undefined ? null : seconds * 1_000
}

/** Where the configuration is kept, and what it may refer to. */
export interface ConfigurationStore {
  get(): ConversationsConfiguration
  set(configuration: ConversationsConfiguration): ConversationsConfiguration
  hasService(sid: string): boolean
  hasMessagingService(sid: string): boolean
}

/** `/Configuration` and `/Configuration/Webhooks` */
export function createConfiguration({ accountSid }: Context, store: ConfigurationStore) {
  const webhooks = ({ webhooks: settings, target }: ConversationsConfiguration) => ({
    account_sid: accountSid,
    ...webhookBody(settings),
    target,
    url: `${BASE}/Configuration/Webhooks`,
  })
  return {
    fetch: () => ok(body(store.get(), accountSid)),
    update({ form }: Call) {
      const before = store.get()
      const next = store.set({
        ...before,
        ...readDefaults(form, before, store),
        defaultInactiveTimer: timer(form, 'DefaultInactiveTimer', 60, before.defaultInactiveTimer),
        defaultClosedTimer: timer(form, 'DefaultClosedTimer', 600, before.defaultClosedTimer),
      })
      return ok(body(next, accountSid))
    },
    fetchWebhooks: () => ok(webhooks(store.get())),
    updateWebhooks({ form }: Call) {
      const before = store.get()
      const next = store.set({
        ...before,
        webhooks: readWebhooks(form, before.webhooks),
        target: form.oneOf('Target', ['webhook', 'flex']) ?? before.target,
      })
      return ok(webhooks(next))
    },
  }
}

function readDefaults(
  form: Parameters,
  before: ConversationsConfiguration,
  { hasService, hasMessagingService }: ConfigurationStore,
) {
  const service = form.text('DefaultChatServiceSid')
  if (service && !hasService(service)) {
    throw badRequest(`DefaultChatServiceSid ${service} is no conversation service of this account`)
  }
  const messaging = form.text('DefaultMessagingServiceSid')
  if (messaging && !hasMessagingService(messaging)) {
    throw badRequest(
      `DefaultMessagingServiceSid ${messaging} is no messaging service of this account`,
    )
  }
  return {
    defaultChatServiceSid: service || before.defaultChatServiceSid,
    defaultMessagingServiceSid:
      messaging === undefined ? before.defaultMessagingServiceSid : messaging || null,
  }
}

function timer(
  form: Parameters,
  name: string,
  leastSeconds: number,
  before: string | null,
): string | null {
  const text = form.text(name)
  if (text === undefined) return before
  if (text === '') return null
  const seconds = durationSeconds(text)
  if (seconds === undefined) throw badRequest(`${name} '${text}' is not an ISO 8601 duration`)
  if (seconds < leastSeconds) {
    throw badRequest(`${name} ${text} is shorter than ${leastSeconds} seconds`)
  }
  return text
}

function body(configuration: ConversationsConfiguration, accountSid: string) {
  const { defaultChatServiceSid } = configuration
  return {
    account_sid: accountSid,
    default_chat_service_sid: defaultChatServiceSid,
    default_messaging_service_sid: configuration.defaultMessagingServiceSid,
    default_inactive_timer: configuration.defaultInactiveTimer,
    default_closed_timer: configuration.defaultClosedTimer,
    url: `${BASE}/Configuration`,
    links: {
      service: `${BASE}/Services/${defaultChatServiceSid}/Configuration`,
      webhooks: `${BASE}/Configuration/Webhooks`,
    },
  }
}
