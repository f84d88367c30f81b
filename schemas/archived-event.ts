import { defineSchema, type TypeOf } from './schema.ts'
import { Type } from './type.ts'

const time = Type.Integer({ minimum: 0, description: 'milliseconds since the Unix epoch' })

/** An event of Twilio's as the archive keeps it, one object each: what it takes to replay it. */
export const archivedEvent = defineSchema(
  'archived event',
  Type.Object(
    {
      source: Type.String({ pattern: '^[a-z]+$', description: 'taskrouter, voice or voicemail' }),
      id: Type.String({
        pattern: '^[A-Za-z0-9._-]{1,200}$',
        description: 'the same for every delivery of the same event',
      }),
      /** When it happened by Twilio's clock: the same for every delivery, so that repeats share a path. */
      at: time,
      receivedAt: time,
      /** Only those that matter; never a signature or a credential. */
      headers: Type.Record(Type.String(), Type.String()),
      body: Type.String({ description: 'as received' }),
    },
    { additionalProperties: false },
  ),
)

export type ArchivedEvent = TypeOf<typeof archivedEvent>
