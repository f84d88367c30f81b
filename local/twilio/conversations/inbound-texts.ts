import type { Context } from '../context.ts'
import { newStored } from '../stored.ts'
import type { AddressConfigurationRow } from './addresses.ts'
import type { AutoCreation } from './auto-creation.ts'
import type { ConversationRow, ScopedWebhookRow } from './conversation.ts'
import type { ConversationLife } from './conversation-life.ts'
import { noConfiguration } from './scoped-webhooks.ts'

/** A text message that came in, as far as conversations look at it. */
export type InboundText = {
  readonly from: string
  readonly to: string
  readonly body: string
}

/** What taking texts needs. */
export type InboundTextsOptions = {
  readonly context: Context
  readonly life: ConversationLife
  /** How texts to that number begin conversations, if it is set up for that. */
  configurationOf(phoneNumber: string): AddressConfigurationRow | undefined
  defaultServiceSid(): string
}

/** Takes a text into the live conversation of its two numbers, or begins one if its number is set up so; else false. */
export function createInboundTexts(options: InboundTextsOptions): (text: InboundText) => boolean {
  const { life } = options
  return ({ from, to, body }) => {
    const row = life.ofPair(from, to) ?? begin(from, to)
    if (!row) return false
    const writer = row.participants.find(
      ({ binding }) => binding?.address === from && binding.proxyAddress === to,
    )
    const participantSid = writer?.sid ?? null
    life.say(row, { author: from, body, attributes: '{}', participantSid }, 'SMS')
    return true
  }

  function begin(from: string, to: string): ConversationRow | undefined {
    const autoCreation = options.configurationOf(to)?.autoCreation
    if (!autoCreation?.enabled) return undefined
    const serviceSid = autoCreation.conversationServiceSid ?? options.defaultServiceSid()
    const webhooks = webhooksOf(autoCreation, options.context)
    const row = life.open({ serviceSid, friendlyName: from, webhooks }, 'SMS')
    const binding = { address: from, proxyAddress: to }
    const participant = { identity: null, binding, attributes: '{}', roleSid: null }
    const { sid } = life.join(row, participant, 'SMS')
    const joined = life.ofPair(from, to)
    if (!joined) throw new Error(`Participant ${sid} has not joined conversation ${row.sid}`)
    return joined
  }
}

function webhooksOf(autoCreation: AutoCreation, context: Context): readonly ScopedWebhookRow[] {
  const { type, webhookUrl, webhookMethod, webhookFilters, studioFlowSid } = autoCreation
  if (type === 'default') return []
  return [
    {
      ...newStored(context, 'WH'),
      ...noConfiguration,
      target: type,
      url: webhookUrl,
      method: webhookMethod,
      filters: webhookFilters,
      flowSid: studioFlowSid,
    },
  ]
}
