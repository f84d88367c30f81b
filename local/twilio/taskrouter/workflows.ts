import type { WorkflowConfiguration } from '../../../schemas/index.ts'
import type { Context } from '../context.ts'
import { isoDate } from '../rest/date.ts'
import { pageV1 } from '../rest/paging.ts'
import { badRequest } from '../rest/refusal.ts'
import { type Call, created, noContent, ok } from '../rest/route.ts'
import { checkConfiguration, configurationOf } from './configuration.ts'
import { part, type Registry } from './registry.ts'
import type { WorkflowRow } from './rows.ts'
import type { Workspace } from './workspace.ts'

const MAX_RESERVATION_TIMEOUT = 86_400
const DEFAULT_RESERVATION_TIMEOUT = 120

/** `/Workspaces/{WorkspaceSid}/Workflows` */
export function createWorkflows({ clock, newSid }: Context, registry: Registry) {
  return {
    list(call: Call) {
      const workspace = registry.of(call)
      const name = call.query.text('FriendlyName')
      const rows = [...workspace.workflows.values()].filter(
        (row) => name === undefined || row.friendlyName === name,
      )
      return pageV1(call, 'workflows', rows, (row) => body(workspace, row))
    },

    create(call: Call) {
      const workspace = registry.of(call)
      const { form } = call
      const now = clock.now()
      const row = addWorkflow(workspace, {
        assignmentCallbackUrl: null,
        fallbackAssignmentCallbackUrl: null,
        taskReservationTimeout: DEFAULT_RESERVATION_TIMEOUT,
        ...changes(call, workspace),
        friendlyName: form.required('FriendlyName'),
        configuration: form.required('Configuration'),
        sid: newSid('WW'),
        dateCreated: now,
        dateUpdated: now,
      })
      return created(body(workspace, row))
    },

    fetch(call: Call) {
      const workspace = registry.of(call)
      return ok(body(workspace, part(call, workspace.workflows)))
    },

    update(call: Call) {
      const workspace = registry.of(call)
      const row = part(call, workspace.workflows)
      const next = { ...row, ...changes(call, workspace), dateUpdated: clock.now() }
      // The parameter is the string `true`, as the documents say; nothing else counts.
      putWorkflow(workspace, next, call.form.text('ReEvaluateTasks') === 'true')
      recordWorkflow(workspace, next, 'updated')
      return ok(body(workspace, next))
    },

    remove(call: Call) {
      const workspace = registry.of(call)
      const row = part(call, workspace.workflows)
      for (const task of workspace.router.tasks()) {
        if (task.workflowSid !== row.sid) continue
        throw badRequest(
          `Cannot delete workflow ${row.sid} (${row.friendlyName}): task ${task.sid} is in it`,
        )
      }
      workspace.drive({ kind: 'delete-workflow', sid: row.sid })
      workspace.workflows.delete(row.sid)
      recordWorkflow(workspace, row, 'deleted')
      return noContent
    },
  }
}

/** Adds a workflow to the workspace, its router and its history. */
export function addWorkflow(workspace: Workspace, row: WorkflowRow): WorkflowRow {
  putWorkflow(workspace, row, false)
  recordWorkflow(workspace, row, 'created')
  return row
}

function putWorkflow(workspace: Workspace, row: WorkflowRow, reEvaluateTasks: boolean): void {
  const configuration: WorkflowConfiguration = configurationOf(row)
  workspace.drive({
    kind: 'put-workflow',
    sid: row.sid,
    friendlyName: row.friendlyName,
    configuration,
    taskReservationTimeoutSeconds: row.taskReservationTimeout,
    reEvaluateTasks,
  })
  workspace.workflows.put(row)
}

/** What the form sets; a parameter that was not sent changes nothing. */
function changes({ form }: Call, workspace: Workspace): Partial<WorkflowRow> {
  if (form.has('Configuration')) checkConfiguration(form.required('Configuration'), workspace)
  const taskReservationTimeout = form.integer('TaskReservationTimeout', {
    min: 1,
    max: MAX_RESERVATION_TIMEOUT,
  })
  return {
    ...(form.has('FriendlyName') && { friendlyName: form.required('FriendlyName') }),
    ...(form.has('Configuration') && { configuration: form.required('Configuration') }),
    ...(form.has('AssignmentCallbackUrl') && {
      assignmentCallbackUrl: form.text('AssignmentCallbackUrl') || null,
    }),
    ...(form.has('FallbackAssignmentCallbackUrl') && {
      fallbackAssignmentCallbackUrl: form.text('FallbackAssignmentCallbackUrl') || null,
    }),
    ...(taskReservationTimeout !== undefined && { taskReservationTimeout }),
  }
}

function recordWorkflow(
  workspace: Workspace,
  { sid, friendlyName }: WorkflowRow,
  what: 'created' | 'updated' | 'deleted',
): void {
  workspace.record({
    type: `workflow.${what}`,
    description: `Workflow ${friendlyName} ${what}`,
    resourceType: 'workflow',
    resourceSid: sid,
    data: { workflow_sid: sid, workflow_name: friendlyName },
    facts: { workflowSid: sid },
  })
}

function body(workspace: Workspace, row: WorkflowRow) {
  const url = `${workspace.url}/Workflows/${row.sid}`
  return {
    sid: row.sid,
    account_sid: workspace.accountSid,
    workspace_sid: workspace.sid,
    friendly_name: row.friendlyName,
    configuration: row.configuration,
    document_content_type: 'application/json',
    assignment_callback_url: row.assignmentCallbackUrl,
    fallback_assignment_callback_url: row.fallbackAssignmentCallbackUrl,
    task_reservation_timeout: row.taskReservationTimeout,
    date_created: isoDate(row.dateCreated),
    date_updated: isoDate(row.dateUpdated),
    url,
    links: {
      statistics: `${url}/Statistics`,
      real_time_statistics: `${url}/RealTimeStatistics`,
      cumulative_statistics: `${url}/CumulativeStatistics`,
    },
  }
}
