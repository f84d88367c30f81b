import { type Static, Type } from '../../schemas/index.ts'
import type { ResourceDescription } from '../description/description.ts'
import { outputs, sid } from '../description/fields.ts'

const inputs = Type.Object(
  {
    serviceSid: sid('IS', 'the Sync service. Changing it replaces the map'),
    uniqueName: Type.String({
      minLength: 1,
      maxLength: 256,
      description:
        'name of the map, unique in the service, usable in place of its SID. Changing it replaces the map',
    }),
    ttl: Type.Optional(
      Type.Integer({
        minimum: 0,
        maximum: 31_536_000,
        default: 0,
        description: 'seconds from now after which the map is deleted; 0: never',
      }),
    ),
  },
  { additionalProperties: false },
)

export type MapInputs = Static<typeof inputs>

/** Keys and values that clients share. Its items are run time's. */
export const map: ResourceDescription = {
  token: 'twilio:sync:Map',
  description: 'A map of a Sync service; what is in it is not managed. Deleting it deletes that.',
  host: 'sync.twilio.com',
  collection: '/v1/Services/{serviceSid}/Maps',
  id: ['serviceSid', 'sid'],
  identity: { property: 'uniqueName', rows: 'maps', listsByName: false, unique: true },
  mostOnPage: 100,
  inputs,
  outputs: outputs({
    dateExpires: Type.Optional(Type.String({ description: 'when it is deleted, if ever' })),
  }),
  replaceOn: ['serviceSid', 'uniqueName'],
  check({ uniqueName }) {
    if (typeof uniqueName !== 'string' || !/^[A-Z]{2}[0-9a-f]{32}$/.test(uniqueName)) return []
    return [{ path: 'uniqueName', message: 'must not look like a SID: choose another name' }]
  },
  // Twilio tells when it ends, not how long it had: only “never” can be compared.
  fromWire: ({ date_expires: end }) => (end === null ? { ttl: undefined } : {}),
}
