import { badRequest } from '../rest/refusal.ts'
import type { Call } from '../rest/route.ts'
import { parseFilter } from './expression-filter.ts'
import type { TaskRow } from './rows.ts'
import { taskView, type Workspace } from './workspace.ts'

/** The tasks that the filters of a list select, in the order it asks for; by default the oldest first. */
export function selectTasks(workspace: Workspace, { query }: Call): TaskRow[] {
  const priority = query.integer('Priority')
  // A list may come as repeated names or, as older clients send it, with commas.
  const statuses = query.list('AssignmentStatus').flatMap((value) => value.split(','))
  const workflowSid = query.text('WorkflowSid')
  const workflowName = query.text('WorkflowName')
  const queueSid = query.text('TaskQueueSid')
  const queueName = query.text('TaskQueueName')
  const routingTarget = query.text('RoutingTarget')
  const expression = query.text('EvaluateTaskAttributes')
  const matches = expression ? parseFilter(expression) : undefined
  // Add-ons exist on the real platform only.
  const hasAddons = query.boolean('HasAddons') ?? false
  const rows = [...workspace.tasks.values()].filter((row) => {
    const task = taskView(workspace, row)
    const queue =
      task.taskQueueSid === null ? undefined : workspace.taskQueues.get(task.taskQueueSid)
    return (
      !hasAddons &&
      (priority === undefined || task.priority === priority) &&
      (statuses.length === 0 || statuses.includes(task.status)) &&
      (workflowSid === undefined || task.workflowSid === workflowSid) &&
      (workflowName === undefined ||
        workspace.workflows.get(task.workflowSid)?.friendlyName === workflowName) &&
      (queueSid === undefined || task.taskQueueSid === queueSid) &&
      (queueName === undefined || queue?.friendlyName === queueName) &&
      (routingTarget === undefined || task.routingTarget === routingTarget) &&
      (!matches || matches(task.attributes))
    )
  })
  return ordered(workspace, rows, query.text('Ordering'))
}

/** `Priority:desc,DateCreated:asc`; a direction that is not given is ascending. */
function ordered(workspace: Workspace, rows: TaskRow[], ordering?: string): TaskRow[] {
  if (!ordering) return rows
  const clauses = ordering.split(',').map((clause) => readClause(ordering, clause.trim()))
  const names = clauses.map(({ name }) => name)
  if (names.includes('DateCreated') && names.includes('VirtualStartTime')) {
    throw badRequest(
      `Ordering '${ordering}' may not name DateCreated and VirtualStartTime together`,
    )
  }
  const values = new Map(rows.map((row) => [row, taskView(workspace, row)]))
  return rows.sort((a, b) => {
    const left = values.get(a) ?? a.view
    const right = values.get(b) ?? b.view
    for (const { name, sign } of clauses) {
      const field = {
        DateCreated: 'createdAt',
        Priority: 'priority',
        VirtualStartTime: 'virtualStartTime',
      } as const
      const difference = left[field[name]] - right[field[name]]
      if (difference !== 0) return sign * difference
    }
    return 0
  })
}

type Clause = { name: 'DateCreated' | 'Priority' | 'VirtualStartTime'; sign: 1 | -1 }

function readClause(ordering: string, clause: string): Clause {
  const match = /^(DateCreated|Priority|VirtualStartTime)(?::(asc|desc))?$/.exec(clause)
  if (!match) {
    throw badRequest(
      `Ordering '${ordering}' must be DateCreated, Priority or VirtualStartTime with :asc or :desc`,
    )
  }
  return { name: match[1] as Clause['name'], sign: match[2] === 'desc' ? -1 : 1 }
}
