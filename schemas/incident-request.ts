import { defineSchema, type TypeOf } from './schema.ts'
import { Type } from './type.ts'

const open = { additionalProperties: true }
const sysId = Type.String({ pattern: '^[0-9a-fA-F]{32}$', description: '32 hex characters' })

/** Form of `POST /execute`, as ServiceNow's business rule sends it. */
export const startIncidentRequest = defineSchema(
  'incident',
  Type.Object(
    {
      sys_id: sysId,
      ticket_no: Type.String({ minLength: 1, maxLength: 40 }),
      short_description: Type.Optional(Type.String({ maxLength: 1000 })),
      /** A new hunt although one has ended; without it a repeat answers the old one. */
      again: Type.Optional(
        Type.Unsafe<'true' | 'false'>({ type: 'string', enum: ['true', 'false'] }),
      ),
    },
    open,
  ),
)

/** JSON of `POST /execute`: an execution has ended. */
export const continueIncidentRequest = defineSchema(
  'end of an execution',
  Type.Object(
    {
      flow_execution_id: Type.String({
        pattern: '^FN[0-9a-fA-F]{32}$',
        description: 'FN and 32 hex digits',
      }),
    },
    open,
  ),
)

/** `POST /update_incident`, a form or JSON. */
export const updateIncidentRequest = defineSchema(
  'update of an incident',
  Type.Object(
    {
      sys_id: sysId,
      agent_name: Type.String({ minLength: 1, maxLength: 100 }),
      case_status: Type.String({
        minLength: 1,
        maxLength: 40,
        description: 'the key that was pressed: 1 accepted, 2 next, 3 escalated',
      }),
      attempt: Type.Optional(
        Type.String({ maxLength: 100, description: 'the same attempt is written once' }),
      ),
    },
    open,
  ),
)

/** The query of `GET /get_next_available_agent`. */
export const nextAgentQuery = defineSchema(
  'query of the next agent',
  Type.Object(
    {
      index: Type.String({ pattern: '^[0-9]{1,4}$', description: 'a whole number from 0' }),
    },
    open,
  ),
)

/** The query of `GET /incidents/metrics`. */
export const incidentMetricsQuery = defineSchema(
  'query of incident metrics',
  Type.Object(
    {
      days: Type.Optional(
        Type.String({ pattern: '^([1-9]|[1-8][0-9]|9[0-2])$', description: '1 to 92; default 31' }),
      ),
      timeZone: Type.Optional(
        Type.String({ description: 'IANA name; default that of the centre’s hours, or else UTC' }),
      ),
    },
    { additionalProperties: false },
  ),
)

export type StartIncidentRequest = TypeOf<typeof startIncidentRequest>
export type UpdateIncidentRequest = TypeOf<typeof updateIncidentRequest>
