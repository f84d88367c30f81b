import { defineSchema, type TypeOf } from './schema.ts'
import { Type } from './type.ts'

/** Body of `POST /create-task`. */
export const createTaskRequest = defineSchema(
  'create-task request',
  Type.Object(
    {
      attributes: Type.Record(Type.String(), Type.Unknown(), {
        description: 'the attributes of the task, a JSON object',
      }),
      workflowSid: Type.Optional(
        Type.String({ pattern: '^WW[0-9a-fA-F]{32}$', description: 'default WORKFLOW_SID' }),
      ),
      taskChannel: Type.Optional(Type.String({ minLength: 1, description: 'unique name or SID' })),
      priority: Type.Optional(Type.Integer({ minimum: 0 })),
    },
    { additionalProperties: false },
  ),
)

/** Body of `POST /accept-reservation`. */
export const acceptReservationRequest = defineSchema(
  'accept-reservation request',
  Type.Object(
    {
      taskSid: Type.String({ pattern: '^WT[0-9a-fA-F]{32}$' }),
      reservationSid: Type.String({ pattern: '^WR[0-9a-fA-F]{32}$' }),
    },
    { additionalProperties: false },
  ),
)

/** Body of `POST /end-wrap-up` and `POST /extend-wrap-up`: the agent's buttons. */
export const wrapUpRequest = defineSchema(
  'wrap-up request',
  Type.Object(
    { taskSid: Type.String({ pattern: '^WT[0-9a-fA-F]{32}$' }) },
    { additionalProperties: false },
  ),
)

export type CreateTaskRequest = TypeOf<typeof createTaskRequest>
export type AcceptReservationRequest = TypeOf<typeof acceptReservationRequest>
export type WrapUpRequest = TypeOf<typeof wrapUpRequest>
