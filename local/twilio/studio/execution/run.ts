import type { Execution, Frame } from './execution.ts'
import type { Answering, Reply } from './reply.ts'
import type { Arrival } from './widget.ts'

/** Something that waits for its turn. */
export type Delivery = {
  readonly arrival: Arrival
  /** The webhook that brought it. */
  readonly answering?: Answering
  /** Only that step may have it. */
  readonly stepSid?: string
}

/** What an execution has while this process runs it. */
export type Run = {
  readonly execution: Execution
  readonly reply: Reply
  readonly inbox: Delivery[]
  /** A step is under way, or a request of it. */
  busy: boolean
  timer: { cancel(): void } | null
}

/** The flow that runs now. */
export function presentFrame(execution: Execution): Frame {
  const frame = execution.frames.at(-1)
  if (!frame) throw new Error(`Execution ${execution.sid} has ended`)
  return frame
}
