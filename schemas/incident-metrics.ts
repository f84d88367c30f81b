import { defineSchema, type TypeOf } from './schema.ts'
import { Type } from './type.ts'

const orNull = <T extends Parameters<typeof Type.Optional>[0]>(type: T) =>
  Type.Union([type, Type.Null()])
const count = Type.Integer({ minimum: 0 })
const seconds = orNull(
  Type.Object(
    {
      mean: Type.Number(),
      median: Type.Number(),
      p90: Type.Number({ description: 'nine of ten took no longer' }),
    },
    { description: 'in seconds; null: there is none' },
  ),
)
const share = orNull(Type.Number({ description: '0 to 1; null: there is nothing to divide' }))

/** One hunt in figures, written when it has ended. */
export const incidentRecord = defineSchema(
  'figures of an incident',
  Type.Object({
    sysId: Type.String(),
    ticketNo: Type.String(),
    outcome: Type.String(),
    /** Milliseconds since the Unix epoch. */
    createdAt: Type.Integer(),
    endedAt: Type.Integer(),
    acceptedBy: orNull(Type.String()),
    escalations: count,
    attempts: Type.Array(
      Type.Object({ name: Type.String(), outcome: Type.String(), seconds: Type.Number() }),
    ),
  }),
)

const figures = {
  hunts: count,
  accepted: count,
  exhausted: count,
  stopped: count,
  failed: count,
  attempts: count,
  escalations: count,
  secondsToAcknowledge: seconds,
  secondsToResolve: seconds,
  escalationRate: share,
}

/** What `GET /incidents/metrics` answers: all days together, each day, also one without a hunt, and each person. */
export const incidentMetrics = defineSchema(
  'incident metrics',
  Type.Object({
    timeZone: Type.String({ description: 'by whose days is counted' }),
    total: Type.Object(figures),
    days: Type.Array(Type.Object({ day: Type.String({ description: 'YYYY-MM-DD' }), ...figures })),
    people: Type.Array(
      Type.Object({
        name: Type.String(),
        called: count,
        accepted: count,
        passedOn: count,
        escalated: count,
        undecided: count,
        secondsToDecide: seconds,
        acceptanceRate: share,
      }),
    ),
  }),
)

export type IncidentRecord = TypeOf<typeof incidentRecord>
export type IncidentMetrics = TypeOf<typeof incidentMetrics>
