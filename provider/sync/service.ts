import { type Static, Type } from '../../schemas/index.ts'
import { canonicalUrl } from '../comparison/canonical.ts'
import type { ResourceDescription } from '../description/description.ts'
import { outputs, webhookUrl } from '../description/fields.ts'

const inputs = Type.Object(
  {
    friendlyName: Type.String({
      minLength: 1,
      maxLength: 256,
      description: 'name that people read, and by which the service is found again',
    }),
    webhookUrl: webhookUrl('told when an object of the service changes'),
    webhooksFromRestEnabled: flag('also tells webhookUrl of changes that the REST API makes'),
    aclEnabled: flag('clients see only the objects that permissions open to them'),
    reachabilityWebhooksEnabled: flag('tells webhookUrl when clients come and go'),
    reachabilityDebouncingEnabled: flag('tells of a client that went only after a delay'),
    reachabilityDebouncingWindow: Type.Optional(
      Type.Integer({
        minimum: 1_000,
        maximum: 30_000,
        default: 5_000,
        description: 'that delay, in milliseconds',
      }),
    ),
  },
  { additionalProperties: false },
)

export type ServiceInputs = Static<typeof inputs>

/** Where state that clients share is kept. */
export const service: ResourceDescription = {
  token: 'twilio:sync:Service',
  description: 'A Sync service: maps and other state that clients share. Deleting it deletes all.',
  host: 'sync.twilio.com',
  collection: '/v1/Services',
  id: ['sid'],
  identity: { property: 'friendlyName', rows: 'services', listsByName: false, unique: false },
  mostOnPage: 100,
  inputs,
  outputs: outputs({}),
  replaceOn: [],
  canonical: { webhookUrl: canonicalUrl },
  // The account's own one.
  isUntouched: (row) => row['unique_name'] === 'default',
}

function flag(description: string) {
  return Type.Optional(Type.Boolean({ default: false, description: `true: ${description}` }))
}
