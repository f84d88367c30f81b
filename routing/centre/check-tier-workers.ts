import type { CentreDeclaration } from '../../schemas/index.ts'
import { isAlwaysFalse } from '../expression/compile.ts'
import { ExpressionError } from '../expression/expression-error.ts'
import { parseExpression } from '../expression/parse.ts'
import { canBeTrue } from '../expression/possible.ts'
import type { Expression, PathNode } from '../expression/tree.ts'
import type { Finding } from './finding.ts'

type Worker = CentreDeclaration['workers'][string]

// These change while the centre runs; everything else of a worker is declared.
const live = ['sid', 'activity_sid', 'activity_name', 'channel']

/** Filters that no task can take, and tiers in which no declared worker of their queue can be asked, whatever the task. */
export function* checkTierWorkers({
  workflows,
  queues,
  workers,
}: CentreDeclaration): Generator<Finding> {
  const roster = Object.values(workers)
  for (const [name, { filters }] of Object.entries(workflows)) {
    for (const [f, filter] of filters.entries()) {
      const place = { resource: `Workflow ${name}`, property: `filters[${f}]` }
      const condition = parsed(filter.expression, 'filter')
      if (condition && isAlwaysFalse(condition)) {
        yield {
          severity: 'warning',
          rule: 'odd-expression',
          resource: place.resource,
          property: `${place.property}.expression`,
          message: `is never true: no task takes “${filter.name}”`,
          remedy: 'correct the expression, or remove the filter',
        }
      }
      let queue: string | undefined
      for (const [t, tier] of filter.tiers.entries()) {
        queue = tier.queue ?? queue
        const members = membersOf(queues[queue ?? '']?.targetWorkers, roster)
        const expression = parsed(tier.workers, 'target')
        // That a queue is empty is said of the queue.
        if (!expression || members.length === 0) continue
        if (members.some((worker) => canBeAsked(worker, expression))) continue
        yield {
          severity: 'warning',
          rule: 'no-worker-matches',
          resource: place.resource,
          property: `${place.property}.tiers[${t}].workers`,
          message: `none of the ${members.length} declared workers of “${queue}” can ever match ${tier.workers}`,
          remedy: 'change the expression, or declare a worker that it matches',
        }
      }
    }
  }
}

function membersOf(
  targetWorkers: string | undefined,
  roster: readonly Worker[],
): readonly Worker[] {
  const expression = parsed(targetWorkers, 'task-queue')
  if (!expression) return []
  return roster.filter(({ attributes }) => canBeTrue(expression, attributes, () => true))
}

function canBeAsked({ friendlyName, attributes }: Worker, expression: Expression): boolean {
  const scope = { worker: { friendly_name: friendlyName, ...attributes } }
  return canBeTrue(expression, scope, isDeclared)
}

function isDeclared({ segments: [root, name] }: PathNode): boolean {
  return root === 'worker' && !live.includes(String(name))
}

// What does not parse is reported where expressions are checked.
function parsed(
  text: string | undefined,
  context: 'filter' | 'target' | 'task-queue',
): Expression | undefined {
  if (!text) return undefined
  try {
    return parseExpression(text, context)
  } catch (error) {
    if (error instanceof ExpressionError) return undefined
    throw error
  }
}
