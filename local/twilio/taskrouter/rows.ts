import type { ReservationStatus, TaskView } from '../../../routing/index.ts'

/** What every stored object has. Times are ms since the epoch. */
type Stored = { readonly sid: string; readonly dateCreated: number; readonly dateUpdated: number }
/** What has an ETag. */
type Versioned = { readonly version: number }

/** A workspace's own fields. Unset addresses are null. */
export type WorkspaceRow = Stored & {
  readonly friendlyName: string
  readonly defaultActivitySid: string
  readonly timeoutActivitySid: string
  readonly eventCallbackUrl: string | null
  readonly eventsFilter: string | null
  readonly multiTaskEnabled: boolean
  readonly prioritizeQueueOrder: 'FIFO' | 'LIFO'
}

export type ActivityRow = Stored & { readonly friendlyName: string; readonly available: boolean }

/** A worker; the activity it is in is the router's. */
export type WorkerRow = Stored &
  Versioned & {
    readonly friendlyName: string
    /** The JSON text as it was sent. */
    readonly attributes: string
  }

/** A worker's use of a task channel, as configured. */
export type WorkerChannelRow = Stored & {
  readonly workerSid: string
  readonly taskChannelSid: string
  readonly capacity: number
  readonly available: boolean
}

export type TaskChannelRow = Stored & {
  readonly friendlyName: string
  readonly uniqueName: string
  readonly channelOptimizedRouting: boolean
}

export type TaskQueueRow = Stored & {
  readonly friendlyName: string
  readonly targetWorkers: string
  readonly maxReservedWorkers: number
  readonly taskOrder: 'FIFO' | 'LIFO'
  readonly reservationActivitySid: string | null
  readonly assignmentActivitySid: string | null
}

export type WorkflowRow = Stored & {
  readonly friendlyName: string
  /** The JSON text as it was sent. */
  readonly configuration: string
  readonly assignmentCallbackUrl: string | null
  readonly fallbackAssignmentCallbackUrl: string | null
  readonly taskReservationTimeout: number
}

/** A task, kept for five minutes after its end. */
export type TaskRow = Stored &
  Versioned & {
    /** The JSON text as it was sent. */
    readonly attributes: string
    /** As the router last told. */
    readonly view: TaskView
  }

/** A reservation, kept as long as its task. */
export type ReservationRow = Stored &
  Versioned & {
    readonly taskSid: string
    readonly workerSid: string
    readonly status: ReservationStatus
  }
