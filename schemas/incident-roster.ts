import { defineSchema, type TypeOf } from './schema.ts'
import { Type } from './type.ts'

const closed = { additionalProperties: false }
const clockTime = Type.String({ pattern: '^([01][0-9]|2[0-4]):[0-5][0-9]$', description: 'HH:MM' })

/** When somebody is on call, in their own time zone. A span may run past midnight. */
const onCall = Type.Object(
  {
    time_zone: Type.String({ minLength: 1, description: 'IANA name, for example Europe/Madrid' }),
    open: Type.Array(
      Type.Object(
        {
          days: Type.Array(Type.Integer({ minimum: 1, maximum: 7 }), {
            description: '1 Monday … 7 Sunday',
          }),
          from: clockTime,
          to: clockTime,
        },
        closed,
      ),
    ),
  },
  {
    ...closed,
    description: 'outside these hours the person is not called; absent: always on call',
  },
)

/** One person who may be called about an incident. */
export const rosterEntry = Type.Object(
  {
    name: Type.String({ minLength: 1, maxLength: 100, description: 'said on the phone' }),
    phone_no: Type.String({
      pattern: '^\\+[1-9][0-9]{1,14}$',
      description: 'in E.164: +12025550123',
    }),
    role: Type.String({ maxLength: 100 }),
    index: Type.Optional(
      Type.Integer({ minimum: 0, description: 'place in the list; default as it is written' }),
    ),
    worker_sid: Type.Optional(
      Type.String({
        pattern: '^WK[0-9a-fA-F]{32}$',
        description: 'TaskRouter worker: called only while in an available activity',
      }),
    ),
    on_call: Type.Optional(onCall),
    assigned_to: Type.Optional(
      Type.String({ minLength: 1, description: 'who this is in ServiceNow: sys_id or user name' }),
    ),
  },
  closed,
)

/** Who is called about an incident, and to whom it is escalated. */
export const incidentRoster = defineSchema(
  'roster',
  Type.Object(
    { agent_list: Type.Array(rosterEntry), escalation_list: Type.Array(rosterEntry) },
    closed,
  ),
)

export type IncidentRoster = TypeOf<typeof incidentRoster>
export type RosterEntry = IncidentRoster['agent_list'][number]
