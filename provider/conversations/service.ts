import { type Static, Type } from '../../schemas/index.ts'
import type { ResourceDescription } from '../description/description.ts'
import { outputs } from '../description/fields.ts'

const inputs = Type.Object(
  {
    friendlyName: Type.String({
      minLength: 1,
      maxLength: 256,
      description:
        'name of the service. Twilio has no way to change it: another one replaces the service, with all conversations in it',
    }),
  },
  { additionalProperties: false },
)

export type ServiceInputs = Static<typeof inputs>

/** Where conversations are kept. The default service can't be deleted. */
export const service: ResourceDescription = {
  token: 'twilio:conversations:Service',
  description:
    'A conversations service: conversations, users and roles of their own. Deleting it deletes all.',
  host: 'conversations.twilio.com',
  collection: '/v1/Services',
  id: ['sid'],
  identity: { property: 'friendlyName', rows: 'services', listsByName: false, unique: false },
  mostOnPage: 100,
  inputs,
  outputs: outputs({}),
  replaceOn: ['friendlyName'],
  // Every account comes with one.
  isUntouched: (row) => row['friendly_name'] === 'Default Conversations Service',
}
