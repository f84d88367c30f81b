import type { Context } from '../context.ts'
import { isObject } from '../rest/json-parameter.ts'
import { TwilioRefusal } from '../rest/refusal.ts'
import type { ConversationRow } from './conversation.ts'
import { alertFailure, commonFields, type How, WEBHOOK_BUDGET_MS } from './conversation-news.ts'
import type { PreEvent, WebhookSettings } from './webhooks.ts'

/** What a webhook wants changed: `friendly_name` of a conversation; `body`, `author` and `attributes` of a message. */
export type Changes = Readonly<Record<string, string>>

/** Asks before something happens; throws a `TwilioRefusal` when it must not. Where nobody is to be asked it resolves at once. */
export type Consent = (
  about: Pick<ConversationRow, 'serviceSid' | 'messagingServiceSid'> & { readonly sid?: string },
  event: PreEvent,
  how: How,
  fields: Readonly<Record<string, string>>,
) => Promise<Changes>

/** The pre-event webhook of a service, or else of the account. One that does not answer forbids nothing. */
export function createConsent(
  { accountSid, webhooks, alerts }: Context,
  settingsOf: (serviceSid: string) => WebhookSettings,
): Consent {
  return async (about, event, how, fields) => {
    const { preWebhookUrl: url, method, filters } = settingsOf(about.serviceSid)
    if (how.quiet || !url || !filters.includes(event)) return {}
    const purpose = 'conversation pre-event webhook'
    const result = await webhooks.send({
      purpose,
      url,
      method,
      fields: { ...commonFields(accountSid, about, event, how), ...fields },
      budgetMs: WEBHOOK_BUDGET_MS,
    })
    if (result.kind === 'failed') {
      alertFailure(alerts, purpose, url, result)
      return {}
    }
    if (result.status >= 400) {
      // Twilio does not document what its client is told.
      throw new TwilioRefusal(
        403,
        20403,
        `${event} is rejected: the pre-event webhook ${url} answered ${result.status}`,
      )
    }
    return readChanges(result.body)
  }
}

function readChanges(body: string): Changes {
  try {
    const value: unknown = JSON.parse(body || '{}')
    const entries = Object.entries(isObject(value) ? value : {})
    return Object.fromEntries(
      entries.flatMap(([name, text]) => (typeof text === 'string' ? [[name, text]] : [])),
    )
  } catch {
    // What is no JSON asks for nothing.
    return {}
  }
}
