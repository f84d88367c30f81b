import { type Static, Type } from '../../schemas/index.ts'
import type { HookContext, ResourceDescription } from '../description/description.ts'
import { sid } from '../description/fields.ts'

const inputs = Type.Object(
  {
    chatServiceSid: sid('IS', 'the conversations service. Changing it replaces the resource'),
    defaultChatServiceRoleSid: role('a user of the service'),
    defaultConversationRoleSid: role('a participant of a conversation'),
    defaultConversationCreatorRoleSid: role('the one who created a conversation'),
    reachabilityEnabled: Type.Optional(
      Type.Boolean({ default: false, description: 'whether users see who else is online' }),
    ),
  },
  { additionalProperties: false },
)

export type ServiceConfigurationInputs = Static<typeof inputs>

/** What a conversations service is configured with: a part of it. */
export const serviceConfiguration: ResourceDescription = {
  token: 'twilio:conversations:ServiceConfiguration',
  description:
    'Roles and reachability of a conversations service. It is a part of the service, so it is only set; deleting it gives the service’s own roles back.',
  host: 'conversations.twilio.com',
  collection: '/v1/Services/{chatServiceSid}/Configuration',
  single: true,
  lasting: true,
  id: ['chatServiceSid'],
  listing: { kind: 'each', of: 'twilio:conversations:Service' },
  inputs,
  outputs: Type.Object({}),
  replaceOn: ['chatServiceSid'],
  // A service comes with these roles.
  usual: {
    defaultChatServiceRoleSid: ownRole('service user'),
    defaultConversationRoleSid: ownRole('channel user'),
    defaultConversationCreatorRoleSid: ownRole('channel admin'),
  },
}

function role(who: string) {
  return Type.Optional(sid('RL', `role of ${who} who is given no other`))
}

function ownRole(name: string) {
  return async ({ client, path }: HookContext): Promise<unknown> => {
    const roles = path.replace(/\/Configuration$/, '/Roles')
    const rows = await client.list({ host: serviceConfiguration.host, path: roles }, 'roles')
    return rows.find((row) => row['friendly_name'] === name)?.['sid']
  }
}
