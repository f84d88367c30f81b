import { printExpression, printOperand } from './print.ts'
import type { ComparisonNode, Expression } from './tree.ts'

/** One of the conditions that must all hold for an expression to hold. */
export type Condition = {
  /** The attribute that it is about, `task.language`; absent: it is about several, or none. */
  readonly subject?: string
  /** What must hold: `== 'es'` of the subject, or the whole condition. */
  readonly text: string
}

/** The conditions of an expression: the parts of its outermost ANDs, in their order. */
export function conditionsOf(expression: Expression): readonly Condition[] {
  switch (expression.kind) {
    case 'and':
      return [...conditionsOf(expression.left), ...conditionsOf(expression.right)]
    case 'comparison':
      return [comparison(expression)]
    default:
      return [{ text: printExpression(expression) }]
  }
}

function comparison(node: ComparisonNode): Condition {
  const { left, operator, right } = node
  if (left.kind === 'path') {
    return { subject: printOperand(left), text: `${operator} ${printOperand(right)}` }
  }
  const text = printExpression(node)
  return right.kind === 'path' ? { subject: printOperand(right), text } : { text }
}
