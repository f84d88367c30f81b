import type { TaskView } from '../../../../routing/index.ts'
import { taskView, type Workspace } from '../workspace.ts'
import { type Scope, taskCounts } from './scope.ts'

const LIVE = ['pending', 'reserved', 'assigned', 'wrapping'] as const

/** The tasks of a scope as they stand now. */
export function realTimeTasks(workspace: Workspace, scope: Scope, now: number) {
  const tasks = [...workspace.tasks.values()]
    .map((row) => taskView(workspace, row))
    .filter((task) => taskCounts(scope, task))
  const live = tasks.filter(({ status }) => status !== 'completed' && status !== 'canceled')
  // Twilio goes on counting canceled tasks until it removes them, five minutes later.
  const total = live.length + tasks.filter(({ status }) => status === 'canceled').length
  const oldest = longest(live, now, ({ createdAt }) => createdAt)
  const priorities: Record<string, number> = {}
  for (const { priority } of live) priorities[priority] = (priorities[priority] ?? 0) + 1
  return {
    total_tasks: total,
    tasks_by_status: Object.fromEntries(
      LIVE.map((status) => [status, live.filter((task) => task.status === status).length]),
    ),
    tasks_by_priority: priorities,
    longest_task_waiting_age: oldest.seconds,
    longest_task_waiting_sid: oldest.sid,
  }
}

/** The same for a queue, with the longest wait in that very queue, and its members. */
export function realTimeQueue(
  workspace: Workspace,
  taskQueueSid: string,
  scope: Scope,
  now: number,
) {
  const own = { ...scope, taskQueueSid }
  const tasks = [...workspace.tasks.values()]
    .map((row) => taskView(workspace, row))
    .filter((task) => taskCounts(own, task))
  const relative = longest(tasks, now, ({ taskQueueEnteredAt }) => taskQueueEnteredAt ?? now)
  const members = workspace.router.queueMembers(taskQueueSid)
  return {
    ...realTimeTasks(workspace, own, now),
    longest_relative_task_age_in_queue: relative.seconds,
    longest_relative_task_sid_in_queue: relative.sid,
    total_eligible_workers: members.length,
    // Whoever is in an available activity, busy or not.
    total_available_workers: members.filter((sid) => workspace.router.worker(sid)?.available)
      .length,
    activity_statistics: activityStatistics(workspace, members),
  }
}

/** How many of the workers are in each activity, with a row for those that nobody is in. */
export function activityStatistics(workspace: Workspace, workerSids: Iterable<string>) {
  const counts = new Map<string, number>()
  for (const sid of workerSids) {
    const activitySid = workspace.router.worker(sid)?.activitySid ?? ''
    counts.set(activitySid, (counts.get(activitySid) ?? 0) + 1)
  }
  return [...workspace.activities.values()].map(({ sid, friendlyName }) => ({
    sid,
    friendly_name: friendlyName,
    workers: counts.get(sid) ?? 0,
  }))
}

function longest(tasks: readonly TaskView[], now: number, since: (task: TaskView) => number) {
  let oldest: TaskView | undefined
  for (const task of tasks) {
    if (task.status !== 'pending' && task.status !== 'reserved') continue
    if (!oldest || since(task) < since(oldest)) oldest = task
  }
  if (!oldest) return { seconds: 0, sid: null }
  return { seconds: Math.floor((now - since(oldest)) / 1000), sid: oldest.sid }
}
