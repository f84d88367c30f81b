import { badRequest } from '../rest/refusal.ts'
import type { Call } from '../rest/route.ts'
import { parseAttributes } from './attributes.ts'
import { parseFilter } from './expression-filter.ts'
import type { WorkerRow } from './rows.ts'
import type { Workspace } from './workspace.ts'

/** The workers that the filters of a list select, in the order it asks for. */
export function selectWorkers(workspace: Workspace, { query }: Call): WorkerRow[] {
  const name = query.text('FriendlyName')
  const activitySid = query.text('ActivitySid')
  const activityName = query.text('ActivityName')
  const available = query.boolean('Available')
  const members = queueMembers(workspace, query.text('TaskQueueSid'), query.text('TaskQueueName'))
  const expression = query.text('TargetWorkersExpression')
  const matches = expression ? parseFilter(expression) : undefined
  const rows = [...workspace.workers.values()].filter((row) => {
    const state = workspace.router.worker(row.sid)
    const activity = state && workspace.activities.get(state.activitySid)
    return (
      (name === undefined || row.friendlyName === name) &&
      (activitySid === undefined || activity?.sid === activitySid) &&
      (activityName === undefined || activity?.friendlyName === activityName) &&
      (available === undefined || activity?.available === available) &&
      (members === undefined || members.has(row.sid)) &&
      (!matches ||
        matches({
          ...parseAttributes(row.attributes),
          sid: row.sid,
          friendly_name: row.friendlyName,
          activity_sid: activity?.sid,
          activity_name: activity?.friendlyName,
        }))
    )
  })
  return ordered(workspace, rows, query.text('Ordering'))
}

function queueMembers(
  { taskQueues, router }: Workspace,
  sid: string | undefined,
  name: string | undefined,
): ReadonlySet<string> | undefined {
  if (sid === undefined && name === undefined) return undefined
  const queue = sid === undefined ? taskQueues.byName(name ?? '') : taskQueues.get(sid)
  return new Set(queue ? router.queueMembers(queue.sid) : [])
}

// Only this one ordering of workers is documented.
function ordered(workspace: Workspace, rows: WorkerRow[], ordering?: string): WorkerRow[] {
  if (!ordering) return rows
  const match = /^DateStatusChanged(?::(asc|desc))?$/i.exec(ordering)
  if (!match) throw badRequest(`Ordering '${ordering}' must be DateStatusChanged:asc or :desc`)
  const sign = match[1]?.toLowerCase() === 'desc' ? -1 : 1
  const changedAt = ({ sid }: WorkerRow) => workspace.router.worker(sid)?.activityChangedAt ?? 0
  return rows.sort((a, b) => sign * (changedAt(a) - changedAt(b)))
}
