import type { Command, TaskView } from '../../../routing/index.ts'
import type { Context } from '../context.ts'
import { isoDate, isoDateOrNull } from '../rest/date.ts'
import { checkIfMatch, etag } from '../rest/etag.ts'
import { pageV1 } from '../rest/paging.ts'
import { badRequest, notImplemented } from '../rest/refusal.ts'
import { type Call, created, noContent, ok } from '../rest/route.ts'
import { parseAttributes } from './attributes.ts'
import { describeRouted } from './event-data.ts'
import { createFilterLimit } from './filter-limit.ts'
import { part, type Registry } from './registry.ts'
import type { TaskRow, WorkflowRow } from './rows.ts'
import { findTaskChannel } from './task-channels.ts'
import { selectTasks } from './task-filter.ts'
import { taskView, type Workspace } from './workspace.ts'

const HIGHEST_PRIORITY = 2 ** 31 - 1
const LONGEST_TIMEOUT = 1_209_600
const STATUSES = ['pending', 'reserved', 'assigned', 'wrapping', 'completed', 'canceled'] as const

/** `/Workspaces/{WorkspaceSid}/Tasks` */
export function createTasks({ clock, newSid }: Context, registry: Registry) {
  const limited = createFilterLimit(clock, 'EvaluateTaskAttributes')
  return {
    list(call: Call) {
      const workspace = registry.of(call)
      return limited(call, () => {
        const rows = selectTasks(workspace, call)
        return pageV1(call, 'tasks', rows, (row) => body(workspace, row, clock.now()))
      })
    },

    create(call: Call) {
      const workspace = registry.of(call)
      const { form } = call
      // How it meets the workflow is not documented; to leave it aside would be to make something up.
      if (form.text('TaskQueueSid')) throw notImplemented('TaskQueueSid of a new task')
      const attributes = form.text('Attributes') || '{}'
      const sid = newSid('WT')
      workspace.drive(
        {
          kind: 'create-task',
          sid,
          workflowSid: workflowOf(workspace, form.text('WorkflowSid')).sid,
          taskChannelSid: channelSid(workspace, form.text('TaskChannel') || 'default'),
          attributes: parseAttributes(attributes),
          priority: form.integer('Priority', { min: 0, max: HIGHEST_PRIORITY }),
          timeoutSeconds: form.integer('Timeout', { min: 1, max: LONGEST_TIMEOUT }),
          virtualStartTime: startTime(call, clock.now()),
          routingTarget: form.text('RoutingTarget') || undefined,
          ignoreCapacity: form.boolean('IgnoreCapacity'),
        },
        attributes,
      )
      const row = workspace.tasks.get(sid)
      if (!row) throw new Error(`The router created task ${sid} without an event`)
      return created(body(workspace, row, clock.now()), etag(row.version))
    },

    fetch(call: Call) {
      const workspace = registry.of(call)
      const row = part(call, workspace.tasks)
      return ok(body(workspace, row, clock.now()), etag(row.version))
    },

    update(call: Call) {
      const workspace = registry.of(call)
      const row = part(call, workspace.tasks)
      checkIfMatch(call, row.version)
      const status = call.form.oneOf('AssignmentStatus', STATUSES)
      const ends = status === 'wrapping' || status === 'completed'
      if (ends && call.form.has('Attributes')) {
        throw badRequest(`AssignmentStatus=${status} and Attributes need two requests`)
      }
      // What can be refused comes first, so that a refusal leaves the task as it was.
      const command = status && statusCommand(call, workspace, row, status)
      changeTask(call, workspace, row, clock.now())
      if (command) workspace.drive(command)
      const next = workspace.tasks.get(row.sid) ?? row
      return ok(body(workspace, next, clock.now()), etag(next.version))
    },

    remove(call: Call) {
      const workspace = registry.of(call)
      const row = part(call, workspace.tasks)
      checkIfMatch(call, row.version)
      if (workspace.router.task(row.sid)) workspace.drive({ kind: 'delete-task', sid: row.sid })
      else workspace.tasks.delete(row.sid)
      return noContent
    },
  }
}

function changeTask(call: Call, workspace: Workspace, row: TaskRow, now: number): void {
  const { form } = call
  const { sid } = row
  const attributes = form.text('Attributes')
  const priority = form.integer('Priority', { min: 0, max: HIGHEST_PRIORITY })
  const channel = form.text('TaskChannel')
  const virtualStartTime = startTime(call, now)
  const isRouted = priority !== undefined || channel || virtualStartTime
  if (attributes === undefined && !isRouted) return
  if (!workspace.router.task(sid)) {
    if (isRouted) throw badRequest(`Cannot update task ${sid} because it is ${row.view.status}.`)
    noteAttributes(workspace, row, attributes ?? '{}', now)
    return
  }
  workspace.drive(
    {
      kind: 'update-task',
      sid,
      attributes: attributes === undefined ? undefined : parseAttributes(attributes),
      priority,
      taskChannelSid: channel ? channelSid(workspace, channel) : undefined,
      virtualStartTime,
    },
    attributes,
  )
}

