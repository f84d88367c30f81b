import type { TaskView } from '../../../routing/index.ts'
import {
  InvalidInput,
  type WorkflowConfiguration,
  type WorkflowFilter,
  type WorkflowTarget,
  workflowConfiguration,
} from '../../../schemas/index.ts'
import { badRequest } from '../rest/refusal.ts'
import type { WorkflowRow } from './rows.ts'
import type { Workspace } from './workspace.ts'

const LONGEST = 1_038_576

// A row is replaced when it changes, so that its parsed configuration holds as long as the row does.
const parsed = new WeakMap<WorkflowRow, WorkflowConfiguration>()

/** The parsed configuration of a stored workflow. */
export function configurationOf(row: WorkflowRow): WorkflowConfiguration {
  const known = parsed.get(row)
  if (known) return known
  const configuration = workflowConfiguration.parse(JSON.parse(row.configuration))
  parsed.set(row, configuration)
  return configuration
}

/** Where a task is in its workflow; nothing in the default filter, or when the workflow has changed since. */
export function stepOf(
  workflow: WorkflowRow | undefined,
  { filterIndex, targetIndex }: TaskView,
): { readonly filter: WorkflowFilter; readonly target: WorkflowTarget } | undefined {
  if (!workflow || filterIndex < 0) return undefined
  const filter = configurationOf(workflow).task_routing.filters?.[filterIndex]
  const target = filter?.targets[targetIndex]
  return filter && target && { filter, target }
}

/** SIDs of the task queues that a stored workflow names. */
export function workflowQueues(row: WorkflowRow): ReadonlySet<string> {
  return queuesOf(configurationOf(row))
}

function queuesOf({ task_routing }: WorkflowConfiguration): ReadonlySet<string> {
  const targets = (task_routing.filters ?? []).flatMap((filter) => filter.targets)
  if (task_routing.default_filter) targets.push(task_routing.default_filter)
  return new Set(targets.flatMap(({ queue }) => (queue === undefined ? [] : [queue])))
}

/** Refuses a configuration that is no JSON, has not the shape of one, or names queues of elsewhere. */
export function checkConfiguration(text: string, { sid, taskQueues }: Workspace): void {
  const bytes = Buffer.byteLength(text)
  if (bytes > LONGEST) {
    throw badRequest(`Configuration has ${bytes} bytes; at most ${LONGEST} are allowed`)
  }
  const configuration = parseShape(text)
  for (const [index, filter] of (configuration.task_routing.filters ?? []).entries()) {
    if (filter.targets[0]?.queue !== undefined) continue
    throw badRequest(`Configuration: filters[${index}].targets[0] names no queue`)
  }
  for (const queue of queuesOf(configuration)) {
    if (taskQueues.get(queue)) continue
    throw badRequest(`Configuration: task queue ${queue} does not exist in workspace ${sid}`)
  }
}

function parseShape(text: string): WorkflowConfiguration {
  try {
    return workflowConfiguration.parse(JSON.parse(text))
  } catch (error) {
    if (error instanceof SyntaxError) {
      throw badRequest(`Configuration is not valid JSON: ${error.message}`)
    }
    if (error instanceof InvalidInput) throw badRequest(error.message)
    throw error
  }
}
