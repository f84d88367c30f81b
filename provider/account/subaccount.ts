import { type Static, Type } from '../../schemas/index.ts'
import { plainCreate } from '../creation/creation.ts'
import type { ResourceDescription } from '../description/description.ts'
import { friendlyName, outputs } from '../description/fields.ts'
import { TwilioError } from '../requests/errors.ts'
import { SubaccountsNeedToken } from './subaccounts-need-token.ts'

const inputs = Type.Object(
  {
    friendlyName: friendlyName('name of the account'),
    status: Type.Optional(
      Type.Union([Type.Literal('active'), Type.Literal('suspended')], {
        default: 'active',
        description:
          'suspended: no calls, no messages and no requests with its own token; its numbers still cost',
      }),
    ),
    closeOnDelete: Type.Optional(
      Type.Boolean({
        default: false,
        description:
          'true: deleting the resource closes the account, for good: its numbers are released, and after 30 days Twilio deletes what was in it; false: the account stays as it is',
      }),
    ),
  },
  { additionalProperties: false },
)

export type SubaccountInputs = Static<typeof inputs>

/** An account below the provider's. Closing it is final, so that has to be asked for. */
export const subaccount: ResourceDescription = {
  token: 'twilio:account:Subaccount',
  description:
    'An account below this one, with a token and resources of its own: a provider made of sid and authToken manages what is in it. Deleting the resource keeps the account unless closeOnDelete is true; a closed account never opens again. Needs the auth token of the main account: a key can’t make accounts.',
  host: 'api.twilio.com',
  collection: '/2010-04-01/Accounts.json',
  id: ['sid'],
  identity: { property: 'friendlyName', rows: 'accounts', listsByName: true, unique: false },
  inputs,
  outputs: outputs({
    authToken: Type.String({ description: 'token of the account, a secret' }),
    ownerAccountSid: Type.String({ description: 'the account that it is below' }),
  }),
  replaceOn: [],
  localOnly: ['closeOnDelete'],
  setAfterwards: ['status'],
  secrets: ['authToken'],
  isGone: (answer) =>
    answer['status'] === 'closed' || answer['sid'] === answer['owner_account_sid'],
  // Nothing is taken over: asked for the better word, since Twilio only says that a key is no user name.
  async find({ client, path }) {
    try {
      await client.send({ method: 'GET', host: this.host, path, parameters: { PageSize: 1 } })
      return undefined
    } catch (error) {
      const refused = error instanceof TwilioError && [401, 403].includes(error.status)
      throw refused ? new SubaccountsNeedToken(error) : error
    }
  },
  async create({ client, path, properties, warn }) {
    const { friendlyName: name, status } = properties
    const answer = await plainCreate(subaccount, client, path, { friendlyName: name })
    const sid = answer['sid']
    if (status !== 'suspended' || typeof sid !== 'string') return answer
    try {
      const place = `/2010-04-01/Accounts/${sid}.json`
      const parameters = { Status: 'suspended' }
      return (
        (await client.send({ method: 'POST', host: this.host, path: place, parameters })) ?? answer
      )
    } catch (error) {
      // The account is there: its creation was no failure.
      const reason = error instanceof Error ? error.message : String(error)
      await warn(
        `${sid} is made, but still active: ${reason}. \`pulumi refresh\` sees that, and the next \`pulumi up\` suspends it`,
      )
      return answer
    }
  },
  leaves: ({ sid, friendlyName: name, closeOnDelete }) =>
    closeOnDelete === true
      ? undefined
      : `The account ${String(sid)} (${String(name)}) stays as it is, with all that is in it: closeOnDelete is not true`,
  async delete({ client, path, properties }) {
    if (properties['closeOnDelete'] !== true) return
    const parameters = { Status: 'closed' }
    await client.send({ method: 'POST', host: this.host, path, parameters })
  },
}
