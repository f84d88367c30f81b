import { isoDates, newStored } from '../objects/stored.ts'
import type { Parameters } from '../rest/parameters.ts'
import { badRequest } from '../rest/refusal.ts'
import { type Call, created } from '../rest/route.ts'
import { addressOf, type ConversationRow, type ScopedWebhookRow } from './conversation.ts'
import { howOf } from './conversation-news.ts'
import { createParts, type Surroundings } from './conversation-parts.ts'
import { readFilters, readMethod } from './webhooks.ts'

const MOST_WEBHOOKS = 5

/** `/Conversations/{ConversationSid}/Webhooks` */
export function createScopedWebhooks(
  surroundings: Surroundings,
  hasFlow: (sid: string) => boolean,
) {
  const { context, life, finder } = surroundings
  const body = (call: Call, conversation: ConversationRow, row: ScopedWebhookRow) => ({
    sid: row.sid,
    account_sid: context.accountSid,
    ...(call.path['ChatServiceSid'] && { chat_service_sid: conversation.serviceSid }),
    conversation_sid: conversation.sid,
    target: row.target,
    configuration: configurationBody(row),
    ...isoDates(row),
    url: `${addressOf(call, conversation)}/Webhooks/${row.sid}`,
  })
  return {
    ...createParts<ScopedWebhookRow>(surroundings, {
      key: 'webhooks',
      of: ({ webhooks }) => webhooks,
      put: (webhooks) => ({ webhooks }),
      body,
      change: ({ form }, row) => ({ ...row, ...readConfiguration(form, row, hasFlow) }),
    }),
    create(call: Call) {
      const conversation = finder.conversation(call)
      const { webhooks } = conversation
      if (webhooks.length >= MOST_WEBHOOKS) {
        throw badRequest(`A conversation has at most ${MOST_WEBHOOKS} webhooks`)
      }
      const target = call.form.requiredOneOf('Target', ['webhook', 'trigger', 'studio'])
      const row = {
        ...newStored(context, 'WH'),
        ...readConfiguration(call.form, { ...noConfiguration, target }, hasFlow),
      }
      life.change(conversation, { webhooks: [...webhooks, row] }, howOf(call))
      return created(body(call, conversation, row))
    },
  }
}

type Configuration = Omit<ScopedWebhookRow, 'sid' | 'dateCreated' | 'dateUpdated'>

/** Nobody hears of anything yet. */
export const noConfiguration: Omit<Configuration, 'target'> = {
  url: null,
  method: 'POST',
  filters: [],
  triggers: [],
  flowSid: null,
  replayAfter: null,
}

function readConfiguration(
  form: Parameters,
  before: Configuration,
  hasFlow: (sid: string) => boolean,
): Configuration {
  const triggers = form.list('Configuration.Triggers').filter((word) => word !== '')
  const next: Configuration = {
    target: before.target,
    url: form.text('Configuration.Url') || before.url,
    method: readMethod(form, 'Configuration.Method') ?? before.method,
    filters: readFilters(form, 'Configuration.Filters') ?? before.filters,
    triggers: triggers.length > 0 ? triggers : before.triggers,
    flowSid: form.text('Configuration.FlowSid') || before.flowSid,
    replayAfter: form.integer('Configuration.ReplayAfter', { min: 0 }) ?? before.replayAfter,
  }
  if (next.target === 'studio') {
    if (next.flowSid && hasFlow(next.flowSid)) return next
    throw badRequest(`Configuration.FlowSid ${next.flowSid ?? ''} is no flow of this account`)
  }
  if (next.url && URL.canParse(next.url)) return next
  throw badRequest(`Configuration.Url must be an absolute URL for the target ${next.target}`)
}

function configurationBody(row: ScopedWebhookRow) {
  const { target, url, method, filters, triggers, flowSid, replayAfter } = row
  if (target === 'studio') return { flow_sid: flowSid, replay_after: replayAfter }
  return { url, method, ...(target === 'trigger' ? { triggers } : { filters }) }
}
