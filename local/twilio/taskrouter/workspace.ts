import type {
  Command,
  ReservationStatus,
  Router,
  RouterEvent,
  TaskView,
} from '../../../routing/index.ts'
import type { Collection } from '../objects/collection.ts'
import { EVENTS_SAVED } from '../objects/retention.ts'
import type { EventLog, WorkspaceEvent } from './event-log.ts'
import type {
  ActivityRow,
  ReservationRow,
  TaskChannelRow,
  TaskQueueRow,
  TaskRow,
  WorkerChannelRow,
  WorkerRow,
  WorkflowRow,
  WorkspaceRow,
} from './rows.ts'

/** A workspace: what is stored, the router that routes in it, and its history. */
export interface Workspace {
  readonly sid: string
  readonly accountSid: string
  /** `https://taskrouter.twilio.com/v1/Workspaces/WS…` */
  readonly url: string
  row: WorkspaceRow
  readonly activities: Collection<ActivityRow>
  readonly workers: Collection<WorkerRow>
  /** Those that somebody has looked at or changed; the others are as new. */
  readonly workerChannels: Collection<WorkerChannelRow>
  readonly taskChannels: Collection<TaskChannelRow>
  readonly taskQueues: Collection<TaskQueueRow>
  readonly workflows: Collection<WorkflowRow>
  readonly tasks: Collection<TaskRow>
  readonly reservations: Collection<ReservationRow>
  readonly router: Router
  readonly events: EventLog
  /** Adds to the history and tells those who listen. */
  record(event: Omit<WorkspaceEvent, 'sid' | 'at'> & { readonly at?: number }): void
  /**
   * Has the router carry a command out. Rows and history follow at once, reactions (callbacks, calls) after them.
   * Throws a `TwilioRefusal` when the router refuses; nothing has changed then.
   */
  drive(command: Command, taskAttributes?: string): void
  /** Ends its timers. */
  close(): void
}

/** What happens as the router routes, in order; the events are copies and stay valid. */
export interface WorkspaceListener {
  /** An event of the history, whatever it is about. */
  recorded(workspace: Workspace, event: WorkspaceEvent): void
  /** To be put into the history. */
  routed(workspace: Workspace, event: RouterEvent): void
  /** All of a step's events are in the history: the time to call back. */
  react(workspace: Workspace, event: RouterEvent): void
}

/** What a restart needs of a workspace, as plain JSON. */
export type WorkspaceSnapshot = {
  readonly row: WorkspaceRow
  readonly activities: readonly ActivityRow[]
  readonly workers: readonly WorkerRow[]
  readonly workerChannels: readonly WorkerChannelRow[]
  readonly taskChannels: readonly TaskChannelRow[]
  readonly taskQueues: readonly TaskQueueRow[]
  readonly workflows: readonly WorkflowRow[]
  readonly tasks: readonly TaskRow[]
  readonly reservations: readonly ReservationRow[]
  readonly events: readonly WorkspaceEvent[]
  readonly router: unknown
}

/** What `createWorkspace` takes up again. */
export function snapshotOf(workspace: Workspace): WorkspaceSnapshot {
  return {
    row: workspace.row,
    activities: [...workspace.activities.values()],
    workers: [...workspace.workers.values()],
    workerChannels: [...workspace.workerChannels.values()],
    taskChannels: [...workspace.taskChannels.values()],
    taskQueues: [...workspace.taskQueues.values()],
    workflows: [...workspace.workflows.values()],
    tasks: [...workspace.tasks.values()],
    reservations: [...workspace.reservations.values()],
    events: workspace.events.newest(EVENTS_SAVED),
    router: workspace.router.snapshot(),
  }
}

/** The task as it stands now; as it last stood if it is over. */
export function taskView(workspace: Workspace, row: TaskRow): TaskView {
  return workspace.router.task(row.sid) ?? row.view
}

/** Every reservation of a task, oldest first. */
export function reservationsOf(workspace: Workspace, taskSid: string): readonly ReservationRow[] {
  return workspace.reservations.of(taskSid)
}

/** The key of a worker's channel among all of the workspace. */
export function workerChannelKey(of: { workerSid: string; taskChannelSid: string }): string {
  return of.workerSid + of.taskChannelSid
}

/** Takes a task and its reservations off the books, without an event. */
export function forgetTask(workspace: Workspace, taskSid: string): void {
  for (const { sid } of reservationsOf(workspace, taskSid)) workspace.reservations.delete(sid)
  workspace.tasks.delete(taskSid)
}

/** Whether a reservation still binds its worker. */
export function isLive(status: ReservationStatus): boolean {
  return status === 'pending' || status === 'accepted' || status === 'wrapping'
}
