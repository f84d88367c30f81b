import type { WorkflowConfiguration } from '../schemas/index.ts'
import type { Choices } from './router/choices.ts'

/** A Twilio SID; the router only compares it. */
export type Sid = string
/** Milliseconds since the Unix epoch, as the caller's clock tells. */
export type Millis = number
/** A parsed JSON document: attributes of a worker or a task. */
export type Attributes = Readonly<Record<string, unknown>>

export type TaskStatus = 'pending' | 'reserved' | 'assigned' | 'wrapping' | 'completed' | 'canceled'
export type ReservationStatus =
  | 'pending'
  | 'accepted'
  | 'rejected'
  | 'timeout'
  | 'canceled'
  | 'rescinded'
  | 'wrapping'
  | 'completed'

/** What may be asked of the router. Each `put-…` creates or replaces the whole object of that SID. */
export type Command =
  | { readonly kind: 'tick' }
  | {
      readonly kind: 'put-workspace'
      /** Where a reservation timeout moves the worker. */
      readonly timeoutActivitySid: Sid
      readonly prioritizeQueueOrder?: 'FIFO' | 'LIFO'
    }
  | {
      readonly kind: 'put-activity'
      readonly sid: Sid
      readonly friendlyName: string
      readonly available: boolean
    }
  | { readonly kind: 'delete-activity'; readonly sid: Sid }
  | {
      readonly kind: 'put-task-channel'
      readonly sid: Sid
      readonly uniqueName: string
      readonly channelOptimizedRouting: boolean
    }
  | { readonly kind: 'delete-task-channel'; readonly sid: Sid }
  | {
      readonly kind: 'put-worker'
      readonly sid: Sid
      readonly friendlyName: string
      readonly attributes: Attributes
      /** Taken on creation only; later `set-worker-activity` moves the worker. */
      readonly activitySid: Sid
    }
  | {
      readonly kind: 'set-worker-activity'
      readonly sid: Sid
      readonly activitySid: Sid
      /** `RejectPendingReservations`; legal only when the new activity is unavailable. */
      readonly rejectPendingReservations?: boolean
    }
  | {
      readonly kind: 'put-worker-channel'
      readonly workerSid: Sid
      readonly taskChannelSid: Sid
      readonly capacity: number
      readonly available: boolean
    }
  | { readonly kind: 'delete-worker'; readonly sid: Sid }
  | {
      readonly kind: 'put-task-queue'
      readonly sid: Sid
      readonly friendlyName: string
      readonly targetWorkers: string
      readonly maxReservedWorkers: number
      readonly taskOrder: 'FIFO' | 'LIFO'
    }
  | { readonly kind: 'delete-task-queue'; readonly sid: Sid }
  | {
      readonly kind: 'put-workflow'
      readonly sid: Sid
      readonly friendlyName: string
      readonly configuration: WorkflowConfiguration
      readonly taskReservationTimeoutSeconds: number
      /** Waiting tasks start again at the first filter. */
      readonly reEvaluateTasks?: boolean
    }
  | { readonly kind: 'delete-workflow'; readonly sid: Sid }
  | {
      readonly kind: 'create-task'
      readonly sid: Sid
      readonly workflowSid: Sid
      readonly taskChannelSid: Sid
      readonly attributes: Attributes
      readonly priority?: number
      /** Time to live while pending or reserved; default 86,400. */
      readonly timeoutSeconds?: number
      /** Counts as the time of creation when tasks are ordered. */
      readonly virtualStartTime?: Millis
      /** A worker, task queue or workflow SID (`RoutingTarget`). */
      readonly routingTarget?: Sid
      readonly ignoreCapacity?: boolean
    }
  | {
      readonly kind: 'update-task'
      readonly sid: Sid
      readonly attributes?: Attributes
      readonly priority?: number
      readonly taskChannelSid?: Sid
      readonly virtualStartTime?: Millis
    }
  | { readonly kind: 'cancel-task'; readonly sid: Sid; readonly reason: string }
  /** Takes a reserved task back to pending; its pending reservations are canceled. */
  | { readonly kind: 'return-task'; readonly sid: Sid }
  | { readonly kind: 'wrap-up-task'; readonly sid: Sid; readonly reason?: string }
  | { readonly kind: 'complete-task'; readonly sid: Sid; readonly reason: string }
  | { readonly kind: 'delete-task'; readonly sid: Sid }
  | { readonly kind: 'accept-reservation'; readonly sid: Sid }
  | { readonly kind: 'reject-reservation'; readonly sid: Sid; readonly activitySid?: Sid }
  | { readonly kind: 'cancel-reservation'; readonly sid: Sid }
  | { readonly kind: 'wrap-up-reservation'; readonly sid: Sid }
  | { readonly kind: 'complete-reservation'; readonly sid: Sid }

