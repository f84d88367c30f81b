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

/** Whether a worker may be called. */
export const workerState = defineSchema(
  'worker',
  Type.Object({ available: Type.Boolean(), activity_name: Type.String() }, open),
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

/** What hunts read of a task. */
export const taskState = defineSchema(
  'task',
  Type.Object(
    { sid: Type.String(), assignment_status: Type.String(), attributes: Type.String() },
    open,
  ),
)

/** A page of tasks. */
export const taskPage = defineSchema(
  'tasks',
  Type.Object({ tasks: Type.Array(taskState.json) }, open),
)

/** A page of tasks that somebody has, for the wrap-up to look over. */
export const busyTaskPage = defineSchema(
  'tasks',
  Type.Object(
    {
      tasks: Type.Array(
        Type.Object(
          {
            sid: Type.String(),
            assignment_status: Type.String(),
            task_queue_sid: Type.Union([Type.String(), Type.Null()]),
            workflow_sid: Type.Union([Type.String(), Type.Null()]),
          },
          open,
        ),
      ),
    },
    open,
  ),
)

/** A page of a task's reservations, with their SIDs. */
export const taskReservations = defineSchema(
  'reservations',
  Type.Object(
    {
      reservations: Type.Array(
        Type.Object(
          { sid: Type.String(), worker_sid: Type.String(), reservation_status: Type.String() },
          open,
        ),
      ),
    },
    open,
  ),
)

/** What hunts read of a worker. */
export const agentResource = defineSchema(
  'worker',
  Type.Object(
    { sid: Type.String(), friendly_name: Type.String(), attributes: Type.String() },
    open,
  ),
)

/** A page of workers. */
export const workerPage = defineSchema(
  'workers',
  Type.Object(
    {
      workers: Type.Array(agentResource.json),
      meta: Type.Object({ next_page_url: Type.Union([Type.String(), Type.Null()]) }, open),
    },
    open,
  ),
)

/** What hunts read of a call. */
export const callResource = defineSchema(
  'call',
  Type.Object(
    { sid: Type.String(), status: Type.String(), direction: Type.String(), from: Type.String() },
    open,
  ),
)

/** A page of calls, the newest first. */
export const callPage = defineSchema(
  'calls',
  Type.Object({ calls: Type.Array(callResource.json) }, open),
)

/** What hunts read of a participant. */
export const participantResource = defineSchema(
  'participant',
  Type.Object({ call_sid: Type.String() }, open),
)

/** What hunts read of a conference. */
export const conferenceResource = defineSchema(
  'conference',
  Type.Object({ sid: Type.String(), friendly_name: Type.String(), status: Type.String() }, open),
)

/** A page of conferences. */
export const conferencePage = defineSchema(
  'conferences',
  Type.Object({ conferences: Type.Array(conferenceResource.json) }, open),
)

export type WorkerResource = TypeOf<typeof workerResource>