/** Attributes can still be written in the minutes between a task's end and its removal. */
function noteAttributes(workspace: Workspace, row: TaskRow, text: string, now: number): void {
  const view = { ...row.view, attributes: parseAttributes(text) }
  workspace.tasks.put({
    ...row,
    attributes: text,
    dateUpdated: now,
    version: row.version + 1,
    view,
  })
  workspace.record(describeRouted(workspace, { kind: 'task.updated', at: now, task: view }))
}

/** What brings the task into that status; nothing when it is in it already. */
function statusCommand(
  { form }: Call,
  workspace: Workspace,
  row: TaskRow,
  wanted: (typeof STATUSES)[number],
): Command | undefined {
  const { sid } = row
  const { status } = taskView(workspace, row)
  const where = `${sid} in workspace ${workspace.sid} for account ${workspace.accountSid}`
  const reason = form.text('Reason')
  switch (wanted) {
    case status:
      return undefined
    case 'pending':
      if (status !== 'reserved') {
        throw badRequest(`Cannot return task ${where} to pending because it is not reserved.`)
      }
      return { kind: 'return-task', sid }
    case 'canceled':
      if (!reason) throw badRequest('Reason is required to cancel a task')
      if (status !== 'pending' && status !== 'reserved') {
        throw badRequest(`Cannot cancel task ${where} because it is not pending or reserved.`)
      }
      return { kind: 'cancel-task', sid, reason }
    case 'wrapping':
      if (status !== 'assigned') {
        throw badRequest(`Cannot wrap up a task ${where} because it's not currently assigned`)
      }
      return { kind: 'wrap-up-task', sid, reason }
    case 'completed':
      if (status !== 'assigned' && status !== 'wrapping') {
        throw badRequest(`Cannot complete task ${where} because it is not currently assigned.`)
      }
      return { kind: 'complete-task', sid, reason: reason ?? '' }
    case 'reserved':
    case 'assigned':
      throw badRequest(`AssignmentStatus cannot be set to ${wanted}: TaskRouter does that itself`)
    default:
      throw new Error(`Unknown status ${wanted satisfies never}`)
  }
}

function workflowOf({ sid, workflows }: Workspace, workflowSid?: string): WorkflowRow {
  if (workflowSid) {
    const workflow = workflows.get(workflowSid)
    if (!workflow) throw badRequest(`WorkflowSid ${workflowSid} is no workflow of workspace ${sid}`)
    return workflow
  }
  const [only] = workflows.values()
  if (only && workflows.size === 1) return only
  throw badRequest(`WorkflowSid is required: workspace ${sid} has ${workflows.size} workflows`)
}

function channelSid(workspace: Workspace, sidOrName: string): string {
  const channel = findTaskChannel(workspace, sidOrName)
  if (!channel) throw badRequest(`TaskChannel ${sidOrName} does not exist in ${workspace.sid}`)
  return channel.sid
}

function startTime({ form }: Call, now: number): number | undefined {
  const time = form.date('VirtualStartTime')
  if (time !== undefined && time > now) throw badRequest('VirtualStartTime lies in the future')
  return time
}

function body(workspace: Workspace, row: TaskRow, now: number) {
  const task: TaskView = taskView(workspace, row)
  const queue = task.taskQueueSid === null ? undefined : workspace.taskQueues.get(task.taskQueueSid)
  const url = `${workspace.url}/Tasks/${row.sid}`
  return {
    sid: row.sid,
    account_sid: workspace.accountSid,
    workspace_sid: workspace.sid,
    age: Math.floor((now - row.dateCreated) / 1000),
    assignment_status: task.status,
    attributes: row.attributes,
    addons: '{}',
    priority: task.priority,
    reason: task.reason,
    timeout: task.timeoutSeconds,
    task_queue_sid: task.taskQueueSid,
    task_queue_friendly_name: queue?.friendlyName ?? null,
    task_queue_entered_date: isoDateOrNull(task.taskQueueEnteredAt),
    task_channel_sid: task.taskChannelSid,
    task_channel_unique_name: workspace.taskChannels.get(task.taskChannelSid)?.uniqueName ?? null,
    workflow_sid: task.workflowSid,
    workflow_friendly_name: workspace.workflows.get(task.workflowSid)?.friendlyName ?? null,
    virtual_start_time: isoDate(task.virtualStartTime),
    ignore_capacity: task.ignoreCapacity,
    routing_target: task.routingTarget,
    date_created: isoDate(row.dateCreated),
    date_updated: isoDate(row.dateUpdated),
    url,
    links: {
      workspace: workspace.url,
      workflow: `${workspace.url}/Workflows/${task.workflowSid}`,
      task_queue: task.taskQueueSid && `${workspace.url}/TaskQueues/${task.taskQueueSid}`,
      reservations: `${url}/Reservations`,
    },
  }
}
