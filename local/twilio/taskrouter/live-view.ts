import type { LiveView } from '../contract.ts'
import { parseAttributes } from './attributes.ts'
import { stepOf } from './configuration.ts'
import type { Registry } from './registry.ts'
import type { TaskRow, WorkerRow } from './rows.ts'
import { isLive, reservationsOf, taskView, type Workspace } from './workspace.ts'

type Part = Pick<LiveView, 'activities' | 'workers' | 'tasks'>

/** TaskRouter at one moment, as pages show it: every workspace of the account. */
export function viewTaskRouter({ all }: Registry): Part {
  const workspaces = [...all.values()]
  return {
    activities: workspaces.flatMap(({ activities }) =>
      [...activities.values()].map(({ sid, friendlyName, available }) => ({
        sid,
        friendlyName,
        available,
      })),
    ),
    workers: workspaces.flatMap((workspace) =>
      [...workspace.workers.values()].map((row) => viewWorker(workspace, row)),
    ),
    tasks: workspaces.flatMap((workspace) =>
      [...workspace.tasks.values()]
        .filter((row) => workspace.router.task(row.sid) !== undefined)
        .map((row) => viewTask(workspace, row)),
    ),
  }
}

function viewWorker(workspace: Workspace, row: WorkerRow): Part['workers'][number] {
  const { router, activities, reservations } = workspace
  const attributes = parseAttributes(row.attributes)
  const contactUri = attributes['contact_uri']
  const activitySid = router.worker(row.sid)?.activitySid ?? ''
  const activity = activities.get(activitySid)
  const own = reservations.of(row.sid).filter(({ status }) => isLive(status))
  return {
    sid: row.sid,
    friendlyName: row.friendlyName,
    contactUri: typeof contactUri === 'string' ? contactUri : null,
    attributes,
    activitySid,
    activityName: activity?.friendlyName ?? '',
    available: activity?.available ?? false,
    reservations: own.map(({ sid, taskSid, status, dateCreated }) => ({
      sid,
      taskSid,
      status,
      createdAt: dateCreated,
      timeoutAt: status === 'pending' ? timeoutAt(workspace, taskSid, dateCreated) : null,
    })),
  }
}

function timeoutAt(workspace: Workspace, taskSid: string, createdAt: number): number | null {
  const task = workspace.tasks.get(taskSid)
  const workflow = task && workspace.workflows.get(task.view.workflowSid)
  return workflow ? createdAt + workflow.taskReservationTimeout * 1000 : null
}

function viewTask(workspace: Workspace, row: TaskRow): Part['tasks'][number] {
  const task = taskView(workspace, row)
  const workflow = workspace.workflows.get(task.workflowSid)
  const queue = workspace.taskQueues.get(task.taskQueueSid ?? '')
  const step = stepOf(workflow, task)
  return {
    sid: row.sid,
    workflowSid: task.workflowSid,
    workflowName: workflow?.friendlyName ?? '',
    queueSid: task.taskQueueSid,
    queueName: queue?.friendlyName ?? null,
    status: task.status,
    priority: task.priority,
    createdAt: task.createdAt,
    filterName: task.filterFriendlyName,
    tier: step ? task.targetIndex + 1 : null,
    tiers: step ? step.filter.targets.length : null,
    tierEndsAt: task.targetDeadline,
    attributes: task.attributes,
    workerName: workerNameOf(workspace, row.sid),
  }
}

/** Who has the task, or to whom it is offered. */
function workerNameOf(workspace: Workspace, taskSid: string): string | null {
  const live = reservationsOf(workspace, taskSid).find(({ status }) => isLive(status))
  return workspace.workers.get(live?.workerSid ?? '')?.friendlyName ?? null
}
