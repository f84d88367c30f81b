import { defineSchema, type TypeOf } from './schema.ts'
import { Type } from './type.ts'

const orNull = <T extends Parameters<typeof Type.Optional>[0]>(type: T) =>
  Type.Union([type, Type.Null()])
const oneOf = <const Names extends readonly string[]>(...names: Names) =>
  Type.Unsafe<Names[number]>({ type: 'string', enum: [...names] })
const time = Type.String({ description: 'ISO 8601, UTC' })
const ofAgent = { workerSid: Type.String(), name: Type.String() }

/** What may become of an agent in a hunt. */
export const agentStates = [
  'notOffered',
  'offered',
  'accepted',
  'rejected',
  'timedOut',
  'rescinded',
  'busy',
  'away',
] as const
const agentState = oneOf(...agentStates)
const carriedOver = Type.Boolean({
  description: 'the agent is of an earlier tier and has not rejected: the later one is theirs, too',
})

/** A hunt as people and pages read it: what `GET /hunts/{id}` answers. */
export const huntView = defineSchema(
  'hunt',
  Type.Object({
    id: Type.String(),
    state: oneOf('offering', 'accepted', 'exhausted', 'cancelled', 'failed'),
    why: orNull(Type.String({ description: 'why it ended; null while it lasts' })),
    group: orNull(Type.String()),
    reason: orNull(Type.String()),
    createdBy: orNull(Type.String()),
    createdAt: time,
    endedAt: orNull(time),
    conferenceSid: Type.String(),
    customerCallSid: Type.String(),
    tier: Type.Integer({ description: 'which one is asked, or was the last to be, from 1' }),
    tierEndsAt: Type.String({ description: 'while it is asked and nobody has the seat' }),
    tiers: Type.Array(
      Type.Object({
        name: Type.String(),
        seconds: Type.Number(),
        startedAt: orNull(time),
        endedAt: orNull(time),
        skipped: orNull(Type.String({ description: 'why its time was not waited out' })),
        agents: Type.Array(
          Type.Object({ ...ofAgent, state: agentState, carriedOver }),
          // Once it has begun, without those who had rejected.
          { description: 'whom the tier is for, and what became of each while it lasted' },
        ),
      }),
    ),
    agents: Type.Array(
      Type.Object({
        ...ofAgent,
        state: agentState,
        tier: Type.Integer({ description: 'the first tier that the agent is in, from 1' }),
        carriedOver,
      }),
    ),
    seat: orNull(
      Type.Object({
        ...ofAgent,
        phase: oneOf('accepting', 'wanted', 'begun', 'ringing', 'answered', 'joined', 'over'),
        callSid: orNull(Type.String()),
      }),
    ),
    timeline: Type.Array(Type.Object({ at: time, text: Type.String() })),
  }),
)

/** What `GET /hunts` answers. */
export const huntList = defineSchema('hunts', Type.Object({ hunts: Type.Array(huntView.json) }))

/** The query of `GET /hunts`. */
export const huntListQuery = defineSchema(
  'query of hunts',
  Type.Object(
    {
      state: Type.Optional(oneOf('open', 'closed')),
      limit: Type.Optional(
        Type.String({ pattern: '^([1-9][0-9]?|100)$', description: '1 to 100; default 20' }),
      ),
    },
    { additionalProperties: false },
  ),
)

/** What `POST /hunts/{id}/offers/{workerSid}` answers: what an answer to an offer came to. */
export const offerResult = defineSchema(
  'result of an answer',
  Type.Object({
    /**
     * `accepted`: the seat is the agent's, whose phone rings now. `over`: the hunt is over without anybody. `not-offered`: the
     * agent is not offered this seat now.
     */
    result: oneOf('accepted', 'already-taken', 'rejected', 'over', 'not-offered'),
    hunt: Type.String(),
    state: Type.String(),
  }),
)

export type OfferResult = TypeOf<typeof offerResult>['result']
export type HuntView = TypeOf<typeof huntView>
export type HuntListQuery = TypeOf<typeof huntListQuery>
