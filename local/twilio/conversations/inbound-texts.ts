import type { Context } from '../context.ts'
import type { Media } from '../messaging/index.ts'
import { newStored } from '../objects/stored.ts'
import { TwilioRefusal } from '../rest/refusal.ts'
import { createOrderedQueues } from '../webhooks/ordered-queues.ts'
import type { AddressConfigurationRow } from './addresses.ts'
import type { AutoCreation } from './auto-creation.ts'
import type { Consent } from './consent.ts'
import type { ConversationRow, ScopedWebhookRow } from './conversation.ts'
import type { ConversationLife } from './conversation-life.ts'
import { amendWords } from './conversation-messages.ts'
import { bySms, conversationFields, messageFields, participantFields } from './conversation-news.ts'
import { noConfiguration } from './scoped-webhooks.ts'

/** A text message that came in, as far as conversations look at it. */
export type InboundText = {
  readonly from: string
  readonly to: string
  readonly body: string
  readonly media: readonly Media[]
}

/** What taking texts needs. */
export type InboundTextsOptions = {
  readonly context: Context
  readonly life: ConversationLife
  readonly consent: Consent
  /** How texts to that number begin conversations, if it is set up for that. */
  configurationOf(phoneNumber: string): AddressConfigurationRow | undefined
  defaultServiceSid(): string
}

/**
 * Takes a text into the live conversation of its two numbers, or begins one if its number is set up so; else false. Texts of
 * the same two numbers wait for each other, since somebody may be asked before each.
 */
export function createInboundTexts(options: InboundTextsOptions): (text: InboundText) => boolean {
  const { context, life, consent } = options
  const queues = createOrderedQueues()
  return (text) => {
    const { from, to } = text
    if (!life.ofPair(from, to) && !options.configurationOf(to)?.autoCreation.enabled) return false
    void context.clock.track(queues.add(`${from} ${to}`, () => take(text)))
    return true
  }

  async function take(text: InboundText): Promise<void> {
    try {
      await hear(text)
    } catch (error) {
      // A webhook does not want it: the text goes nowhere.
      if (!(error instanceof TwilioRefusal)) throw error
      const { from, to } = text
      context.alerts.add(error.code, `a text of ${from} to ${to}: ${error.message}`)
    }
  }

  async function hear({ from, to, body, media }: InboundText): Promise<void> {
    const before = life.ofPair(from, to) ?? (await begin(from, to))
    if (!before) return
    const writer = before.participants.find(
      ({ binding }) => binding?.address === from && binding.proxyAddress === to,
    )
    const participantSid = writer?.sid ?? null
    const words = { author: from, body, attributes: '{}', participantSid, media }
    const changes = await consent(before, 'onMessageAdd', bySms, messageFields(words))
    const row = life.ofPair(from, to)
    if (row) life.say(row, amendWords(words, changes), bySms)
  }

  async function begin(from: string, to: string): Promise<ConversationRow | undefined> {
    const autoCreation = options.configurationOf(to)?.autoCreation
    if (!autoCreation?.enabled) return undefined
    const serviceSid = autoCreation.conversationServiceSid ?? options.defaultServiceSid()
    const about = { serviceSid, messagingServiceSid: null }
    const settings = {
      friendlyName: from,
      uniqueName: null,
      attributes: '{}',
      state: 'active',
    } as const
    const binding = { address: from, proxyAddress: to }
    const participant = { identity: null, binding, attributes: '{}', roleSid: null }
    const changes = await consent(about, 'onConversationAdd', bySms, {
      ...conversationFields(settings),
      'MessagingBinding.Address': from,
      'MessagingBinding.ProxyAddress': to,
    })
    await consent(about, 'onParticipantAdd', bySms, participantFields(participant))
    const friendlyName = changes['friendly_name'] ?? from
    const webhooks = webhooksOf(autoCreation, context)
    const row = life.open({ ...settings, serviceSid, friendlyName, webhooks }, bySms)
    life.join(row, participant, bySms)
    return life.ofPair(from, to)
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
