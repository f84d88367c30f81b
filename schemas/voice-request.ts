import { defineSchema, type TypeOf } from './schema.ts'
import { Type } from './type.ts'

/** What Twilio posts when it wants TwiML. Only what is used is named; its set of parameters grows. */
export const voiceRequest = defineSchema(
  'voice request',
  Type.Object(
    {
      CallSid: Type.String({ pattern: '^CA[0-9a-fA-F]{32}$' }),
      From: Type.Optional(Type.String()),
      To: Type.Optional(Type.String()),
      CallStatus: Type.Optional(Type.String()),
      Digits: Type.Optional(Type.String({ description: 'keys pressed in <Gather> or <Record>' })),
      QueueResult: Type.Optional(Type.String({ description: 'how the call left its queue' })),
      RecordingSid: Type.Optional(Type.String()),
      RecordingUrl: Type.Optional(Type.String()),
      RecordingDuration: Type.Optional(Type.String({ description: 'seconds, as text' })),
    },
    { additionalProperties: true },
  ),
)

export type VoiceRequest = TypeOf<typeof voiceRequest>
