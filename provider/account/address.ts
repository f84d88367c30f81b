import { type Static, Type } from '../../schemas/index.ts'
import type { HookContext, ResourceDescription } from '../description/description.ts'
import { friendlyName, outputs } from '../description/fields.ts'
import { TwilioError } from '../requests/errors.ts'
import { AddressInUse } from './address-in-use.ts'

const inputs = Type.Object(
  {
    customerName: text('whose address it is: the person or company'),
    street: text('number and street'),
    streetSecondary: Type.Optional(text('suite, floor, unit', 0)),
    city: text('city'),
    region: text('state or region'),
    postalCode: text('postal code'),
    isoCountry: Type.String({
      pattern: '^[A-Z]{2}$',
      description:
        'country, as two capital letters of ISO 3166-1. Changing it replaces the address',
    }),
    friendlyName: Type.Optional(
      friendlyName('name that people read; at most 32 characters if emergencyEnabled'),
    ),
    emergencyEnabled: Type.Optional(
      Type.Boolean({ default: false, description: 'whether emergency calls may come from there' }),
    ),
    autoCorrectAddress: Type.Optional(
      Type.Boolean({
        default: true,
        description:
          'true: Twilio writes the address as its register has it; false: it refuses (21629) and tells the register’s',
      }),
    ),
  },
  { additionalProperties: false },
)

export type AddressInputs = Static<typeof inputs>

/** A street address, which the regulations of many countries ask for before a number may be had. */
export const address: ResourceDescription = {
  token: 'twilio:account:Address',
  description:
    'A street address, as numbers of many countries and emergency calls need it. It can’t be deleted while a number has it.',
  host: 'api.twilio.com',
  collection: '/2010-04-01/Accounts/{accountSid}/Addresses.json',
  id: ['sid'],
  identity: { property: 'customerName', rows: 'addresses', listsByName: true, unique: false },
  inputs,
  outputs: outputs({
    validated: Type.Optional(
      Type.Boolean({ description: 'whether it was held against a register' }),
    ),
  }),
  replaceOn: ['isoCountry'],
  corrected: ['street', 'streetSecondary', 'city', 'region', 'postalCode'],
  check({ friendlyName: name, emergencyEnabled }) {
    if (emergencyEnabled !== true || typeof name !== 'string' || name.length <= 32) return []
    const message = `has ${name.length} characters: an address for emergency calls has a name of at most 32`
    return [{ path: 'friendlyName', message }]
  },
  // What still has it may be on its way to another address.
  deleteWaits: true,
  async delete(context) {
    const { client, properties, path } = context
    try {
      await client.send({ method: 'DELETE', host: this.host, path })
    } catch (error) {
      if (!(error instanceof TwilioError) || ![400, 409].includes(error.status)) throw error
      const numbers = await numbersWith(context)
      if (numbers.length === 0) throw error
      throw new AddressInUse(String(properties['sid']), numbers, error)
    }
  },
}

// Twilio's refusal does not say which they are.
async function numbersWith({ client, path }: HookContext): Promise<readonly string[]> {
  const dependents = path.replace(/\.json$/, '/DependentPhoneNumbers.json')
  const rows = await client.list(
    { host: address.host, path: dependents },
    'dependent_phone_numbers',
  )
  return rows.map((row) => `${String(row['phone_number'])} (${String(row['sid'])})`)
}

function text(description: string, minLength = 1) {
  return Type.String({ minLength, description })
}
