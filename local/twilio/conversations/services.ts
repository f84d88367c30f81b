import type { Context } from '../context.ts'
import type { Collection } from '../objects/collection.ts'
import { isoDates, newStored, rowOf, type Stored } from '../objects/stored.ts'
import { pageV1 } from '../rest/paging.ts'
import { badRequest } from '../rest/refusal.ts'
import { type Call, created, noContent, ok } from '../rest/route.ts'
import { limitText } from '../rest/text-limit.ts'
import { BASE } from './base.ts'
import { newRoles, type RoleRow, roleSid } from './roles.ts'
import { noWebhooks, type WebhookSettings } from './webhooks.ts'

/** A conversation service as stored, with its configuration. */
export type ConversationServiceRow = Stored & {
  readonly friendlyName: string
  /** Missing in snapshots of before they were kept. */
  readonly roles?: readonly RoleRow[]
  readonly defaultConversationCreatorRoleSid: string
  readonly defaultConversationRoleSid: string
  readonly defaultChatServiceRoleSid: string
  readonly reachabilityEnabled: boolean
  readonly webhooks: WebhookSettings
}

/** Adds a service with the roles that every new one has. */
export function addService(
  context: Context,
  rows: Collection<ConversationServiceRow>,
  friendlyName: string,
): ConversationServiceRow {
  const roles = newRoles(context)
  return rows.put({
    ...newStored(context, 'IS'),
    friendlyName,
    roles,
    defaultConversationCreatorRoleSid: roleSid(roles, 'channel admin'),
    defaultConversationRoleSid: roleSid(roles, 'channel user'),
    defaultChatServiceRoleSid: roleSid(roles, 'service user'),
    reachabilityEnabled: false,
    webhooks: noWebhooks,
  })
}

/** `/Services`. Conversations has no update of a service: what can change is in its configuration. */
export function createServices(
  context: Context,
  rows: Collection<ConversationServiceRow>,
  isDefault: (sid: string) => boolean,
) {
  const body = (row: ConversationServiceRow) => serviceBody(row, context.accountSid)
  return {
    list: (call: Call) => pageV1(call, 'services', rows.values(), body),
    create({ form }: Call) {
      const name = limitText('FriendlyName', form.required('FriendlyName'), 256)
      return created(body(addService(context, rows, name)))
    },
    fetch: (call: Call) => ok(body(rowOf(call, rows))),
    remove(call: Call) {
      const { sid } = rowOf(call, rows)
      if (isDefault(sid)) {
        throw badRequest(`Service ${sid} cannot be deleted: it is the account's default service`)
      }
      rows.delete(sid)
      return noContent
    },
  }
}

function serviceBody(row: ConversationServiceRow, accountSid: string) {
  const url = `${BASE}/Services/${row.sid}`
  return {
    sid: row.sid,
    account_sid: accountSid,
    friendly_name: row.friendlyName,
    ...isoDates(row),
    url,
    links: {
      conversations: `${url}/Conversations`,
      users: `${url}/Users`,
      roles: `${url}/Roles`,
      bindings: `${url}/Bindings`,
      configuration: `${url}/Configuration`,
      participant_conversations: `${url}/ParticipantConversations`,
      conversation_with_participants: `${url}/ConversationWithParticipants`,
    },
  }
}
