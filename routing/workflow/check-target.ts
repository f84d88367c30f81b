import type { WorkflowTarget } from '../../schemas/index.ts'
import type { ExpressionContext } from '../expression/context.ts'
import { ExpressionError } from '../expression/expression-error.ts'
import { lintExpression } from '../expression/lint.ts'
import { parseOrderBy } from '../expression/order-by.ts'
import { parseExpression } from '../expression/parse.ts'
import { parsePathText } from '../expression/path-text.ts'
import { limits } from '../router/choices.ts'
import {
  errorAt,
  expressionProblem,
  problemOf,
  type WorkflowProblem,
  warningAt,
} from './workflow-problem.ts'

/** What is wrong with one target by itself. */
export function checkTarget(path: string, target: WorkflowTarget): readonly WorkflowProblem[] {
  const { expression, skip_if: skipIf, order_by: orderBy, priority } = target
  const problems: WorkflowProblem[] = []
  if (expression !== undefined) {
    problems.push(...checkExpression(`${path}.expression`, expression, 'target'))
  }
  if (skipIf !== undefined) {
    problems.push(...checkExpression(`${path}.skip_if`, skipIf, 'skip-if'))
  }
  if (orderBy !== undefined) {
    problems.push(...problemOf(`${path}.order_by`, () => parseOrderBy(orderBy)))
  }
  if (priority !== undefined && Number(priority) > limits.maxPriority) {
    problems.push(
      errorAt(
        `${path}.priority`,
        `${priority} is too large`,
        `use a whole number from 0 to ${limits.maxPriority}`,
      ),
    )
  }
  return [...problems, ...checkKnownWorker(path, target)]
}

/** Syntax as errors, what is legal and most likely a mistake as warnings. */
export function checkExpression(
  path: string,
  text: string,
  context: ExpressionContext,
): readonly WorkflowProblem[] {
  const syntax = problemOf(path, () => parseExpression(text, context))
  if (syntax.length > 0) return syntax
  return lintExpression(text, parseExpression(text), context).map((error) =>
    expressionProblem('warning', path, error),
  )
}

function checkKnownWorker(path: string, target: WorkflowTarget): readonly WorkflowProblem[] {
  const { known_worker_sid: sid, known_worker_friendly_name: name } = target
  const problems: WorkflowProblem[] = []
  if (sid !== undefined && name !== undefined) {
    problems.push(
      errorAt(
        path,
        'has both known_worker_sid and known_worker_friendly_name',
        'keep one of the two',
      ),
    )
  }
  if (sid !== undefined) problems.push(...checkTaskPath(`${path}.known_worker_sid`, sid))
  if (name !== undefined) {
    problems.push(...checkTaskPath(`${path}.known_worker_friendly_name`, name))
  }
  return problems
}

function checkTaskPath(path: string, text: string): readonly WorkflowProblem[] {
  return problemOf(path, () => {
    const { segments, start } = parsePathText(text)
    if (segments[0] === 'task' && segments.length > 1) return
    const problem = `“${text}” is not an attribute of the task`
    throw new ExpressionError(text, start, problem, 'write task.agent_sid')
  })
}

/** The same for the target of `default_filter`, which is never left by a timeout. */
export function checkDefaultTarget(
  path: string,
  target: WorkflowTarget,
): readonly WorkflowProblem[] {
  const problems = [...checkTarget(path, target)]
  if (target.queue === undefined) {
    problems.push(errorAt(`${path}.queue`, 'is missing', 'name the task queue'))
  }
  if (target.timeout !== undefined) {
    problems.push(
      errorAt(
        `${path}.timeout`,
        'has no meaning: a task waits in the default filter until its time to live ends',
        'remove it, or make this the last filter, with the expression 1==1',
      ),
    )
  }
  if (target.skip_if !== undefined) {
    problems.push(
      warningAt(
        `${path}.skip_if`,
        'cancels the task when it holds: behind the default filter there is nothing',
        'remove it unless that is meant',
      ),
    )
  }
  return problems
}
