import { type Static, Type } from '../../schemas/index.ts'
import type { ResourceDescription } from '../description/description.ts'
import { eventsReading } from './events-reading.ts'
import { accountEvents, eventSet } from './webhook-events.ts'
import { canonicalWebhooks, webhookSettings, webhookWarnings } from './webhook-settings.ts'

const inputs = Type.Object(
  {
    ...webhookSettings,
    filters: eventSet(accountEvents, 'events that the webhooks are requested for, in any order'),
    target: Type.Optional(
      Type.Union([Type.Literal('webhook'), Type.Literal('flex')], {
        default: 'webhook',
        description: 'flex: Flex is told in place of the webhooks',
      }),
    ),
  },
  { additionalProperties: false },
)

export type WebhooksInputs = Static<typeof inputs>

/** Who is told of what happens in all conversations of the account. */
export const webhooks: ResourceDescription = {
  token: 'twilio:conversations:Webhooks',
  description:
    'The account’s webhooks for conversations. They are always there, so they are only set; deleting them clears them.',
  host: 'conversations.twilio.com',
  collection: '/v1/Configuration/Webhooks',
  single: true,
  lasting: true,
  id: ['accountSid'],
  listing: { kind: 'single' },
  inputs,
  outputs: Type.Object({ accountSid: Type.String({ description: 'the account' }) }),
  replaceOn: [],
  set: ['filters'],
  canonical: canonicalWebhooks,
  readings: { events: eventsReading },
  warnings: webhookWarnings,
}
