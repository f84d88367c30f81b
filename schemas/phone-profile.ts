import { defineSchema, type TypeOf } from './schema.ts'
import { Type } from './type.ts'

const seconds = Type.Number({ minimum: 0, maximum: 3600, description: 'seconds, 0 to 3600' })

const outcomes = ['answer', 'let-ring', 'busy', 'decline', 'unreachable', 'machine'] as const

/** How a phone behaves when nobody is at it: only the local Twilio has such phones. */
export const phoneBehaviour = Type.Object(
  {
    outcome: Type.Optional(
      // One enum rather than a union of literals: a wrong word then gets one message that lists the right ones.
      Type.Unsafe<(typeof outcomes)[number]>({ type: 'string', enum: [...outcomes] }),
    ),
    /** Seconds of ringing before `answer`, `busy`, `decline` or `machine` takes effect; default 1. */
    afterSeconds: Type.Optional(seconds),
    /** Seconds after the answer at which this phone hangs up; default never. */
    hangUpAfterSeconds: Type.Optional(seconds),
    /** Keys that it presses, each so many seconds after the answer. */
    keys: Type.Optional(
      Type.Array(
        Type.Object(
          {
            afterSeconds: seconds,
            digits: Type.String({ pattern: '^[0-9*#]+$', description: 'keys: 0 to 9, * and #' }),
          },
          { additionalProperties: false },
        ),
      ),
    ),
  },
  { additionalProperties: false },
)

/** The phones that the stack output `phoneProfiles` declares, for the local Twilio. */
export const phoneProfiles = defineSchema(
  'phone profiles',
  Type.Array(
    Type.Composite(
      [
        Type.Object({
          address: Type.String({
            minLength: 1,
            description: 'a contact URI: client:alice, +12025550123 or sip:alice@example.com',
          }),
        }),
        phoneBehaviour,
      ],
      { additionalProperties: false },
    ),
  ),
)

export type PhoneProfiles = TypeOf<typeof phoneProfiles>
