import { Type } from '../../schemas/index.ts'

const of = (type: string, description: string) =>
  Type.Optional(Type.String({ description: `${type}: ${description}` }))

/** What the configurations of all types of sinks consist of, for the package's schema: `problemsOfSink` says which belong together. */
export const sinkShape = Type.Object({
  destination: of('webhook', 'absolute http or https address that gets the events'),
  method: Type.Optional(
    Type.Union([Type.Literal('GET'), Type.Literal('POST')], {
      title: 'WebhookMethod',
      description: 'webhook: how the address is requested',
    }),
  ),
  batch_events: Type.Optional(
    Type.Boolean({ description: 'webhook: whether several events come in one request' }),
  ),
  arn: of('kinesis', 'ARN of the stream'),
  role_arn: of('kinesis', 'ARN of the role that Twilio takes on'),
  external_id: of('kinesis', 'what that role asks Twilio for; a secret'),
  write_key: of('segment', 'key of the source; a secret'),
})