/** What happened to a task; `task` is as it stands after the event. */
export type TaskEvent = {
  readonly kind:
    | 'task.created'
    | 'task.updated'
    | 'task.canceled'
    | 'task.wrapup'
    | 'task.completed'
    | 'task.deleted'
    | 'task.system-deleted'
    | 'workflow.entered'
    | 'workflow.target-matched'
    | 'workflow.timeout'
    | 'workflow.skipped'
    | 'task-queue.entered'
    | 'task-queue.moved'
    | 'task-queue.timeout'
  readonly at: Millis
  readonly task: TaskView
  /** Of `task.canceled`, `task.completed`, `workflow.timeout`, `workflow.skipped`. */
  readonly reason?: string
  /** Of `task-queue.moved` and `task-queue.timeout`: the queue that was left. */
  readonly previousTaskQueueSid?: Sid
}

/** What happened to a reservation. */
export type ReservationEvent = {
  readonly kind:
    | 'reservation.created'
    | 'reservation.accepted'
    | 'reservation.rejected'
    | 'reservation.timeout'
    | 'reservation.canceled'
    | 'reservation.rescinded'
    | 'reservation.wrapup'
    | 'reservation.completed'
  readonly at: Millis
  readonly reservation: ReservationView
  readonly task: TaskView
}

/** A worker moved to another activity, by command or because a reservation timed out. */
export type WorkerEvent = {
  readonly kind: 'worker.activity.update'
  readonly at: Millis
  readonly workerSid: Sid
  readonly activitySid: Sid
  readonly previousActivitySid: Sid
  readonly inPreviousActivityMs: number
}

export type RouterEvent = TaskEvent | ReservationEvent | WorkerEvent

/** A task as the outside sees it. */
export type TaskView = {
  readonly sid: Sid
  readonly workflowSid: Sid
  readonly taskChannelSid: Sid
  readonly attributes: Attributes
  readonly status: TaskStatus
  readonly priority: number
  readonly createdAt: Millis
  readonly virtualStartTime: Millis
  readonly timeoutSeconds: number
  /** The queue it is in; null before the first target and after it left the workflow. */
  readonly taskQueueSid: Sid | null
  readonly taskQueueEnteredAt: Millis | null
  /** Position in the workflow: index of the filter (−1: default filter or none) and of its target. */
  readonly filterIndex: number
  readonly targetIndex: number
  readonly filterFriendlyName: string | null
  /** When the current target times out; null if it does not. */
  readonly targetDeadline: Millis | null
  readonly reason: string | null
  readonly routingTarget: Sid | null
  readonly ignoreCapacity: boolean
}

/** A reservation as the outside sees it. */
export type ReservationView = {
  readonly sid: Sid
  readonly taskSid: Sid
  readonly workerSid: Sid
  readonly status: ReservationStatus
  readonly createdAt: Millis
  readonly updatedAt: Millis
}

/** A worker's use of one channel. */
export type WorkerChannelView = {
  readonly taskChannelSid: Sid
  readonly configuredCapacity: number
  readonly available: boolean
  /** Reservations in `accepted`. */
  readonly assignedTasks: number
  /** floor((1 − (pending + accepted + wrapping) / configured) × 100). */
  readonly availableCapacityPercentage: number
}

/** A worker as the outside sees it. */
export type WorkerView = {
  readonly sid: Sid
  readonly friendlyName: string
  readonly attributes: Attributes
  readonly activitySid: Sid
  readonly available: boolean
  readonly activityChangedAt: Millis
}

/**
 * TaskRouter's semantics as a deterministic state machine: no clock, no I/O, no randomness.
 * `step` throws a `RouterRefusal` (nothing changed) when TaskRouter would refuse the command.
 */
export interface Router {
  /**
   * Fires the timers that are due up to `now`, each at its own time, then carries the command out.
   * The returned events and the views in them never change: they may be kept.
   * When the command is refused, the events of timers that fired before it come with the next step.
   */
  step(command: Command, now: Millis): readonly RouterEvent[]
  /** When the next timer is due (`step({kind: 'tick'}, …)` then), or null. */
  nextTimerAt(): Millis | null
  /** Live tasks only: a task leaves the router when it is completed, canceled or deleted. */
  task(sid: Sid): TaskView | undefined
  tasks(): Iterable<TaskView>
  reservation(sid: Sid): ReservationView | undefined
  /** The reservations of a live task, or of a worker (live ones). */
  reservations(
    of: { readonly taskSid: Sid } | { readonly workerSid: Sid },
  ): readonly ReservationView[]
  worker(sid: Sid): WorkerView | undefined
  workerChannels(workerSid: Sid): readonly WorkerChannelView[]
  /** SIDs of the workers that match the queue's expression, whatever their activity. */
  queueMembers(taskQueueSid: Sid): readonly Sid[]
  /** Everything as plain JSON; `createRouter({…, restore: snapshot})` goes on from it. */
  snapshot(): unknown
}

/** What varies between routers. */
export type RouterOptions = {
  /** Names a new reservation; default `WR` and a counter of 32 hex digits. */
  readonly newReservationSid?: () => Sid
  /** Pending → reserved transitions before a task is canceled; TaskRouter's limit is 1,000. */
  readonly maxAssignments?: number
  /** A snapshot to go on from. */
  readonly restore?: unknown
  /** The other reading of what TaskRouter leaves open. */
  readonly choices?: Partial<Choices>
  /** Named in the messages of refusals, as Twilio does. */
  readonly workspaceSid?: Sid
  readonly accountSid?: Sid
}
