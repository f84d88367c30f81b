import type { Parameters } from '../rest/parameters.ts'
import { badRequest } from '../rest/refusal.ts'
import { readFilters, readMethod } from './webhooks.ts'

/** Whether a message to an address begins a conversation, and who is told. */
export type AutoCreation = {
  readonly enabled: boolean
  readonly type: 'webhook' | 'studio' | 'default'
  readonly conversationServiceSid: string | null
  readonly webhookUrl: string | null
  readonly webhookMethod: 'GET' | 'POST'
  readonly webhookFilters: readonly string[]
  readonly studioFlowSid: string | null
  readonly studioRetryCount: number
}

/** No conversation begins by itself. */
export const noAutoCreation: AutoCreation = {
  enabled: false,
  type: 'default',
  conversationServiceSid: null,
  webhookUrl: null,
  webhookMethod: 'POST',
  webhookFilters: [],
  studioFlowSid: null,
  studioRetryCount: 0,
}

/** What an address may refer to. */
export type Targets = {
  hasNumber(phoneNumber: string): boolean
  hasFlow(sid: string): boolean
  hasService(sid: string): boolean
}

/** The settings with what the form sets; refuses a type without what it leads to. */
export function readAutoCreation(
  form: Parameters,
  before: AutoCreation,
  targets: Targets,
): AutoCreation {
  const text = (name: string, old: string | null) => {
    const value = form.text(`AutoCreation.${name}`)
    return value === undefined ? old : value || null
  }
  const next: AutoCreation = {
    enabled: form.boolean('AutoCreation.Enabled') ?? before.enabled,
    type: form.oneOf('AutoCreation.Type', ['webhook', 'studio', 'default']) ?? before.type,
    conversationServiceSid: text('ConversationServiceSid', before.conversationServiceSid),
    webhookUrl: text('WebhookUrl', before.webhookUrl),
    webhookMethod: readMethod(form, 'AutoCreation.WebhookMethod') ?? before.webhookMethod,
    webhookFilters: readFilters(form, 'AutoCreation.WebhookFilters') ?? before.webhookFilters,
    studioFlowSid: text('StudioFlowSid', before.studioFlowSid),
    studioRetryCount:
      form.integer('AutoCreation.StudioRetryCount', { min: 0, max: 3 }) ?? before.studioRetryCount,
  }
  check(next, targets)
  return next
}

function check(settings: AutoCreation, { hasFlow, hasService }: Targets): void {
  const { type, webhookUrl, studioFlowSid, conversationServiceSid } = settings
  if (type === 'webhook' && (!webhookUrl || !URL.canParse(webhookUrl))) {
    throw badRequest('AutoCreation.WebhookUrl must be an absolute URL for the type webhook')
  }
  if (type === 'studio' && (!studioFlowSid || !hasFlow(studioFlowSid))) {
    throw badRequest(
      `AutoCreation.StudioFlowSid ${studioFlowSid ?? ''} is no flow of this account, as the type studio needs`,
    )
  }
  if (conversationServiceSid && !hasService(conversationServiceSid)) {
    throw badRequest(
      `AutoCreation.ConversationServiceSid ${conversationServiceSid} is no conversation service of this account`,
    )
  }
}

/** The settings as the API shows them: those of the type, and no other's. */
export function autoCreationBody(settings: AutoCreation) {
  const common = {
    enabled: settings.enabled,
    type: settings.type,
    conversation_service_sid: settings.conversationServiceSid,
  }
  switch (settings.type) {
    case 'default':
      return settings.conversationServiceSid
        ? common
        : { enabled: settings.enabled, type: settings.type }
    case 'webhook':
      return {
        ...common,
        webhook_url: settings.webhookUrl,
        webhook_method: settings.webhookMethod,
        webhook_filters: settings.webhookFilters,
      }
    case 'studio':
      return {
        ...common,
        studio_flow_sid: settings.studioFlowSid,
        studio_retry_count: settings.studioRetryCount,
      }
    default:
      throw new Error(`Unknown type of auto-creation ${settings.type satisfies never}`)
  }
}
