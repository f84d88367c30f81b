import { eventSchemas, eventTypes, type Static, Type } from '../../schemas/index.ts'
import { isSet } from '../comparison/meaning.ts'
import { plainCreate } from '../creation/creation.ts'
import type { ResourceDescription, WriteContext } from '../description/description.ts'
import { outputs, sid } from '../description/fields.ts'
import type { Answer } from '../requests/client.ts'
import { TwilioError } from '../requests/errors.ts'
import { unlessGone } from '../requests/late-reads.ts'
import { nameReading } from '../words/name-reading.ts'
import { doubts, refusals } from './event-type-check.ts'
import {
  readTypes,
  type SubscribedType,
  subscribedTypes,
  tellTypes,
  typesByName,
} from './event-types-reading.ts'
import { SinkNotActive } from './sink-not-active.ts'
import { listTypes, writeTypes } from './subscribed-events.ts'

const inputs = Type.Object(
  {
    description: Type.String({ minLength: 1, description: 'what the subscription is for' }),
    sinkSid: sid('DG', 'where the events go. Changing it replaces the subscription'),
    types: Type.Array(
      Type.Object(
        {
          type: Type.String({ description: 'com.twilio.taskrouter.task.created' }),
          schemaVersion: Type.Optional(
            Type.Integer({
              minimum: 1,
              description: 'version of the schema; by default the latest when the type is added',
            }),
          ),
        },
        { additionalProperties: false },
      ),
      {
        minItems: 1,
        description:
          'the events, a set: order and repetitions say nothing, and a type that is taken out is no longer sent',
      },
    ),
  },
  { additionalProperties: false },
)

export type SubscriptionInputs = Static<typeof inputs>

/** Which events go to a sink. */
export const subscription: ResourceDescription = {
  token: 'twilio:events:Subscription',
  description:
    'Which events go to a sink of Event Streams. The event types are a set: one that is taken out of the program is taken out at Twilio, one that somebody adds in the console is seen by a refresh.',
  host: 'events.twilio.com',
  collection: '/v1/Subscriptions',
  id: ['sid'],
  identity: {
    property: 'description',
    rows: 'subscriptions',
    listsByName: false,
    unique: false,
    // Lists do not tell the event types.
    excerpts: true,
  },
  inputs,
  outputs: outputs({}),
  replaceOn: ['sinkSid'],
  canonical: { types: typesByName },
  readings: {
    events: { of: 'types', read: readTypes, tell: tellTypes },
    sink: nameReading('sinkSid', 'sink'),
  },
  check: ({ types }) => refusals(types),
  warnings: ({ types }) => doubts(types),
  fromWire: ({ types: live }, { types: declared }) =>
    live === undefined ? {} : { types: liveTypes(live as readonly SubscribedType[], declared) },
  complete: async (answer, client) => ({
    ...answer,
    types: await listTypes(client, String(answer['sid'])),
  }),
  async create(context) {
    const { client, path, properties } = context
    const types = subscribedTypes(properties['types']).map(({ type, schemaVersion }) =>
      JSON.stringify({ type, schema_version: schemaVersion }),
    )
    try {
      return await plainCreate(subscription, client, path, { ...properties, types })
    } catch (error) {
      throw await explain(error, context)
    }
  },
  async beforeWrite(context) {
    const { client, path, properties, known } = context
    if (!known) return undefined
    await writeTypes(context, subscribedTypes(known['types']), subscribedTypes(properties['types']))
    const { host } = subscription
    return known['description'] === properties['description']
      ? client.send({ method: 'GET', host, path })
      : client.send({
          method: 'POST',
          host,
          path,
          parameters: { Description: String(properties['description']) },
        })
  },
}

/**
 * The live types as the program would write them: without the version where it names none, or, in an import, where it is the
 * latest.
 */
function liveTypes(live: readonly SubscribedType[], declared: unknown): readonly SubscribedType[] {
  const named = new Map(
    subscribedTypes(declared).map(({ type, schemaVersion }) => [type, schemaVersion]),
  )
  return live.map(({ type, schemaVersion }) => {
    const usual =
      isSet(declared) && named.has(type)
        ? named.get(type) === undefined
        : schemaVersion === latestOf(type)
    return usual || schemaVersion === undefined ? { type } : { type, schemaVersion }
  })
}

function latestOf(type: string): number | undefined {
  return eventSchemas.get(eventTypes.get(type)?.schemaId ?? '')?.latestVersion
}

async function explain(error: unknown, { client, properties }: WriteContext): Promise<unknown> {
  if (!(error instanceof TwilioError) || error.status !== 400) return error
  const sinkSid = String(properties['sinkSid'])
  const path = `/v1/Sinks/${encodeURIComponent(sinkSid)}`
  const sink: Answer | undefined = await unlessGone(() =>
    client.send({ method: 'GET', host: subscription.host, path }),
  )
  const status = sink && String(sink['status'])
  return status === 'active' ? error : new SinkNotActive(sinkSid, status, error)
}
