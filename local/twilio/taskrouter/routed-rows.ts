import type {
  ReservationEvent,
  RouterEvent,
  TaskEvent,
  TaskView,
  WorkerEvent,
} from '../../../routing/index.ts'
import { forgetTask, type Workspace } from './workspace.ts'

/**
 * Brings the stored rows up to date with what the router did. `taskAttributes` is the text that a REST caller sent.
 * Returns the SID of the task that the event ended, if it ended one.
 */
export function storeRouted(
  workspace: Workspace,
  event: RouterEvent,
  taskAttributes: string | undefined,
): string | undefined {
  if ('reservation' in event) storeReservation(workspace, event)
  if ('workerSid' in event) storeWorker(workspace, event)
  return 'task' in event ? storeTask(workspace, event, taskAttributes) : undefined
}

/** Whether the task has come to its end. */
export function isOver({ status }: TaskView): boolean {
  return status === 'completed' || status === 'canceled'
}

function storeReservation(
  { reservations }: Workspace,
  { reservation, at }: ReservationEvent,
): void {
  const known = reservations.get(reservation.sid)
  reservations.put({
    sid: reservation.sid,
    taskSid: reservation.taskSid,
    workerSid: reservation.workerSid,
    status: reservation.status,
    dateCreated: known?.dateCreated ?? at,
    dateUpdated: at,
    version: known ? known.version + 1 : 0,
  })
}

function storeTask(
  workspace: Workspace,
  { kind, task, at }: TaskEvent | ReservationEvent,
  text: string | undefined,
): string | undefined {
  const known = workspace.tasks.get(task.sid)
  const fresh = kind === 'task.created' || kind === 'task.updated'
  workspace.tasks.put({
    sid: task.sid,
    attributes: fresh || !known ? (text ?? JSON.stringify(task.attributes)) : known.attributes,
    dateCreated: task.createdAt,
    dateUpdated: at,
    version: known ? known.version + 1 : 0,
    view: { ...task },
  })
  if (kind === 'task.deleted' || kind === 'task.system-deleted') {
    forgetTask(workspace, task.sid)
    return undefined
  }
  return isOver(task) && !(known && isOver(known.view)) ? task.sid : undefined
}

function storeWorker({ workers }: Workspace, { workerSid, at }: WorkerEvent): void {
  const worker = workers.get(workerSid)
  if (worker) workers.put({ ...worker, dateUpdated: at, version: worker.version + 1 })
}
