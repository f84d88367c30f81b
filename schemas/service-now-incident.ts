import { defineSchema, type TypeOf } from './schema.ts'
import { Type } from './type.ts'

// A reference comes as its value, as `{value, link}`, or with its display value; an empty one as "".
const field = Type.Optional(
  Type.Union([
    Type.String(),
    Type.Object({ value: Type.Optional(Type.String()) }, { additionalProperties: true }),
    Type.Null(),
  ]),
)

/** What the handlers read of an incident in ServiceNow. */
export const serviceNowIncident = defineSchema(
  'incident in ServiceNow',
  Type.Object(
    {
      state: field,
      assigned_to: field,
      work_notes: field,
      comments: field,
      resolved_at: field,
    },
    { additionalProperties: true },
  ),
)

export type ServiceNowIncident = TypeOf<typeof serviceNowIncident>
