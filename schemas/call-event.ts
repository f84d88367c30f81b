import { defineSchema, type TypeOf } from './schema.ts'
import { Type } from './type.ts'

/** A status callback of a call, a conference or a recording, a form. */
export const callEvent = defineSchema(
  'call event',
  Type.Object(
    {
      CallSid: Type.Optional(Type.String()),
      ConferenceSid: Type.Optional(Type.String()),
      RecordingSid: Type.Optional(Type.String()),
      CallStatus: Type.Optional(Type.String()),
      StatusCallbackEvent: Type.Optional(Type.String()),
      RecordingStatus: Type.Optional(Type.String()),
      SequenceNumber: Type.Optional(Type.String()),
      Timestamp: Type.Optional(Type.String({ description: 'RFC 2822' })),
    },
    { additionalProperties: true },
  ),
)

export type CallEvent = TypeOf<typeof callEvent>
