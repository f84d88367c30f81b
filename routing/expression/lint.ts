import type { ExpressionContext } from './context.ts'
import { ExpressionError } from './expression-error.ts'
import {
  type ComparisonNode,
  comparisonsOf,
  type Expression,
  type Operand,
  pathsOf,
} from './tree.ts'

/**
 * What is legal in an expression and most likely a mistake, as errors that nobody throws:
 * a prefix where names have none, a text without its quotes, an operator that can never be true for such operands.
 */
export function lintExpression(
  text: string,
  expression: Expression,
  context: ExpressionContext,
): readonly ExpressionError[] {
  const found: ExpressionError[] = []
  const unprefixed = context === 'filter' || context === 'task-queue'
  if (unprefixed) {
    for (const path of pathsOf(expression)) {
      const [root, ...rest] = path.segments
      if ((root !== 'task' && root !== 'worker') || rest.length === 0) continue
      const shown = text.slice(path.start, path.end)
      const owner = context === 'filter' ? 'a task' : 'a worker'
      found.push(
        new ExpressionError(
          text,
          path.start,
          `“${shown}” names an attribute “${root}” of ${owner}: no prefix belongs here`,
          `write ${shown.slice(root.length + 1)}`,
        ),
      )
    }
  }
  for (const comparison of comparisonsOf(expression)) {
    const problem = neverTrue(comparison)
    if (problem) found.push(new ExpressionError(text, comparison.start, problem[0], problem[1]))
    const { right } = comparison
    if (unprefixed && isPlainName(comparison.left) && isPlainName(right)) {
      const shown = text.slice(right.start, right.end)
      const problem = `“${shown}” is the name of an attribute here, not a text`
      found.push(new ExpressionError(text, right.start, problem, `write '${shown}' for the text`))
    }
  }
  return found
}

function neverTrue(node: ComparisonNode): readonly [problem: string, hint: string] | null {
  const { operator, left, right } = node
  switch (operator) {
    case 'IN':
    case 'NOT IN':
      if (isScalarLiteral(right)) {
        return [`${operator} is never true with a single value on its right`, 'write a list: [ … ]']
      }
      return left.kind === 'list'
        ? [`${operator} is never true with a list on its left`, 'use HAS for that']
        : null
    case 'HAS':
      if (isScalarLiteral(left)) {
        return ['HAS is never true with a single value on its left', 'name an array attribute']
      }
      return right.kind === 'list' || right.kind === 'null'
        ? ['HAS asks for one value', 'write one HAS for each value, joined by OR']
        : null
    case '==':
    case '!=':
    case '<':
    case '<=':
    case '>':
    case '>=':
    case 'CONTAINS':
      return left.kind === 'list' || right.kind === 'list'
        ? [`${operator} is never true with a list`, 'use IN, NOT IN or HAS with lists']
        : null
    default:
      throw new Error(`No such operator: ${operator satisfies never}`)
  }
}

function isScalarLiteral({ kind }: Operand): boolean {
  return kind !== 'list' && kind !== 'path'
}

function isPlainName(operand: Operand): boolean {
  return operand.kind === 'path' && operand.segments.length === 1
}
