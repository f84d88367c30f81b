import { defineSchema, type TypeOf } from './schema.ts'
import { Type } from './type.ts'

/** TaskRouter's assignment callback, a form. The two attribute fields are JSON text that may be broken. */
export const assignmentRequest = defineSchema(
  'assignment request',
  Type.Object(
    {
      ReservationSid: Type.String({ pattern: '^WR[0-9a-fA-F]{32}$' }),
      TaskSid: Type.String({ pattern: '^WT[0-9a-fA-F]{32}$' }),
      WorkerSid: Type.String({ pattern: '^WK[0-9a-fA-F]{32}$' }),
      WorkflowSid: Type.String({ pattern: '^WW[0-9a-fA-F]{32}$' }),
      WorkerName: Type.Optional(Type.String()),
      WorkerAttributes: Type.Optional(Type.String({ description: 'JSON text' })),
      TaskAttributes: Type.Optional(Type.String({ description: 'JSON text' })),
      TaskChannelUniqueName: Type.Optional(Type.String()),
    },
    { additionalProperties: true },
  ),
)

export type AssignmentRequest = TypeOf<typeof assignmentRequest>
