import type { Context } from '../context.ts'
import type { Collection } from '../objects/collection.ts'
import { isSid } from '../objects/sid.ts'
import { rowOf } from '../objects/stored.ts'
import type { Parameters } from '../rest/parameters.ts'
import { badRequest } from '../rest/refusal.ts'
import { type Call, ok } from '../rest/route.ts'
import { BASE } from './base.ts'
import type { ConversationServiceRow } from './services.ts'
import { readWebhooks, webhookBody } from './webhooks.ts'

/** `/Services/{ChatServiceSid}/Configuration` and its `/Webhooks`. */
export function createServiceConfiguration(
  { accountSid, clock }: Context,
  rows: Collection<ConversationServiceRow>,
) {
  const serviceOf = (call: Call) => rowOf(call, rows, 'ChatServiceSid')
  const webhooks = (row: ConversationServiceRow) => ({
    account_sid: accountSid,
    chat_service_sid: row.sid,
    ...webhookBody(row.webhooks),
    url: `${BASE}/Services/${row.sid}/Configuration/Webhooks`,
  })
  const replace = (row: ConversationServiceRow, changes: Partial<ConversationServiceRow>) =>
    rows.put({ ...row, ...changes, dateUpdated: clock.now() })
  return {
    fetch: (call: Call) => ok(configurationBody(serviceOf(call))),
    update(call: Call) {
      const row = serviceOf(call)
      const { form } = call
      const next = replace(row, {
        defaultConversationCreatorRoleSid:
          role(form, 'DefaultConversationCreatorRoleSid') ?? row.defaultConversationCreatorRoleSid,
        defaultConversationRoleSid:
          role(form, 'DefaultConversationRoleSid') ?? row.defaultConversationRoleSid,
        defaultChatServiceRoleSid:
          role(form, 'DefaultChatServiceRoleSid') ?? row.defaultChatServiceRoleSid,
        reachabilityEnabled: form.boolean('ReachabilityEnabled') ?? row.reachabilityEnabled,
      })
      return ok(configurationBody(next))
    },
    fetchWebhooks: (call: Call) => ok(webhooks(serviceOf(call))),
    updateWebhooks(call: Call) {
      const row = serviceOf(call)
      return ok(webhooks(replace(row, { webhooks: readWebhooks(call.form, row.webhooks) })))
    },
  }
}

/** Roles of somebody's own are not kept here, so any SID of the right form will do. */
function role(form: Parameters, name: string): string | undefined {
  const sid = form.text(name)
  if (sid && !isSid('RL', sid)) throw badRequest(`${name} '${sid}' is not the SID of a role`)
  return sid || undefined
}

function configurationBody(row: ConversationServiceRow) {
  const url = `${BASE}/Services/${row.sid}/Configuration`
  return {
    chat_service_sid: row.sid,
    default_conversation_creator_role_sid: row.defaultConversationCreatorRoleSid,
    default_conversation_role_sid: row.defaultConversationRoleSid,
    default_chat_service_role_sid: row.defaultChatServiceRoleSid,
    reachability_enabled: row.reachabilityEnabled,
    url,
    links: { notifications: `${url}/Notifications`, webhooks: `${url}/Webhooks` },
  }
}
