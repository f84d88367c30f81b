import { defineSchema, Type, type TypeOf } from '../../schemas/index.ts'

/** How ServiceNow misbehaves, on purpose. All are off by default. */
export const serviceNowFaults = defineSchema(
  'faults of ServiceNow',
  Type.Object(
    {
      statuses: Type.Optional(
        Type.Record(
          Type.String({ pattern: '^[45][0-9]{2}$' }),
          Type.Number({ minimum: 0, maximum: 1 }),
          {
            additionalProperties: false,
            description: 'HTTP status from 400 to 599 → share of the requests that get it',
          },
        ),
      ),
      /** Share of requests that are carried out and whose answer is lost, with the connection. */
      lostAnswers: Type.Optional(Type.Number({ minimum: 0, maximum: 1 })),
      /** Share of requests that get status 200 and a page, as from an instance that sleeps. */
      asleep: Type.Optional(Type.Number({ minimum: 0, maximum: 1 })),
      delayMs: Type.Optional(Type.Number({ minimum: 0, description: 'milliseconds' })),
    },
    { additionalProperties: false },
  ),
)

export type ServiceNowFaults = TypeOf<typeof serviceNowFaults>

/** The answer is lost on purpose: whoever serves `fetch` over a socket destroys it. */
export class AnswerLost extends Error {
  override readonly name = 'AnswerLost'
}
