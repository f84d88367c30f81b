import { defineSchema, type TypeOf } from './schema.ts'
import { Type } from './type.ts'

const open = { additionalProperties: true }

/** What the handlers read of a task that Twilio answers with. */
export const taskResource = defineSchema('task', Type.Object({ sid: Type.String() }, open))

/** What the handlers read of a worker. */
export const workerResource = defineSchema(
  'worker',
  Type.Object({ sid: Type.String(), activity_sid: Type.String() }, open),
)

/** What the handlers read of a reservation. */
export const reservationResource = defineSchema(
  'reservation',
  Type.Object(
    {
      worker_sid: Type.String(),
      worker_name: Type.String(),
      reservation_status: Type.String(),
    },
    open,
  ),
)

/** A page of a task's reservations. */
export const reservationPage = defineSchema(
  'reservations',
  Type.Object({ reservations: Type.Array(reservationResource.json) }, open),
)

export type WorkerResource = TypeOf<typeof workerResource>
