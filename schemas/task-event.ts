import { defineSchema, type TypeOf } from './schema.ts'
import { Type } from './type.ts'

/** A workspace's event callback, a form. Which of the optional fields are there depends on the event. */
export const taskEvent = defineSchema(
  'task event',
  Type.Object(
    {
      EventType: Type.String({ minLength: 1, description: 'for example task.canceled' }),
      Sid: Type.Optional(Type.String({ description: 'EV…, the same for every delivery' })),
      TimestampMs: Type.Optional(Type.String({ pattern: '^[0-9]+$' })),
      Timestamp: Type.Optional(Type.String({ description: 'Unix seconds' })),
      TaskSid: Type.Optional(Type.String()),
      TaskQueueSid: Type.Optional(Type.String()),
      TaskAttributes: Type.Optional(Type.String({ description: 'JSON text' })),
      TaskAssignmentStatus: Type.Optional(Type.String()),
      TaskCanceledReason: Type.Optional(Type.String()),
      WorkerSid: Type.Optional(Type.String()),
      WorkerActivitySid: Type.Optional(Type.String()),
      ReservationSid: Type.Optional(Type.String()),
    },
    { additionalProperties: true },
  ),
)

export type TaskEvent = TypeOf<typeof taskEvent>
