import { huntRules } from './hunt-group.ts'
import { defineSchema, type TypeOf } from './schema.ts'
import { Type } from './type.ts'

const closed = { additionalProperties: false }

/** Body of `POST /hunts`: a declared group, or tiers of its own. */
export const startHuntRequest = defineSchema(
  'hunt',
  Type.Object(
    {
      conference: Type.String({
        minLength: 1,
        maxLength: 128,
        description: 'SID or friendly name of a live conference',
      }),
      customerCallSid: Type.String({
        pattern: '^CA[0-9a-fA-F]{32}$',
        description: 'the customer’s leg in that conference',
      }),
      group: Type.Optional(Type.String({ minLength: 1, description: 'name of a declared group' })),
      ...huntRules,
      tiers: Type.Optional(huntRules.tiers),
      reason: Type.Optional(Type.String({ minLength: 1, maxLength: 200 })),
      createdBy: Type.Optional(Type.String({ minLength: 1, maxLength: 100 })),
      idempotencyKey: Type.Optional(
        Type.String({ minLength: 1, maxLength: 200, description: 'the same key, the same hunt' }),
      ),
      notifyUrl: Type.Optional(
        Type.String({
          pattern: '^https?://[^/]+',
          maxLength: 500,
          description: 'gets the hunt as JSON by POST when it has ended',
        }),
      ),
    },
    closed,
  ),
)

/** Body of `POST /hunts/{id}/offers/{workerSid}`. */
export const answerOfferRequest = defineSchema(
  'answer to an offer',
  Type.Object(
    {
      answer: Type.Unsafe<'accept' | 'reject'>({ type: 'string', enum: ['accept', 'reject'] }),
    },
    closed,
  ),
)

/** Body of `POST /hunts/{id}/cancel`; may be left out. */
export const cancelHuntRequest = defineSchema(
  'cancellation of a hunt',
  Type.Object({ reason: Type.Optional(Type.String({ minLength: 1, maxLength: 200 })) }, closed),
)

export type StartHuntRequest = TypeOf<typeof startHuntRequest>
