import {
  type WorkflowConfiguration,
  type WorkflowFilter,
  type WorkflowTarget,
  workflowConfiguration,
} from '../../schemas/index.ts'
import { isAlwaysFalse, isAlwaysTrue } from '../expression/compile.ts'
import { ExpressionError } from '../expression/expression-error.ts'
import { parseExpression } from '../expression/parse.ts'
import type { Expression } from '../expression/tree.ts'
import { limits } from '../router/choices.ts'
import { checkDefaultTarget, checkExpression, checkTarget } from './check-target.ts'
import { checkTimeouts } from './check-timeouts.ts'
import { errorAt, type WorkflowProblem, warningAt } from './workflow-problem.ts'

/**
 * What is wrong with the `Configuration` of a workflow: its JSON text, or the parsed value. Empty when nothing is.
 * Whether its queues exist is not looked at; that is for whoever knows them.
 */
export function checkWorkflow(configuration: unknown): readonly WorkflowProblem[] {
  if (typeof configuration === 'string') return checkText(configuration)
  const shape = workflowConfiguration.problems(configuration)
  if (shape.length > 0) {
    return shape.map(({ path, message }) =>
      errorAt(path, message, 'correct the property; the API would refuse it'),
    )
  }
  // Just validated.
  const routing = (configuration as WorkflowConfiguration).task_routing
  const filters = routing.filters ?? []
  const problems = filters.flatMap((filter, index) =>
    checkFilter(`task_routing.filters[${index}]`, filter),
  )
  problems.push(...checkOrder(filters), ...checkNames(filters))
  if (routing.default_filter) {
    problems.push(...checkDefaultTarget('task_routing.default_filter', routing.default_filter))
  } else if (filters.length === 0) {
    const message = 'has neither filters nor a default_filter: every task is canceled at once'
    problems.push(errorAt('task_routing', message, 'add a default_filter with a queue'))
  } else if (!filters.some(({ expression }) => takesEverything(expression))) {
    const message = 'is missing: a task that no filter matches is canceled at once'
    const remedy = 'name a queue for such tasks, or end with a filter 1==1'
    problems.push(warningAt('task_routing.default_filter', message, remedy))
  }
  return problems
}

function checkText(text: string): readonly WorkflowProblem[] {
  const bytes = new TextEncoder().encode(text).length
  if (bytes > limits.workflowBytes) {
    const message = `is ${bytes} bytes long, and TaskRouter takes ${limits.workflowBytes}`
    return [errorAt('', message, 'shorten it, or split the workflow')]
  }
  try {
    return checkWorkflow(JSON.parse(text) ?? {})
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
    return [errorAt('', `is not JSON: ${error.message}`, 'correct the JSON')]
  }
}

function checkFilter(path: string, filter: WorkflowFilter): readonly WorkflowProblem[] {
  const problems = [...checkExpression(`${path}.expression`, filter.expression, 'filter')]
  const parsed = tryParse(filter.expression)
  if (parsed && isAlwaysFalse(parsed)) {
    const message = 'is never true: no task takes this filter'
    problems.push(warningAt(`${path}.expression`, message, 'remove the filter, or correct it'))
  }
  const [first] = filter.targets
  if (first && first.queue === undefined) {
    const remedy = 'name a task queue; later targets stay in it unless they name another'
    problems.push(errorAt(`${path}.targets[0].queue`, 'is missing in the first target', remedy))
  }
  const end = filter.targets.findIndex((target) => !canBeLeft(target))
  for (const [index, target] of filter.targets.entries()) {
    const targetPath = `${path}.targets[${index}]`
    problems.push(...checkTarget(targetPath, target))
    if (end < 0 || index <= end) continue
    problems.push(
      errorAt(
        targetPath,
        `is never reached: targets[${end}] before it has neither a timeout nor a skip_if that can hold`,
        `give targets[${end}] a timeout or a skip_if, or remove this target`,
      ),
    )
  }
  return [...problems, ...checkTimeouts(path, filter)]
}

/** Filters that stand behind one which takes every task, or the same tasks. */
function checkOrder(filters: readonly WorkflowFilter[]): readonly WorkflowProblem[] {
  const problems: WorkflowProblem[] = []
  const catchAll = filters.findIndex(({ expression }) => takesEverything(expression))
  for (const [index, filter] of filters.entries()) {
    const path = `task_routing.filters[${index}]`
    if (catchAll >= 0 && index > catchAll) {
      problems.push(behind(path, filters, catchAll, 'matches every task'))
      continue
    }
    const same = filters.findIndex(
      ({ expression }) => expression.trim() === filter.expression.trim(),
    )
    if (same < index) problems.push(behind(path, filters, same, 'has the same expression'))
  }
  return problems
}

// A filter behind a catch-all is entered only when the catch-all is left by a timeout or a skip.
function behind(
  path: string,
  filters: readonly WorkflowFilter[],
  before: number,
  why: string,
): WorkflowProblem {
  const remedy = `move it before filters[${before}], or correct the expression of filters[${before}]`
  return filters[before]?.targets.every(canBeLeft)
    ? warningAt(
        path,
        `is reached only when filters[${before}] is left by a timeout or a skip: that one ${why}`,
        remedy,
      )
    : errorAt(path, `is never reached: filters[${before}] before it ${why}`, remedy)
}

function checkNames(filters: readonly WorkflowFilter[]): readonly WorkflowProblem[] {
  const names = filters.map((filter) => filter.filter_friendly_name ?? filter.friendly_name)
  return names.flatMap((name, index) => {
    const first = names.indexOf(name)
    if (name === undefined || first === index) return []
    return [
      warningAt(
        `task_routing.filters[${index}].filter_friendly_name`,
        `“${name}” is also the name of filters[${first}]`,
        'give each filter a name of its own: events and statistics tell filters apart by it',
      ),
    ]
  })
}

function canBeLeft({ timeout, skip_if: skipIf }: WorkflowTarget): boolean {
  if (timeout !== undefined) return true
  if (skipIf === undefined) return false
  const parsed = tryParse(skipIf)
  return !parsed || !isAlwaysFalse(parsed)
}

function takesEverything(expression: string): boolean {
  const parsed = tryParse(expression)
  return parsed !== null && isAlwaysTrue(parsed)
}

function tryParse(text: string): Expression | null {
  try {
    return parseExpression(text)
  } catch (error) {
    if (error instanceof ExpressionError) return null
    throw error
  }
}
