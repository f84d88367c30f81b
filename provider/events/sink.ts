import { type Static, Type } from '../../schemas/index.ts'
import { plainCreate } from '../creation/creation.ts'
import type { HookContext, ResourceDescription, WriteContext } from '../description/description.ts'
import { outputs } from '../description/fields.ts'
import type { Properties } from '../protocol/values.ts'
import type { Answer } from '../requests/client.ts'
import { TwilioError } from '../requests/errors.ts'
import {
  canonicalSink,
  holdsSecret,
  liveSink,
  problemsOfSink,
  type SinkConfiguration,
} from './sink-configuration.ts'
import { SinkInUse } from './sink-in-use.ts'
import { sinkShape } from './sink-shape.ts'

const inputs = Type.Object(
  {
    description: Type.String({
      minLength: 1,
      description: 'what the sink is for; the only thing of it that can be changed',
    }),
    sinkType: Type.Union(
      [Type.Literal('webhook'), Type.Literal('kinesis'), Type.Literal('segment')],
      { description: 'what kind of place events go to. Changing it replaces the sink' },
    ),
    sinkConfiguration: Type.Unsafe<SinkConfiguration>({
      type: 'object',
      description:
        'where that is: {destination, method, batch_events} of a webhook, {arn, role_arn, external_id} of kinesis, {write_key} of segment. Changing it replaces the sink',
    }),
  },
  { additionalProperties: false },
)

export type SinkInputs = Static<typeof inputs>

const inUse = 91007

/** Where events go. Twilio sends it a test event as soon as it is made. */
export const sink: ResourceDescription = {
  token: 'twilio:events:Sink',
  description:
    'Where Event Streams sends events: a webhook, a Kinesis stream, Segment. Twilio sends it a test event when it is made, and status tells whether Twilio takes it for usable. A sink with a secret in its configuration is kept as a secret as a whole.',
  host: 'events.twilio.com',
  collection: '/v1/Sinks',
  id: ['sid'],
  identity: { property: 'description', rows: 'sinks', listsByName: false, unique: false },
  inputs,
  documents: { sinkConfiguration: sinkShape },
  outputs: outputs({
    status: Type.Optional(
      Type.String({
        description:
          'active: events can be subscribed to; initialized, validating: not yet; failed: Twilio could not reach it',
      }),
    ),
  }),
  replaceOn: ['sinkType', 'sinkConfiguration'],
  json: ['sinkConfiguration'],
  canonical: { sinkConfiguration: canonicalSink },
  secretWhen: ({ sinkType, sinkConfiguration }) =>
    holdsSecret(sinkType, sinkConfiguration) ? ['sinkConfiguration'] : [],
  check: problemsOfSink,
  fromWire: ({ sink_configuration: live }, { sinkConfiguration: declared }) =>
    live === undefined ? {} : { sinkConfiguration: liveSink(live, declared) },
  news: (known, live) =>
    live['status'] === 'failed' && known['status'] !== 'failed' ? [failedText] : [],
  async create(context) {
    const answer = await plainCreate(sink, context.client, context.path, context.properties)
    await sendTestEvent(context, answer)
    return answer
  },
  async delete(context) {
    const { client, properties, path } = context
    try {
      await client.send({ method: 'DELETE', host: sink.host, path })
    } catch (error) {
      if (!(error instanceof TwilioError) || error.status !== 400) throw error
      const users = await subscriptionsOf(context, String(properties['sid']))
      if (users.length === 0 && error.code !== inUse) throw error
      throw new SinkInUse(String(properties['sid']), users, error)
    }
  },
}

const failedText =
  'Twilio could not deliver to this sink and has marked it failed, so that no subscription can use it: make the endpoint answer 2xx within 5 seconds (a kinesis role must let Twilio in with the external_id), then replace the sink with `pulumi up --replace` and its URN'

// The sink is there by now: whatever becomes of the test, its creation was no failure.
async function sendTestEvent({ client, warn }: WriteContext, answer: Answer): Promise<void> {
  const sid = answer['sid']
  if (typeof sid !== 'string') return
  if (answer['status'] === 'failed') return warn(failedText)
  try {
    await client.send({
      method: 'POST',
      host: sink.host,
      path: `${sink.collection}/${sid}/Test`,
      tries: 2,
    })
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    await warn(`no test event could be sent to the new sink ${sid}: ${reason}`)
  }
}

async function subscriptionsOf({ client }: HookContext, sid: string): Promise<readonly string[]> {
  const rows = await client.list(
    { host: sink.host, path: '/v1/Subscriptions', parameters: { SinkSid: sid, PageSize: 100 } },
    'subscriptions',
  )
  return rows.map((row: Properties) => `${String(row['sid'])} (${String(row['description'])})`)
}
