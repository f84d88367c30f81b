import type { Parameters } from '../rest/parameters.ts'
import { badRequest } from '../rest/refusal.ts'
import { readSettings, type SettingKinds } from '../rest/settings.ts'

/** What is told of conversations, and to whom. */
export type WebhookSettings = {
  readonly method: 'GET' | 'POST'
  readonly filters: readonly string[]
  readonly preWebhookUrl: string | null
  readonly postWebhookUrl: string | null
}

/** Nothing is told. */
export const noWebhooks: WebhookSettings = {
  method: 'POST',
  filters: [],
  preWebhookUrl: null,
  postWebhookUrl: null,
}

/** What is asked before a change. */
export type PreEvent = (typeof preEvents)[number]
/** What is told after it. */
export type PostEvent = (typeof postEvents)[number]

const preEvents = [
  'onMessageAdd',
  'onMessageUpdate',
  'onMessageRemove',
  'onConversationAdd',
  'onConversationUpdate',
  'onConversationRemove',
  'onParticipantAdd',
  'onParticipantUpdate',
  'onParticipantRemove',
  'onUserUpdate',
] as const
const postEvents = [
  'onMessageAdded',
  'onMessageUpdated',
  'onMessageRemoved',
  'onConversationAdded',
  'onConversationUpdated',
  'onConversationRemoved',
  'onConversationStateUpdated',
  'onParticipantAdded',
  'onParticipantUpdated',
  'onParticipantRemoved',
  'onDeliveryUpdated',
  'onUserAdded',
  'onUserUpdated',
] as const
const known: ReadonlySet<string> = new Set([
  ...preEvents,
  ...postEvents,
  'onMessageSend',
  'onMessageSent',
])

const urls: SettingKinds = { pre_webhook_url: 'url-or-null', post_webhook_url: 'url-or-null' }

/** The settings with what the form sets; an empty address or list clears it. */
export function readWebhooks(form: Parameters, before: WebhookSettings): WebhookSettings {
  const { pre_webhook_url: pre, post_webhook_url: post } = readSettings(form, urls)
  return {
    method: readMethod(form, 'Method') ?? before.method,
    filters: readFilters(form, 'Filters') ?? before.filters,
    preWebhookUrl: pre === undefined ? before.preWebhookUrl : textOrNull(pre),
    postWebhookUrl: post === undefined ? before.postWebhookUrl : textOrNull(post),
  }
}

/** A repeated parameter of event names; undefined when it was not sent. */
export function readFilters(form: Parameters, name: string): readonly string[] | undefined {
  if (!form.has(name)) return undefined
  const filters = form.list(name).filter((filter) => filter !== '')
  const unknown = filters.find((filter) => !known.has(filter))
  if (unknown !== undefined) throw badRequest(`${name}: there is no event ${unknown}`)
  return filters
}

/** A parameter that is GET or POST in any case. */
export function readMethod(form: Parameters, name: string): 'GET' | 'POST' | undefined {
  const text = form.text(name)
  if (!text) return undefined
  const method = text.toUpperCase()
  if (method === 'GET' || method === 'POST') return method
  throw badRequest(`${name} must be GET or POST, not '${text}'`)
}

/** The fields that webhooks of the account and of a service share. */
export function webhookBody({ method, filters, preWebhookUrl, postWebhookUrl }: WebhookSettings) {
  return {
    method,
    filters,
    pre_webhook_url: preWebhookUrl,
    post_webhook_url: postWebhookUrl,
  }
}

function textOrNull(value: string | boolean | null): string | null {
  return typeof value === 'string' ? value : null
}
