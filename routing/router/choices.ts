/**
 * What TaskRouter does and nobody documents, or documents in two ways: the reading that this router takes.
 * Each is one switch; `createRouter({ choices: { … } })` takes the other reading.
 */
export type Choices = {
  /** After a reservation ended unsuccessfully the task stays in its step while its age is below the deadline. */
  readonly stayInStepAfterReservation: boolean
  /** `skip_if` is looked at again when a task comes back to its step after a reservation. */
  readonly skipIfAfterReservation: boolean
  /** A filter entered after a timeout counts its steps from the last deadline passed, not from age 0. */
  readonly deadlinesGoOnInNextFilter: boolean
  /** The clock “longest without an assignment” restarts when a reservation is made, not when it is accepted. */
  readonly idleSinceReservation: boolean
}

/** The readings taken by default. */
export const defaultChoices: Choices = {
  stayInStepAfterReservation: true,
  skipIfAfterReservation: true,
  deadlinesGoOnInNextFilter: true,
  idleSinceReservation: true,
}

/** TaskRouter’s limits and defaults that are kept here; those of texts and names are for whoever reads requests. */
export const limits = {
  maxAssignments: 1000,
  taskTimeoutSeconds: 86_400,
  maxTaskTimeoutSeconds: 1_209_600,
  assignedSeconds: 86_400,
  reservationTimeoutSeconds: 120,
  maxReservationTimeoutSeconds: 86_400,
  maxReservedWorkers: 50,
  maxPriority: 2 ** 31 - 1,
  workflowBytes: 1_038_576,
} as const

/** Reasons that the router itself gives a canceled task. */
export const reasons = {
  ttl: 'Task TTL Exceeded',
  assignments: 'Task TTL Exceeded or Max assignment count exceeded',
  workflowTimeout: 'Task canceled on Workflow timeout',
  workflowSkipped: 'Task canceled because Workflow was skipped',
} as const
