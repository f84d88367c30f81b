import type { WorkflowFilter } from '../../schemas/index.ts'
import { limits } from '../router/choices.ts'
import { errorAt, type WorkflowProblem, warningAt } from './workflow-problem.ts'

/**
 * Targets whose time comes after a task's time to live. A deadline is the sum of the timeouts so far, held against the task's age;
 * how long tasks live is up to whoever creates them, so below TaskRouter's maximum this only warns.
 */
export function checkTimeouts(
  path: string,
  { targets }: WorkflowFilter,
): readonly WorkflowProblem[] {
  const { taskTimeoutSeconds: usual, maxTaskTimeoutSeconds: most } = limits
  let endsAt = 0
  let warned = false
  return targets.flatMap(({ timeout }, index) => {
    const beginsAt = endsAt
    endsAt += Number(timeout ?? 0)
    const targetPath = `${path}.targets[${index}]`
    if (beginsAt >= most) {
      const message = `is never reached: it would begin at the age of ${beginsAt} s, and no task lives longer than ${most} s`
      return [errorAt(targetPath, message, 'shorten the timeouts before it, or remove this target')]
    }
    const overdue = beginsAt >= usual || endsAt > usual
    if (!overdue || warned) return []
    warned = true
    const what =
      beginsAt >= usual ? `begins at the age of ${beginsAt} s` : `ends at the age of ${endsAt} s`
    return [
      warningAt(
        targetPath,
        `${what}, and a task lives ${usual} s unless whoever creates it says otherwise`,
        'shorten the timeouts of this filter, or create its tasks with a longer Timeout',
      ),
    ]
  })
}
