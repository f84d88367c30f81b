import { defineSchema, rosterEntry, Type, type TypeOf } from '../../schemas/index.ts'
import { incidentNote } from '../service-now/notebook.ts'

const time = Type.Integer({ minimum: 0, description: 'milliseconds since the Unix epoch' })
const orNull = <T extends Parameters<typeof Type.Optional>[0]>(type: T) =>
  Type.Union([type, Type.Null()])
const personNumber = Type.Integer({ minimum: 0, description: 'index into `people`' })
const oneOf = <const Names extends readonly string[]>(...names: Names) =>
  Type.Unsafe<Names[number]>({ type: 'string', enum: [...names] })

/** What came of a call; `stopped`: the hunt was over before it was. */
const outcome = oneOf(
  'accepted',
  'next',
  'escalate',
  'otherKey',
  'silence',
  'busy',
  'noAnswer',
  'failed',
  'machine',
  'hungUp',
  'occupied',
  'stopped',
)
const consequence = oneOf('next', 'escalate', 'stop')

const attempt = Type.Object({
  /** From 1. */
  number: Type.Integer(),
  person: personNumber,
  /** `begun`: its execution was asked for, and nobody knows yet whether there is one. */
  phase: oneOf('checking', 'wanted', 'begun', 'live', 'ending'),
  executionSid: orNull(Type.String()),
  begunAt: time,
  /** When to look at it next, and how often that was done in vain. */
  lookAt: time,
  looks: Type.Integer(),
})

const pastAttempt = Type.Object({
  number: Type.Integer(),
  person: personNumber,
  outcome,
  executionSid: orNull(Type.String()),
  begunAt: time,
  endedAt: time,
})

const entry = Type.Object({
  at: time,
  what: Type.String(),
  person: Type.Optional(personNumber),
  text: Type.Optional(Type.String()),
})

/** The hunt for an incident as it lies in the store: one row an incident, so that no incident has two. */
export const incidentSchema = defineSchema(
  'incident hunt',
  Type.Object({
    /** The incident's `sys_id`. */
    id: Type.String(),
    ticketNo: Type.String(),
    shortDescription: Type.String(),
    createdAt: time,
    /** Nobody is called any more after that. */
    endsAt: time,
    people: Type.Array(Type.Object({ list: oneOf('agent', 'escalation'), entry: rosterEntry })),
    rules: Type.Object({
      attemptsPerPerson: Type.Integer(),
      rounds: Type.Integer(),
      afterAgents: oneOf('end', 'escalate'),
      consequences: Type.Record(Type.String(), consequence),
      writes: Type.Object({
        workNotes: Type.Boolean(),
        comments: Type.Boolean(),
        state: Type.Boolean(),
        assignedTo: Type.Boolean(),
      }),
    }),

    state: oneOf('hunting', 'accepted', 'exhausted', 'stopped', 'failed'),
    /** Why it ended. */
    why: orNull(Type.String()),
    endedAt: orNull(time),
    acceptedBy: orNull(personNumber),
    /** Places in the two lists: where the hunt is, or was last. */
    index: Type.Integer(),
    escalationIndex: Type.Integer(),
    /** From 1. */
    round: Type.Integer(),
    attempt: orNull(attempt),
    attempts: Type.Array(pastAttempt),
    attemptCount: Type.Integer(),
    /** To be handed to the incident's notebook. */
    notes: Type.Array(incidentNote),
    noteCount: Type.Integer(),
    /** When ServiceNow is asked next whether the incident still needs somebody. */
    watchAt: time,
    /** Who had the incident when it was first looked at; null: not looked at yet. */
    firstAssignee: orNull(Type.String()),
    recorded: Type.Boolean(),
    /** Nothing is left to do. */
    closed: Type.Boolean(),

    runner: orNull(Type.Object({ token: Type.String(), until: time })),
    /** Twilio was away; nothing is tried before. */
    retryAt: orNull(time),
    troubles: Type.Integer(),
    wakeAt: orNull(time),
    history: Type.Array(entry),
  }),
)

export type Incident = TypeOf<typeof incidentSchema>
export type Attempt = NonNullable<Incident['attempt']>
export type Outcome = Incident['attempts'][number]['outcome']
export type IncidentHistoryEntry = Incident['history'][number]
export type Person = Incident['people'][number]

/** What the execution of an attempt carries as parameter `attempt`, so that it is found again: different for every hunt. */
export function attemptKey(hunt: Pick<Incident, 'createdAt'>, number: number): string {
  return `${hunt.createdAt.toString(36)}-${number}`
}
