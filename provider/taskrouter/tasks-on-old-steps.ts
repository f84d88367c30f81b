import type { HookContext, LiveWork } from '../description/description.ts'
import type { Answer } from '../requests/client.ts'
import type { TwilioError } from '../requests/errors.ts'
import { sidsIn } from '../words/names.ts'
import { deleteEach, isLive, listTasks, liveTasks } from './live-tasks.ts'
import { parentPath } from './workspace-roles.ts'

const host = 'taskrouter.twilio.com'
const mostNamed = 5

/** The workflows whose configuration leads to the queue of a hook. */
export async function workflowsTo(context: HookContext): Promise<readonly Answer[]> {
  return (await workflowsOf(context)).filter((workflow) => leadsTo(workflow, context))
}

/**
 * The live tasks that came before their workflow was changed: they keep the steps that it had, which may lead to the queue that
 * Twilio refuses to delete. No answer tells a task's steps, so these are all that can be meant, or those that the refusal names.
 */
export async function tasksOnOldSteps(
  context: HookContext,
  refusal: TwilioError,
): Promise<LiveWork | undefined> {
  const workflows = await workflowsOf(context)
  // One that leads to the queue now is reason enough, and may be about to go.
  if (workflows.some((workflow) => leadsTo(workflow, context))) return undefined
  const changed = new Map(workflows.map((row) => [row['sid'], timeOf(row['date_updated'])]))
  const older = (await listTasks(context)).filter(
    (task) =>
      isLive(task['assignment_status']) &&
      timeOf(task['date_created']) <=
        (changed.get(task['workflow_sid']) ?? Number.NEGATIVE_INFINITY),
  )
  const named = new Set(sidsIn(refusal.reason))
  const meant = older.filter((task) =>
    ['sid', 'workflow_sid'].some((field) => named.has(String(task[field]))),
  )
  const tasks = meant.length > 0 ? meant : older
  const counted = liveTasks('on steps from before the last change of the workflow', countsOf(tasks))
  if (!counted) return undefined
  return {
    ...counted,
    words: `${counted.words}, which may lead to it: ${namesOf(tasks)}`,
    remedy:
      'Let them end, or cancel them; those that wait go by the new steps after a change of the workflow with reEvaluateTasks: true',
    end: () => deleteEach(context, tasks),
  }
}

/** What a change of the workflows that lead to the queue now would leave behind, as a sentence. */
export async function tasksToStay(
  context: HookContext,
  going: ReadonlySet<string>,
): Promise<string | undefined> {
  const leading = (await workflowsTo(context)).filter(({ sid }) => !isGoing(sid, going))
  if (leading.length === 0) return undefined
  const sids = new Set(leading.map(({ sid }) => sid))
  const tasks = (await listTasks(context)).filter(
    (task) => isLive(task['assignment_status']) && sids.has(task['workflow_sid']),
  )
  const names = leading.map((row) => String(row['friendly_name'])).join(', ')
  const counted = liveTasks(`in what leads to it, ${names}`, countsOf(tasks))
  return (
    counted &&
    `${counted.words}; tasks keep their steps when a workflow changes, so TaskRouter may refuse to delete the queue until they end. reEvaluateTasks: true on the workflow leads those that wait by its new steps`
  )
}

function workflowsOf({ client, properties }: HookContext): Promise<readonly Answer[]> {
  const path = `${parentPath(properties)}/Workflows`
  return client.list({ host, path, parameters: { PageSize: 1000 } }, 'workflows')
}

function leadsTo({ configuration }: Answer, { properties }: HookContext): boolean {
  return String(configuration).includes(String(properties['sid']))
}

function isGoing(sid: unknown, going: ReadonlySet<string>): boolean {
  return [...going].some((id) => id.endsWith(`/${String(sid)}`))
}

function countsOf(tasks: readonly Answer[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {}
  for (const { assignment_status: status } of tasks) {
    counts[String(status)] = (counts[String(status)] ?? 0) + 1
  }
  return counts
}

function namesOf(tasks: readonly Answer[]): string {
  const names = tasks
    .slice(0, mostNamed)
    .map((task) => `${String(task['sid'])} of ${String(task['workflow_friendly_name'])}`)
  const more = tasks.length - names.length
  return [...names, ...(more > 0 ? [`${more} more`] : [])].join(', ')
}

function timeOf(date: unknown): number {
  return Date.parse(String(date))
}
