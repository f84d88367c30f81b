import type { HookContext, LiveWork } from '../description/description.ts'
import { isRecord } from '../protocol/values.ts'
import type { Answer } from '../requests/client.ts'
import { unlessGone } from '../requests/late-reads.ts'
import { parentPath } from './workspace-roles.ts'

const host = 'taskrouter.twilio.com'
const liveStatuses = ['pending', 'reserved', 'assigned', 'wrapping'] as const

/** The live tasks of a queue, a workflow or a workspace, by its real-time statistics. */
export async function countTasks({ client, path }: HookContext): Promise<LiveWork | undefined> {
  return liveTasks('in it', await countsOf(client, path))
}

/** The live tasks of a channel. */
export async function countTasksOfChannel({
  client,
  properties,
}: HookContext): Promise<LiveWork | undefined> {
  const parameters = { TaskChannel: String(properties['sid']) }
  return liveTasks('of it', await countsOf(client, parentPath(properties), parameters))
}

/** The live tasks that a worker has; one that is only offered goes to somebody else. */
export async function countTasksOfWorker(context: HookContext): Promise<LiveWork | undefined> {
  const counts = { assigned: 0, wrapping: 0 }
  for (const { reservation_status: status } of await reservationsOf(context)) {
    if (status === 'accepted') counts.assigned++
    if (status === 'wrapping') counts.wrapping++
  }
  return liveTasks('the worker’s', counts)
}

/** Deletes the live tasks of a queue or a workflow. */
export function deleteTasks(
  context: HookContext,
  filter: 'TaskQueueSid' | 'WorkflowSid',
): Promise<void> {
  return deleteListed(context, { [filter]: String(context.properties['sid']) }, () => true)
}

/** Deletes the live tasks of a channel, by which they can't be listed. */
export function deleteTasksOfChannel(context: HookContext): Promise<void> {
  const { sid } = context.properties
  return deleteListed(context, {}, ({ task_channel_sid: channel }) => channel === sid)
}

/** Deletes the tasks that a worker has. */
export async function deleteTasksOfWorker(context: HookContext): Promise<void> {
  const { client, properties } = context
  const held = (await reservationsOf(context)).filter(({ reservation_status: status }) =>
    ['accepted', 'wrapping'].includes(String(status)),
  )
  const sids = new Set(held.map(({ task_sid: sid }) => String(sid)))
  const path = `${parentPath(properties)}/Tasks`
  await Promise.all([...sids].map((sid) => deleteTask(client, `${path}/${sid}`)))
}

/** The tasks of the workspace, ended ones included. */
export function listTasks(
  { client, properties }: HookContext,
  filter: Readonly<Record<string, string>> = {},
): Promise<readonly Answer[]> {
  const path = `${parentPath(properties)}/Tasks`
  return client.list({ host, path, parameters: { ...filter, PageSize: 1000 } }, 'tasks')
}

/** Deletes these tasks; one that has gone is fine. */
export async function deleteEach(
  { client, properties }: HookContext,
  tasks: readonly Answer[],
): Promise<void> {
  const path = `${parentPath(properties)}/Tasks`
  await Promise.all(tasks.map(({ sid }) => deleteTask(client, `${path}/${String(sid)}`)))
}

async function deleteListed(
  context: HookContext,
  filter: Readonly<Record<string, string>>,
  isMeant: (task: Answer) => boolean,
): Promise<void> {
  const tasks = await listTasks(context, filter)
  const live = tasks.filter((task) => isLive(task['assignment_status']) && isMeant(task))
  await deleteEach(context, live)
}

async function countsOf(
  client: HookContext['client'],
  path: string,
  parameters: Readonly<Record<string, string>> = {},
): Promise<Readonly<Record<string, unknown>>> {
  const place = `${path}/RealTimeStatistics`
  const statistics = await client.send({ method: 'GET', host, path: place, parameters })
  const counts = statistics?.['tasks_by_status']
  return isRecord(counts) ? counts : {}
}

function deleteTask(client: HookContext['client'], path: string) {
  return unlessGone(() => client.send({ method: 'DELETE', host, path }))
}

function reservationsOf({ client, path }: HookContext): Promise<readonly Answer[]> {
  const parameters = { PageSize: 1000 }
  return client.list({ host, path: `${path}/Reservations`, parameters }, 'reservations')
}

/** Live work by the counts of tasks in each status; `place` says where they are, “in it”. */
export function liveTasks(
  place: string,
  counts: Readonly<Record<string, unknown>>,
): LiveWork | undefined {
  const present = liveStatuses
    .map((status) => ({ status, count: Number(counts[status] ?? 0) }))
    .filter(({ count }) => count > 0)
  const count = present.reduce((sum, each) => sum + each.count, 0)
  if (count === 0) return undefined
  const statuses = present.map((each) => `${each.count} ${each.status}`).join(', ')
  return {
    count,
    words: `${count} ${count === 1 ? 'task is' : 'tasks are'} ${place} (${statuses})`,
    // Somebody or something completes a task in wrap-up before long; all else is a caller's conversation.
    outlook: present.every(({ status }) => status === 'wrapping') ? 'ends' : 'lasts',
  }
}

/** Whether a task of this status goes on. */
export function isLive(status: unknown): boolean {
  return liveStatuses.some((live) => live === status)
}
