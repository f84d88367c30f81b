import { type Static, Type } from '../../schemas/index.ts'
import type { ResourceDescription } from '../description/description.ts'
import { friendlyName, outputs } from '../description/fields.ts'
import { TwilioError } from '../requests/errors.ts'
import { KeysNeedToken } from './keys-need-token.ts'

const inputs = Type.Object(
  { friendlyName: friendlyName('name of the key; what it is for') },
  { additionalProperties: false },
)

export type ApiKeyInputs = Static<typeof inputs>

/** A standard API key. Its secret is told once, in the answer to its creation. */
export const apiKey: ResourceDescription = {
  token: 'twilio:account:ApiKey',
  description:
    'An API key, for everything but accounts and keys. Its secret is told at its creation only: it is kept as a secret of the stack, and an imported key has none. Making keys takes the auth token: a key can’t make others.',
  host: 'api.twilio.com',
  collection: '/2010-04-01/Accounts/{accountSid}/Keys.json',
  id: ['sid'],
  identity: { property: 'friendlyName', rows: 'keys', listsByName: false, unique: false },
  inputs,
  outputs: outputs({
    secret: Type.Optional(
      Type.String({ description: 'the secret; absent for a key that was imported' }),
    ),
  }),
  replaceOn: [],
  secrets: ['secret'],
  toldOnce: ['secret'],
  // Nothing is taken over: asked for the better word, since Twilio only says that a key is no user name.
  async find({ client, path }) {
    try {
      await client.send({ method: 'GET', host: this.host, path, parameters: { PageSize: 1 } })
      return undefined
    } catch (error) {
      const refused = error instanceof TwilioError && [401, 403].includes(error.status)
      throw refused ? new KeysNeedToken(error) : error
    }
  },
}
