import type { ReservationView, RouterEvent, TaskView } from '../../../routing/index.ts'
import { stepOf } from './configuration.ts'
import type { EventFacts, ResourceType } from './event-log.ts'
import { attributeAt } from './known-worker.ts'
import type { WorkerRow } from './rows.ts'
import type { Workspace } from './workspace.ts'

/** What goes into the history for something that the router did. */
export type EventParts = {
  readonly type: string
  readonly at: number
  readonly description: string
  readonly resourceType: ResourceType
  readonly resourceSid: string
  readonly data: Readonly<Record<string, string>>
  readonly facts: EventFacts
}

/** Describes a router's event as the Events resource and the event callback know it. */
export function describeRouted(workspace: Workspace, event: RouterEvent): EventParts {
  const { kind: type, at } = event
  if ('reservation' in event) {
    const { reservation, task } = event
    return {
      type,
      at,
      description: `Reservation ${reservation.sid} ${type.slice('reservation.'.length)}`,
      resourceType: 'reservation',
      resourceSid: reservation.sid,
      data: {
        ...taskData(workspace, task, at),
        ...reservationData(workspace, reservation),
      },
      facts: {
        ...taskFacts(task),
        reservationSid: reservation.sid,
        workerSid: reservation.workerSid,
      },
    }
  }
  if ('task' in event) {
    const { task, previousTaskQueueSid } = event
    const left = previousTaskQueueSid && workspace.taskQueues.get(previousTaskQueueSid)
    return {
      type,
      at,
      description: `Task ${task.sid}: ${type}${event.reason ? ` (${event.reason})` : ''}`,
      resourceType: 'task',
      resourceSid: task.sid,
      data: {
        ...taskData(workspace, task, at),
        ...(left
          ? { task_queue_previous_sid: left.sid, task_queue_previous_name: left.friendlyName }
          : {}),
      },
      // A queue's statistics count a task that was moved or timed out where it was before.
      facts: { ...taskFacts(task), ...(left ? { previousTaskQueueSid: left.sid } : {}) },
    }
  }
  const { workerSid, activitySid, previousActivitySid, inPreviousActivityMs } = event
  const worker = workspace.workers.get(workerSid)
  const activityName = workspace.activities.get(activitySid)?.friendlyName ?? ''
  return {
    type,
    at,
    description: `Worker ${worker?.friendlyName ?? workerSid} updated to ${activityName} Activity`,
    resourceType: 'worker',
    resourceSid: workerSid,
    data: {
      ...(worker ? workerData(workspace, worker) : { worker_sid: workerSid }),
      worker_activity_sid: activitySid,
      worker_activity_name: activityName,
      worker_previous_activity_sid: previousActivitySid,
      worker_previous_activity_name:
        workspace.activities.get(previousActivitySid)?.friendlyName ?? '',
      worker_time_in_previous_activity: String(Math.floor(inPreviousActivityMs / 1000)),
      worker_time_in_previous_activity_ms: String(inPreviousActivityMs),
    },
    facts: { workerSid, activitySid, previousActivitySid, inPreviousActivityMs },
  }
}

/** The fields of a worker in events. */
export function workerData(workspace: Workspace, worker: WorkerRow): Record<string, string> {
  const activitySid = workspace.router.worker(worker.sid)?.activitySid ?? ''
  return {
    worker_sid: worker.sid,
    worker_name: worker.friendlyName,
    worker_attributes: worker.attributes,
    worker_activity_sid: activitySid,
    worker_activity_name: workspace.activities.get(activitySid)?.friendlyName ?? '',
    worker_version: String(worker.version),
  }
}

/** The fields of a task in events, of its queue, its channel and its workflow. */
export function taskData(workspace: Workspace, task: TaskView, at: number): Record<string, string> {
  const row = workspace.tasks.get(task.sid)
  const workflow = workspace.workflows.get(task.workflowSid)
  const queue = task.taskQueueSid === null ? undefined : workspace.taskQueues.get(task.taskQueueSid)
  const step = stepOf(workflow, task)
  const knownWorkerPath = step?.target.known_worker_sid
  const knownWorker = knownWorkerPath && attributeAt(knownWorkerPath, task)
  return {
    task_sid: task.sid,
    task_attributes: row?.attributes ?? JSON.stringify(task.attributes),
    task_age: String(Math.floor((at - task.createdAt) / 1000)),
    task_priority: String(task.priority),
    task_assignment_status: task.status,
    task_canceled_reason: task.status === 'canceled' ? (task.reason ?? '') : '',
    task_completed_reason: task.status === 'completed' ? (task.reason ?? '') : '',
    task_date_created: String(Math.floor(task.createdAt / 1000)),
    task_version: String(row?.version ?? 0),
    task_channel_sid: task.taskChannelSid,
    task_channel_unique_name: workspace.taskChannels.get(task.taskChannelSid)?.uniqueName ?? '',
    workflow_sid: task.workflowSid,
    workflow_name: workflow?.friendlyName ?? '',
    ...(queue && {
      task_queue_sid: queue.sid,
      task_queue_name: queue.friendlyName,
      task_queue_target_expression: queue.targetWorkers,
      task_queue_entered_date: String(Math.floor((task.taskQueueEnteredAt ?? at) / 1000)),
    }),
    ...(step && {
      workflow_filter_name: task.filterFriendlyName ?? '',
      workflow_filter_expression: step.filter.expression,
      workflow_filter_target_name: queue?.friendlyName ?? '',
    }),
    ...(typeof knownWorker === 'string' && { known_worker_sid: knownWorker }),
  }
}

function reservationData(
  workspace: Workspace,
  { sid, workerSid }: ReservationView,
): Record<string, string> {
  const worker = workspace.workers.get(workerSid)
  return {
    reservation_sid: sid,
    ...(worker ? workerData(workspace, worker) : { worker_sid: workerSid }),
  }
}

function taskFacts(task: TaskView): EventFacts {
  return {
    taskSid: task.sid,
    workflowSid: task.workflowSid,
    taskQueueSid: task.taskQueueSid,
    taskChannelSid: task.taskChannelSid,
    taskCreatedAt: task.createdAt,
    taskQueueEnteredAt: task.taskQueueEnteredAt,
  }
}
