import type { Context } from '../context.ts'
import { isoDate } from '../rest/date.ts'
import { pageV1 } from '../rest/paging.ts'
import { badRequest, notImplemented } from '../rest/refusal.ts'
import { type Call, created, noContent, ok } from '../rest/route.ts'
import { parseAttributes } from './attributes.ts'
import { workflowQueues } from './configuration.ts'
import { parseFilter } from './expression-filter.ts'
import { createFilterLimit } from './filter-limit.ts'
import { part, type Registry } from './registry.ts'
import type { TaskQueueRow } from './rows.ts'
import type { Workspace } from './workspace.ts'

const MAX_TASK_QUEUES = 5_000
const MAX_RESERVED_WORKERS = 50

/** `/Workspaces/{WorkspaceSid}/TaskQueues` */
export function createTaskQueues({ clock, newSid }: Context, registry: Registry) {
  const limited = createFilterLimit(clock, 'EvaluateWorkerAttributes')
  return {
    list(call: Call) {
      const workspace = registry.of(call)
      return limited(call, () => {
        const rows = selectTaskQueues(workspace, call)
        return pageV1(call, 'task_queues', rows, (row) => body(workspace, row))
      })
    },

    create(call: Call) {
      const workspace = registry.of(call)
      if (workspace.taskQueues.size >= MAX_TASK_QUEUES) {
        throw badRequest(`A workspace has at most ${MAX_TASK_QUEUES} task queues`)
      }
      const now = clock.now()
      const row = addTaskQueue(workspace, {
        friendlyName: call.form.required('FriendlyName'),
        targetWorkers: '1==1',
        maxReservedWorkers: 1,
        taskOrder: 'FIFO',
        reservationActivitySid: null,
        assignmentActivitySid: null,
        ...changes(call, workspace),
        sid: newSid('WQ'),
        dateCreated: now,
        dateUpdated: now,
      })
      return created(body(workspace, row))
    },

    fetch(call: Call) {
      const workspace = registry.of(call)
      return ok(body(workspace, part(call, workspace.taskQueues)))
    },

    update(call: Call) {
      const workspace = registry.of(call)
      const row = part(call, workspace.taskQueues)
      const next = { ...row, ...changes(call, workspace), dateUpdated: clock.now() }
      putTaskQueue(workspace, next)
      if (next.targetWorkers !== row.targetWorkers) {
        recordTaskQueue(workspace, next, 'expression.updated')
      }
      return ok(body(workspace, next))
    },

    remove(call: Call) {
      const workspace = registry.of(call)
      const row = part(call, workspace.taskQueues)
      refuseUsed(workspace, row)
      workspace.drive({ kind: 'delete-task-queue', sid: row.sid })
      workspace.taskQueues.delete(row.sid)
      recordTaskQueue(workspace, row, 'deleted')
      return noContent
    },
  }
}

/** Adds a task queue to the workspace, its router and its history. */
export function addTaskQueue(workspace: Workspace, row: TaskQueueRow): TaskQueueRow {
  putTaskQueue(workspace, row)
  recordTaskQueue(workspace, row, 'created')
  return row
}

/** Those that the call's filters select. */
export function selectTaskQueues(workspace: Workspace, { query }: Call): TaskQueueRow[] {
  // What it sorts by is not documented.
  if (query.text('Ordering')) throw notImplemented('Ordering of task queues')
  const name = query.text('FriendlyName')
  const workerSid = query.text('WorkerSid')
  const attributes = query.text('EvaluateWorkerAttributes')
  const matches = attributes ? workerMatcher(attributes) : () => true
  return [...workspace.taskQueues.values()].filter(
    (row) =>
      (name === undefined || row.friendlyName === name) &&
      (workerSid === undefined || workspace.router.queueMembers(row.sid).includes(workerSid)) &&
      matches(row),
  )
}

function putTaskQueue(workspace: Workspace, row: TaskQueueRow): void {
  const { sid, friendlyName, targetWorkers, maxReservedWorkers, taskOrder } = row
  workspace.drive({
    kind: 'put-task-queue',
    sid,
    friendlyName,
    targetWorkers,
    maxReservedWorkers,
    taskOrder,
  })
  workspace.taskQueues.put(row)
}

