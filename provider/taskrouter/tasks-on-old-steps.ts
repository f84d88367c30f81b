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
 * The live tasks that Twilio's refusal to delete the queue is about, themselves or by their workflow: they came before that was
 * changed, and keep the steps that it had.
 */
export async function tasksOnOldSteps(
  context: HookContext,
  refusal: TwilioError,
): Promise<LiveWork | undefined> {
  const named = new Set(sidsIn(refusal.reason))
  const tasks = (await olderTasks(context)).filter((task) =>
    ['sid', 'workflow_sid'].some((field) => named.has(String(task[field]))),
  )
  const counted = liveTasks(oldSteps, countsOf(tasks))
  if (!counted) return undefined
  return {
    ...counted,
    words: `${counted.words}, which may lead to it: ${namesOf(tasks)}`,
    remedy: remedyForOlder,
    end: () => deleteEach(context, tasks),
  }
}

/** What may be the reason where a refusal names nothing, as a sentence: no answer of Twilio's tells a task's steps. */
export async function olderTasksInTheWay(context: HookContext): Promise<string | undefined> {
  const tasks = await olderTasks(context)
  const counted = liveTasks(oldSteps, countsOf(tasks))
  return counted && `${counted.words}, which may lead to it: ${namesOf(tasks)}. ${remedyForOlder}`
}

const oldSteps = 'on steps from before the last change of the workflow'
const remedyForOlder =
  'Let them end, or cancel them; those that wait go by the new steps after a change of the workflow with reEvaluateTasks: true'

// One that leads to the queue now is reason enough, and may be about to go.
async function olderTasks(context: HookContext): Promise<readonly Answer[]> {
  const workflows = await workflowsOf(context)
  if (workflows.some((workflow) => leadsTo(workflow, context))) return []
  const changed = new Map(workflows.map((row) => [row['sid'], timeOf(row['date_updated'])]))
  return (await listTasks(context)).filter((task) => {
    const changedAt = changed.get(task['workflow_sid']) ?? Number.NEGATIVE_INFINITY
    return isLive(task['assignment_status']) && timeOf(task['date_created']) <= changedAt
  })
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
