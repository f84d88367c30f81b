import { type Static, Type } from '../../schemas/index.ts'
import { canonicalUrl } from '../comparison/canonical.ts'
import type { ResourceDescription } from '../description/description.ts'
import { friendlyName, outputs, webhookMethod, webhookUrl } from '../description/fields.ts'

const inputs = Type.Object(
  {
    friendlyName: friendlyName('name of the service'),
    inboundRequestUrl: webhookUrl('asked for TwiML when a message comes in to one of its numbers'),
    inboundMethod: webhookMethod('how inboundRequestUrl is requested'),
    fallbackUrl: webhookUrl('asked when inboundRequestUrl fails'),
    fallbackMethod: webhookMethod('how fallbackUrl is requested'),
    statusCallback: webhookUrl('told what becomes of messages that are sent'),
    useInboundWebhookOnNumber: flag(
      false,
      'true: the webhook of the number that a message comes in to is asked, not those here',
    ),
    stickySender: flag(true, 'each recipient always gets messages from the same number'),
    mmsConverter: flag(true, 'media that a phone can’t get are sent as a link'),
    smartEncoding: flag(true, 'characters that make a message longer are replaced by like ones'),
    areaCodeGeomatch: flag(true, 'the number with the area code of the recipient is preferred'),
    fallbackToLongCode: flag(true, 'obsolete: retried from a long number after a short code'),
    synchronousValidation: flag(false, 'reserved by Twilio'),
    scanMessageContent: Type.Optional(
      Type.Union([Type.Literal('inherit'), Type.Literal('enable'), Type.Literal('disable')], {
        default: 'inherit',
        description: 'reserved by Twilio',
      }),
    ),
    validityPeriod: Type.Optional(
      Type.Integer({
        minimum: 1,
        maximum: 36_000,
        default: 36_000,
        description: 'seconds after which a message that is still waiting is not sent any more',
      }),
    ),
    usecase: Type.Optional(
      Type.Union(
        [
          Type.Literal('notifications'),
          Type.Literal('marketing'),
          Type.Literal('verification'),
          Type.Literal('discussion'),
          Type.Literal('poll'),
          Type.Literal('undeclared'),
        ],
        { default: 'undeclared', description: 'what the service is for' },
      ),
    ),
  },
  { additionalProperties: false },
)

export type ServiceInputs = Static<typeof inputs>

/** What several numbers have in common as senders and receivers of messages. */
export const service: ResourceDescription = {
  token: 'twilio:messaging:Service',
  description:
    'A messaging service: settings and webhooks for all messages from and to its numbers. Deleting it keeps the numbers.',
  host: 'messaging.twilio.com',
  collection: '/v1/Services',
  id: ['sid'],
  identity: { property: 'friendlyName', rows: 'services', listsByName: false, unique: false },
  inputs,
  outputs: outputs({}),
  replaceOn: [],
  canonical: {
    inboundRequestUrl: canonicalUrl,
    fallbackUrl: canonicalUrl,
    statusCallback: canonicalUrl,
  },
}

function flag(usual: boolean, description: string) {
  return Type.Optional(Type.Boolean({ default: usual, description }))
}
