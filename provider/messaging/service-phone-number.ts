import { type Static, Type } from '../../schemas/index.ts'
import { plainCreate } from '../creation/creation.ts'
import type { HookContext, ResourceDescription } from '../description/description.ts'
import { outputs, sid } from '../description/fields.ts'
import type { Answer } from '../requests/client.ts'
import { TwilioError } from '../requests/errors.ts'
import { unlessGone } from '../requests/late-reads.ts'
import { NumberInOtherService } from './number-in-other-service.ts'

const inputs = Type.Object(
  {
    serviceSid: sid(
      'MG',
      'the messaging service. Changing it replaces the resource: the number moves',
    ),
    phoneNumberSid: sid('PN', 'the number. Changing it replaces the resource'),
  },
  { additionalProperties: false },
)

export type ServicePhoneNumberInputs = Static<typeof inputs>

const inOtherService = 21712

/** A number's place in a messaging service. A number is in one service at most. */
export const servicePhoneNumber: ResourceDescription = {
  token: 'twilio:messaging:ServicePhoneNumber',
  description:
    'Puts a number into a messaging service; a number is in one at most. Deleting it takes the number out, and keeps it.',
  host: 'messaging.twilio.com',
  collection: '/v1/Services/{serviceSid}/PhoneNumbers',
  id: ['serviceSid', 'sid'],
  identity: { property: 'phoneNumberSid', rows: 'phone_numbers', listsByName: false, unique: true },
  inputs,
  outputs: outputs({
    phoneNumber: Type.Optional(Type.String({ description: 'the number in E.164' })),
  }),
  replaceOn: ['serviceSid', 'phoneNumberSid'],
  // A number must leave one service before it can be in another.
  deleteBeforeReplace: true,
  fields: { phoneNumberSid: 'sid' },
  async create(context) {
    const { client, path, properties } = context
    try {
      return await plainCreate(this, client, path, properties)
    } catch (error) {
      if (!(error instanceof TwilioError) || error.code !== inOtherService) throw error
      const number = String(properties['phoneNumberSid'])
      throw new NumberInOtherService(number, await serviceOf(context, number), error)
    }
  },
}

// Twilio's refusal does not say which one it is.
async function serviceOf({ client }: HookContext, number: string): Promise<string | undefined> {
  const { host } = servicePhoneNumber
  for (const { sid } of await client.list({ host, path: '/v1/Services' }, 'services')) {
    const path = `/v1/Services/${String(sid)}/PhoneNumbers/${number}`
    const there: Answer | undefined = await unlessGone(() =>
      client.send({ method: 'GET', host, path }),
    )
    if (there) return String(sid)
  }
  return undefined
}
