import type { Problem } from '../../schemas/index.ts'
import { canonicalUrl } from '../comparison/canonical.ts'
import { webhookMethod, webhookUrl } from '../description/fields.ts'
import type { Properties } from '../protocol/values.ts'
import { isTold } from './webhook-events.ts'

/** What the webhooks of the account and those of a service both say. */
export const webhookSettings = {
  preWebhookUrl: webhookUrl('asked before something happens, and may change or refuse it'),
  postWebhookUrl: webhookUrl('told after something happened'),
  method: webhookMethod('how both are requested'),
}

/** Compares their addresses as such. */
export const canonicalWebhooks = { preWebhookUrl: canonicalUrl, postWebhookUrl: canonicalUrl }

/** An address that no event leads to, which is never asked. */
export function webhookWarnings({
  preWebhookUrl,
  postWebhookUrl,
  filters = [],
}: Properties): readonly Problem[] {
  if (!Array.isArray(filters)) return []
  const happened = filters.filter((event) => isTold(String(event)))
  const unasked = (path: string, kind: string) => ({
    path,
    message: `is never requested: filters names no event ${kind}`,
  })
  return [
    ...(preWebhookUrl && happened.length === filters.length
      ? [unasked('preWebhookUrl', 'that is about to happen (onMessageAdd …)')]
      : []),
    ...(postWebhookUrl && happened.length === 0
      ? [unasked('postWebhookUrl', 'that has happened (onMessageAdded …)')]
      : []),
  ]
}
