import {
  type Command,
  createRouter,
  type ReservationEvent,
  type ReservationStatus,
  type Router,
  type RouterEvent,
  RouterRefusal,
  type TaskEvent,
  type TaskView,
  type WorkerEvent,
} from '../../../routing/index.ts'
import type { Timer } from '../../clock.ts'
import { type Collection, createCollection } from '../collection.ts'
import type { Context } from '../context.ts'
import { TwilioRefusal } from '../refusal.ts'
import { createEventLog, type EventLog, type WorkspaceEvent } from './event-log.ts'
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
  /** Only those that differ from the default or were asked for; see `workerChannel`. */
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

// Twilio deletes completed and canceled tasks after five minutes, without an event.
const KEPT_AFTER_END_MS = 5 * 60_000

/** A workspace with nothing in it, or the one of a snapshot. */
export function createWorkspace(
  context: Context,
  row: WorkspaceRow,
  listener: WorkspaceListener,
  restored?: WorkspaceSnapshot,
): Workspace {
  const { clock, newSid } = context
  const router = createRouter({
    newReservationSid: () => newSid('WR'),
    restore: restored?.router,
  })
  const cleanUps = new Set<Timer>()
  const waiting: RouterEvent[] = []
  let reacting = false
  let timer: { at: number; timer: Timer } | undefined

  const workspace: Workspace = {
    sid: row.sid,
    accountSid: context.accountSid,
    url: `https://taskrouter.twilio.com/v1/Workspaces/${row.sid}`,
    row,
    activities: createCollection(nameOf, restored?.activities),
    workers: createCollection(lowerCaseNameOf, restored?.workers),
    workerChannels: createCollection(workerChannelKey, restored?.workerChannels),
    taskChannels: createCollection(uniqueNameOf, restored?.taskChannels),
    taskQueues: createCollection(nameOf, restored?.taskQueues),
    workflows: createCollection(nameOf, restored?.workflows),
    tasks: createCollection(undefined, restored?.tasks),
    reservations: createCollection(undefined, restored?.reservations),
    router,
    events: createEventLog(newSid, restored?.events),
    record(event) {
      const at = event.at ?? clock.now()
      listener.recorded(workspace, workspace.events.add({ ...event, at }))
    },
    drive(command, taskAttributes) {
      for (const event of step(command)) {
        const kept = { ...event }
        store(kept, taskAttributes)
        listener.routed(workspace, kept)
        waiting.push(kept)
      }
      arm()
      react()
    },
    close() {
      timer?.timer.cancel()
      for (const cleanUp of cleanUps) cleanUp.cancel()
    },
  }

  function step(command: Command): readonly RouterEvent[] {
    try {
      return router.step(command, clock.now())
    } catch (error) {
      if (!(error instanceof RouterRefusal)) throw error
      throw new TwilioRefusal(error.status, error.code, error.message)
    }
  }

  function arm(): void {
    const at = router.nextTimerAt()
    if (timer?.at === at) return
    timer?.timer.cancel()
    timer = undefined
    if (at === null) return
    const fire = () => {
      timer = undefined
      workspace.drive({ kind: 'tick' })
    }
    timer = { at, timer: clock.schedule(at, fire) }
  }

  // A reaction may drive the router again: its events wait until those before them have been reacted to.
  function react(): void {
    if (reacting) return
    reacting = true
    try {
      for (let event = waiting.shift(); event; event = waiting.shift()) {
        listener.react(workspace, event)
      }
    } finally {
      reacting = false
    }
  }

  function store(event: RouterEvent, taskAttributes: string | undefined): void {
    if ('reservation' in event) storeReservation(event)
    if ('task' in event) storeTask(event, taskAttributes)
    if ('workerSid' in event) storeWorker(event)
  }

  function storeReservation({ reservation, at }: ReservationEvent): void {
    const known = workspace.reservations.get(reservation.sid)
    workspace.reservations.put({
      sid: reservation.sid,
      taskSid: reservation.taskSid,
      workerSid: reservation.workerSid,
      status: reservation.status,
      dateCreated: known?.dateCreated ?? at,
      dateUpdated: at,
      version: known ? known.version + 1 : 0,
    })
  }

  function storeTask({ kind, task, at }: TaskEvent | ReservationEvent, text?: string): void {
    const known = workspace.tasks.get(task.sid)
    const view = { ...task }
    const fresh = kind === 'task.created' || kind === 'task.updated'
    workspace.tasks.put({
      sid: task.sid,
      attributes: fresh || !known ? (text ?? JSON.stringify(task.attributes)) : known.attributes,
      dateCreated: task.createdAt,
      dateUpdated: at,
      version: known ? known.version + 1 : 0,
      view,
    })
    if (kind === 'task.deleted' || kind === 'task.system-deleted') forgetTask(workspace, task.sid)
    else if (isOver(view) && (!known || !isOver(known.view))) cleanUpLater(task.sid, at)
  }

  function storeWorker({ workerSid, at }: WorkerEvent): void {
    const worker = workspace.workers.get(workerSid)
    if (!worker) return
    workspace.workers.put({ ...worker, dateUpdated: at, version: worker.version + 1 })
  }

  function cleanUpLater(taskSid: string, endedAt: number): void {
    const cleanUp = clock.schedule(endedAt + KEPT_AFTER_END_MS, () => {
      cleanUps.delete(cleanUp)
      forgetTask(workspace, taskSid)
    })
    cleanUps.add(cleanUp)
  }

  for (const task of workspace.tasks.values()) {
    if (isOver(task.view)) cleanUpLater(task.sid, task.dateUpdated)
  }
  arm()
  return workspace
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
    events: workspace.events.all(),
    router: workspace.router.snapshot(),
  }
}

/** The task as it stands now; as it last stood if it is over. */
export function taskView(workspace: Workspace, row: TaskRow): TaskView {
  return workspace.router.task(row.sid) ?? row.view
}

/** Every reservation of a task, oldest first. */
export function reservationsOf(workspace: Workspace, taskSid: string): ReservationRow[] {
  return [...workspace.reservations.values()].filter((row) => row.taskSid === taskSid)
}

/** The key of a worker's channel among all of the workspace. */
export function workerChannelKey(of: { workerSid: string; taskChannelSid: string }): string {
  return of.workerSid + of.taskChannelSid
}

/** Whether a reservation still binds its worker. */
export function isLive(status: ReservationStatus): boolean {
  return status === 'pending' || status === 'accepted' || status === 'wrapping'
}

function isOver({ status }: TaskView): boolean {
  return status === 'completed' || status === 'canceled'
}

function forgetTask(workspace: Workspace, taskSid: string): void {
  for (const { sid } of reservationsOf(workspace, taskSid)) workspace.reservations.delete(sid)
  workspace.tasks.delete(taskSid)
}

function nameOf(row: { readonly friendlyName: string }): string {
  return row.friendlyName
}

function uniqueNameOf({ uniqueName }: TaskChannelRow): string {
  return uniqueName
}

function lowerCaseNameOf(row: { readonly friendlyName: string }): string {
  return row.friendlyName.toLowerCase()
}
