import { ExpressionError } from './expression-error.ts'
import { type Expression, type PathNode, pathsOf } from './tree.ts'

/**
 * Where an expression stands, and so what its paths may name:
 * `filter` task attributes without a prefix, `target` `task.…` and `worker.…`, `task-queue` worker attributes without a
 * prefix, `skip-if` `workers.…`, `order-by` `worker.…`.
 */
export type ExpressionContext = 'filter' | 'target' | 'task-queue' | 'skip-if' | 'order-by'

/** Refuses paths whose first name can never mean anything in this context. */
export function checkPaths(text: string, expression: Expression, context: ExpressionContext): void {
  for (const path of pathsOf(expression)) checkPath(text, path, context)
}

/** The same for one path; `order_by` consists of such. */
export function checkPath(text: string, path: PathNode, context: ExpressionContext): void {
  const root = String(path.segments[0])
  const shown = text.slice(path.start, path.end)
  switch (context) {
    case 'filter':
    case 'task-queue':
      // A prefix is legal here: it names an attribute of that name. `lintExpression` warns about it.
      return
    case 'target':
      if ((root === 'task' || root === 'worker') && path.segments.length > 1) return
      throw new ExpressionError(
        text,
        path.start,
        `“${shown}” has no prefix that a target knows`,
        root === 'task' || root === 'worker'
          ? `name an attribute: ${root}.language`
          : `write task.${shown} or worker.${shown}, or put quotes around a text`,
      )
    case 'skip-if':
      if (root === 'workers' && path.segments.length === 2) return
      throw new ExpressionError(
        text,
        path.start,
        `“${shown}” means nothing in skip_if`,
        'use workers.available, workers.unavailable, or workers.WA… with the SID of an activity',
      )
    case 'order-by':
      if (root === 'worker' && path.segments.length > 1) return
      throw new ExpressionError(
        text,
        path.start,
        `“${shown}” is not an attribute of a worker`,
        root === 'worker' ? 'name one: worker.level' : `write worker.${shown}`,
      )
    default:
      throw new Error(`No such context: ${context satisfies never}`)
  }
}
