import { type Static, Type } from '../../schemas/index.ts'
import { canonicalUrl } from '../comparison/canonical.ts'
import type { ResourceDescription } from '../description/description.ts'
import { friendlyName, outputs, webhookUrl } from '../description/fields.ts'
import { canonicalVoiceUrls, voiceSettings } from './voice-settings.ts'

const inputs = Type.Object(
  {
    friendlyName: friendlyName('name of the application'),
    ...voiceSettings,
    messageStatusCallback: webhookUrl(
      'told what becomes of messages that are sent with the application',
    ),
    publicApplicationConnectEnabled: Type.Optional(
      Type.Boolean({
        default: false,
        description: 'true: calls of other accounts may be connected to the application',
      }),
    ),
  },
  { additionalProperties: false },
)

export type ApplicationInputs = Static<typeof inputs>

/** A TwiML application: one set of webhooks for several numbers, or for calls that browsers place. */
export const application: ResourceDescription = {
  token: 'twilio:voice:Application',
  description: 'A TwiML application: a set of webhooks that numbers and client devices refer to.',
  host: 'api.twilio.com',
  collection: '/2010-04-01/Accounts/{accountSid}/Applications.json',
  id: ['sid'],
  identity: { property: 'friendlyName', rows: 'applications', listsByName: true, unique: false },
  inputs,
  outputs: outputs({}),
  replaceOn: [],
  canonical: { ...canonicalVoiceUrls, messageStatusCallback: canonicalUrl },
}
