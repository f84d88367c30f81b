import { incidentRoster } from './incident-roster.ts'
import { Type } from './type.ts'

const closed = { additionalProperties: false }
const oneOf = <const Names extends readonly string[]>(...names: Names) =>
  Type.Unsafe<Names[number]>({ type: 'string', enum: [...names] })

/** What follows an attempt that nobody decided: the next person, the escalation list, or the end. */
const consequence = Type.Optional(oneOf('next', 'escalate', 'stop'))

/** How far a hunt for an incident goes. */
export const incidentRules = {
  attemptsPerPerson: Type.Optional(
    Type.Integer({ minimum: 1, maximum: 20, description: '1 to 20; default 2' }),
  ),
  rounds: Type.Optional(
    Type.Integer({ minimum: 1, maximum: 20, description: 'through both lists; default 1' }),
  ),
  totalMinutes: Type.Optional(
    Type.Integer({ minimum: 1, maximum: 1440, description: '1 to 1440; default 60' }),
  ),
  /** What follows the last of `agent_list`: the end of the round, or the escalation list. */
  afterAgents: Type.Optional(oneOf('end', 'escalate')),
  /** What follows each way in which nobody decides; default `next`. */
  consequences: Type.Optional(
    Type.Object(
      {
        busy: consequence,
        noAnswer: consequence,
        failed: consequence,
        machine: consequence,
        silence: consequence,
        otherKey: consequence,
        hungUp: consequence,
      },
      closed,
    ),
  ),
  keptDays: Type.Optional(
    Type.Integer({
      minimum: 1,
      maximum: 365,
      description: 'how long an ended hunt can be read; 1 to 365, default 31',
    }),
  ),
  /** What is written to the incident; default all of it. */
  writes: Type.Optional(
    Type.Object(
      {
        workNotes: Type.Optional(Type.Boolean({ description: 'a line an attempt' })),
        comments: Type.Optional(Type.Boolean({ description: 'one line at the end' })),
        state: Type.Optional(Type.Boolean({ description: '2 (In Progress) when accepted' })),
        assignedTo: Type.Optional(Type.Boolean({ description: 'whoever accepted, if mapped' })),
      },
      closed,
    ),
  ),
} as const

/** The hunt for incidents in the settings of a centre. */
export const incidentSettings = Type.Object(
  {
    ...incidentRules,
    roster: Type.Optional(incidentRoster.json),
    rosterUrl: Type.Optional(
      Type.String({
        pattern: '^https?://[^/]+',
        description: 'where the roster is read as JSON at each start, instead of `roster`',
      }),
    ),
  },
  closed,
)
