import { defineSchema, type TypeOf } from './schema.ts'
import { Type } from './type.ts'

const orNull = <T extends Parameters<typeof Type.Optional>[0]>(type: T) =>
  Type.Union([type, Type.Null()])
const oneOf = <const Names extends readonly string[]>(...names: Names) =>
  Type.Unsafe<Names[number]>({ type: 'string', enum: [...names] })
const time = Type.String({ description: 'ISO 8601, UTC' })
const list = oneOf('agent', 'escalation')

/** The hunt for an incident as people and pages read it: what `GET /incidents/hunts/{id}` answers. */
export const incidentView = defineSchema(
  'incident hunt',
  Type.Object({
    id: Type.String({ description: 'the incident’s sys_id' }),
    ticketNo: Type.String(),
    shortDescription: Type.String(),
    state: oneOf('hunting', 'accepted', 'exhausted', 'stopped', 'failed'),
    why: orNull(Type.String({ description: 'why it ended; null while it lasts' })),
    createdAt: time,
    endsAt: Type.String({ description: 'nobody is called after that' }),
    endedAt: orNull(time),
    round: Type.Integer({ description: 'from 1' }),
    acceptedBy: orNull(Type.String()),
    current: orNull(
      Type.Object({
        number: Type.Integer(),
        name: Type.String(),
        list,
        phase: oneOf('checking', 'wanted', 'begun', 'live', 'ending'),
        executionSid: orNull(Type.String()),
        since: time,
      }),
    ),
    people: Type.Array(
      Type.Object({
        name: Type.String(),
        role: Type.String(),
        list,
        phone: Type.String({ description: 'all but the last four digits masked' }),
        calls: Type.Integer(),
        last: orNull(Type.String({ description: 'what came of the last call' })),
      }),
    ),
    attempts: Type.Array(
      Type.Object({
        number: Type.Integer(),
        name: Type.String(),
        list,
        outcome: Type.String(),
        executionSid: orNull(Type.String()),
        startedAt: time,
        endedAt: time,
      }),
    ),
    notes: Type.Array(
      Type.Object({
        at: time,
        text: Type.String(),
        phase: oneOf('waiting', 'parked', 'written', 'refused'),
      }),
    ),
    timeline: Type.Array(Type.Object({ at: time, text: Type.String() })),
  }),
)

/** What `GET /incidents/hunts` answers. */
export const incidentList = defineSchema(
  'incident hunts',
  Type.Object({ hunts: Type.Array(incidentView.json) }),
)

export type IncidentView = TypeOf<typeof incidentView>