/** What the form sets; a parameter that was not sent changes nothing. */
function changes({ form }: Call, workspace: Workspace): Partial<TaskQueueRow> {
  const activity = (name: 'ReservationActivitySid' | 'AssignmentActivitySid') => {
    const sid = form.text(name)
    if (sid && !workspace.activities.get(sid)) {
      throw badRequest(`${name} ${sid} is no activity of workspace ${workspace.sid}`)
    }
    return sid || null
  }
  const maxReservedWorkers = form.integer('MaxReservedWorkers', {
    min: 1,
    max: MAX_RESERVED_WORKERS,
  })
  const taskOrder = form.oneOf('TaskOrder', ['FIFO', 'LIFO'])
  return {
    ...(form.has('FriendlyName') && { friendlyName: form.required('FriendlyName') }),
    ...(form.has('TargetWorkers') && { targetWorkers: form.text('TargetWorkers') }),
    ...(maxReservedWorkers !== undefined && { maxReservedWorkers }),
    ...(taskOrder && { taskOrder }),
    ...(form.has('ReservationActivitySid') && {
      reservationActivitySid: activity('ReservationActivitySid'),
    }),
    ...(form.has('AssignmentActivitySid') && {
      assignmentActivitySid: activity('AssignmentActivitySid'),
    }),
  }
}

/** `EvaluateWorkerAttributes` is a worker's attributes as JSON, or, as a changelog has it, an expression. */
function workerMatcher(text: string): (row: TaskQueueRow) => boolean {
  if (!text.trimStart().startsWith('{')) {
    return ({ targetWorkers }) => targetWorkers === text
  }
  const attributes = parseAttributes(text)
  return ({ targetWorkers }) => targetWorkers !== '' && parseFilter(targetWorkers)(attributes)
}

function refuseUsed(workspace: Workspace, { sid, friendlyName }: TaskQueueRow): void {
  for (const workflow of workspace.workflows.values()) {
    if (!workflowQueues(workflow).has(sid)) continue
    throw badRequest(
      `Cannot delete task queue ${sid} (${friendlyName}): workflow ${workflow.sid} (${workflow.friendlyName}) refers to it`,
    )
  }
  for (const task of workspace.router.tasks()) {
    if (task.taskQueueSid !== sid) continue
    throw badRequest(`Cannot delete task queue ${sid} (${friendlyName}): task ${task.sid} is in it`)
  }
}

function recordTaskQueue(
  workspace: Workspace,
  row: TaskQueueRow,
  what: 'created' | 'expression.updated' | 'deleted',
): void {
  workspace.record({
    type: `task-queue.${what}`,
    description: `TaskQueue ${row.friendlyName} ${what}`,
    resourceType: 'task-queue',
    resourceSid: row.sid,
    data: {
      task_queue_sid: row.sid,
      task_queue_name: row.friendlyName,
      task_queue_target_expression: row.targetWorkers,
    },
    facts: { taskQueueSid: row.sid },
  })
}

function body(workspace: Workspace, row: TaskQueueRow) {
  const url = `${workspace.url}/TaskQueues/${row.sid}`
  const { reservationActivitySid, assignmentActivitySid } = row
  const activity = (sid: string | null) =>
    sid === null ? undefined : workspace.activities.get(sid)
  const activityUrl = (sid: string | null) => sid && `${workspace.url}/Activities/${sid}`
  return {
    sid: row.sid,
    account_sid: workspace.accountSid,
    workspace_sid: workspace.sid,
    friendly_name: row.friendlyName,
    target_workers: row.targetWorkers,
    max_reserved_workers: row.maxReservedWorkers,
    task_order: row.taskOrder,
    reservation_activity_sid: reservationActivitySid,
    reservation_activity_name: activity(reservationActivitySid)?.friendlyName ?? null,
    assignment_activity_sid: assignmentActivitySid,
    assignment_activity_name: activity(assignmentActivitySid)?.friendlyName ?? null,
    date_created: isoDate(row.dateCreated),
    date_updated: isoDate(row.dateUpdated),
    url,
    links: {
      workspace: workspace.url,
      reservation_activity: activityUrl(reservationActivitySid),
      assignment_activity: activityUrl(assignmentActivitySid),
      statistics: `${url}/Statistics`,
      real_time_statistics: `${url}/RealTimeStatistics`,
      cumulative_statistics: `${url}/CumulativeStatistics`,
      list_statistics: `${workspace.url}/TaskQueues/Statistics`,
      bulk_real_time_statistics: `${workspace.url}/TaskQueues/RealTimeStatistics`,
    },
  }
}
