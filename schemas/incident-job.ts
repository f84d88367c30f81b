import { Type } from './type.ts'

const closed = { additionalProperties: false }

/** Jobs about incidents. */
export const incidentJobs = [
  /** A hunt's timer, and its net: whatever was to be done at that time is done. */
  Type.Object({ kind: Type.Literal('incident'), id: Type.String() }, closed),
  /** An execution is said to have ended. */
  Type.Object({ kind: Type.Literal('incident-execution'), executionSid: Type.String() }, closed),
  /** Whether the incident still needs somebody is asked of ServiceNow. */
  Type.Object({ kind: Type.Literal('incident-watch'), id: Type.String() }, closed),
  /** Notes wait to be written to ServiceNow. */
  Type.Object({ kind: Type.Literal('incident-notes'), id: Type.String() }, closed),
  Type.Object({ kind: Type.Literal('sweep-incidents') }, closed),
  Type.Object({ kind: Type.Literal('forget-incident'), id: Type.String() }, closed),
] as const
