import type { Context } from '../context.ts'
import type { Collection } from '../objects/collection.ts'
import { isoDates, missing, newStored, rowOf, type Stored } from '../objects/stored.ts'
import { pageV1 } from '../rest/paging.ts'
import { type Call, ok, pathPart } from '../rest/route.ts'
import { BASE } from './base.ts'
import type { ConversationServiceRow } from './services.ts'

/** What somebody may do, as stored. */
export type RoleRow = Stored & {
  readonly friendlyName: string
  readonly type: 'conversation' | 'service'
  readonly permissions: readonly string[]
}

// What every service comes with.
const ownRoles = [
  {
    friendlyName: 'channel admin',
    type: 'conversation',
    permissions: ['addParticipant', 'sendMessage', 'editConversationName', 'deleteAnyMessage'],
  },
  {
    friendlyName: 'channel user',
    type: 'conversation',
    permissions: ['sendMessage', 'leaveConversation', 'editOwnMessage', 'deleteOwnMessage'],
  },
  {
    friendlyName: 'service admin',
    type: 'service',
    permissions: ['createConversation', 'joinConversation', 'editAnyUserInfo'],
  },
  {
    friendlyName: 'service user',
    type: 'service',
    permissions: ['createConversation', 'joinConversation', 'editOwnUserInfo'],
  },
] as const

/** The roles that a new service has. */
export function newRoles(context: Context): readonly RoleRow[] {
  return ownRoles.map((role) => ({ ...newStored(context, 'RL'), ...role }))
}

/** SID of the service's own role of that name. */
export function roleSid(
  roles: readonly RoleRow[],
  name: (typeof ownRoles)[number]['friendlyName'],
): string {
  const role = roles.find(({ friendlyName }) => friendlyName === name)
  if (!role) throw new Error(`A service has no role ${name}`)
  return role.sid
}

/** `/Services/{ChatServiceSid}/Roles`; only those that a service comes with. */
export function createRoles({ accountSid }: Context, services: Collection<ConversationServiceRow>) {
  const body = (service: ConversationServiceRow, role: RoleRow) => ({
    sid: role.sid,
    account_sid: accountSid,
    chat_service_sid: service.sid,
    friendly_name: role.friendlyName,
    type: role.type,
    permissions: role.permissions,
    ...isoDates(role),
    url: `${BASE}/Services/${service.sid}/Roles/${role.sid}`,
  })
  return {
    list(call: Call) {
      const service = rowOf(call, services, 'ChatServiceSid')
      return pageV1(call, 'roles', service.roles ?? [], (role) => body(service, role))
    },
    fetch(call: Call) {
      const service = rowOf(call, services, 'ChatServiceSid')
      const role = service.roles?.find(({ sid }) => sid === pathPart(call, 'Sid'))
      if (!role) throw missing(call)
      return ok(body(service, role))
    },
  }
}
