import { Type } from './type.ts'

const closed = { additionalProperties: false }

/** Jobs about hunts. */
export const huntJobs = [
  /** A hunt's timer, and its net: whatever was to be done at that time is done. */
  Type.Object({ kind: Type.Literal('hunt'), id: Type.String() }, closed),
  /** News of an agent's leg. */
  Type.Object(
    {
      kind: Type.Literal('hunt-leg'),
      id: Type.String(),
      attempt: Type.Integer(),
      callSid: Type.String(),
      status: Type.String(),
    },
    closed,
  ),
  /** A call ended or left its conference: hunts for it are over. */
  Type.Object({ kind: Type.Literal('caller-gone'), callSid: Type.String() }, closed),
  /** Looks for hunts that nobody advances and tasks that nobody ends. */
  Type.Object({ kind: Type.Literal('sweep-hunts') }, closed),
  /** Hunts are kept for a day after their end. */
  Type.Object({ kind: Type.Literal('forget-hunts'), endedBefore: Type.Integer() }, closed),
] as const
