import { type Static, Type } from '../../schemas/index.ts'
import type { ResourceDescription } from '../description/description.ts'
import { sid } from '../description/fields.ts'
import { eventsReading } from './events-reading.ts'
import { eventSet, serviceEvents } from './webhook-events.ts'
import { canonicalWebhooks, webhookSettings, webhookWarnings } from './webhook-settings.ts'

const inputs = Type.Object(
  {
    chatServiceSid: sid('IS', 'the conversations service. Changing it replaces the resource'),
    ...webhookSettings,
    filters: eventSet(serviceEvents, 'events that the webhooks are requested for, in any order'),
  },
  { additionalProperties: false },
)

export type ServiceWebhooksInputs = Static<typeof inputs>

/** Who is told of what happens in one conversations service: a part of it. */
export const serviceWebhooks: ResourceDescription = {
  token: 'twilio:conversations:ServiceWebhooks',
  description:
    'Webhooks of a conversations service. They are a part of the service, so they are only set; deleting them clears them.',
  host: 'conversations.twilio.com',
  collection: '/v1/Services/{chatServiceSid}/Configuration/Webhooks',
  single: true,
  lasting: true,
  id: ['chatServiceSid'],
  listing: { kind: 'each', of: 'twilio:conversations:Service' },
  inputs,
  outputs: Type.Object({}),
  replaceOn: ['chatServiceSid'],
  set: ['filters'],
  canonical: canonicalWebhooks,
  readings: { events: eventsReading },
  warnings: webhookWarnings,
}
