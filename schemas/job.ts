import { archivedEvent } from './archived-event.ts'
import { huntJobs } from './hunt-job.ts'
import { incidentJobs } from './incident-job.ts'
import { defineSchema, type TypeOf } from './schema.ts'
import { Type } from './type.ts'

const closed = { additionalProperties: false }

/** A message of the functions' own queue: work that a webhook acknowledged before it was done. */
export const job = defineSchema(
  'job',
  Type.Union([
    Type.Object({ kind: Type.Literal('event'), event: archivedEvent.json }, closed),
    /** Several that came at about the same time: a JSON array of them, as gzip in base64. */
    Type.Object({ kind: Type.Literal('events'), packed: Type.String() }, closed),
    /** Only the archiving of an event that was acted upon while the archive was away. */
    Type.Object({ kind: Type.Literal('archive'), event: archivedEvent.json }, closed),
    Type.Object({ kind: Type.Literal('end-wrap-up'), taskSid: Type.String() }, closed),
    /** For a worker whom no task's wrap-up keeps there. */
    Type.Object({ kind: Type.Literal('leave-wrap-up'), workerSid: Type.String() }, closed),
    /** For tasks whose wrap-up nobody heard of. */
    Type.Object({ kind: Type.Literal('sweep-wrap-ups') }, closed),
    Type.Object(
      {
        kind: Type.Literal('report-worker'),
        workerSid: Type.String(),
        workerName: Type.String(),
        reason: Type.String(),
      },
      closed,
    ),
    ...huntJobs,
    ...incidentJobs,
  ]),
)

export type Job = TypeOf<typeof job>
