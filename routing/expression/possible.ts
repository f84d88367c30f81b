import { compileExpression, type Scope } from './compile.ts'
import { type Expression, type PathNode, pathsOf, unknownNode } from './tree.ts'

/**
 * Whether an expression can be true in a scope of which only a part is known: `isKnown` says which paths are. Never false by
 * mistake: what depends on an unknown path may come out either way.
 */
export function canBeTrue(
  expression: Expression,
  scope: Scope,
  isKnown: (path: PathNode) => boolean,
): boolean {
  return outcomes(expression, scope, isKnown).some((outcome) => outcome)
}

function outcomes(
  expression: Expression,
  scope: Scope,
  isKnown: (path: PathNode) => boolean,
): readonly boolean[] {
  const of = (part: Expression) => outcomes(part, scope, isKnown)
  switch (expression.kind) {
    case 'and':
      return combine(of(expression.left), of(expression.right), (a, b) => a && b)
    case 'or':
      return combine(of(expression.left), of(expression.right), (a, b) => a || b)
    case 'not':
      return of(expression.operand).map((outcome) => !outcome)
    case 'comparison':
      return pathsOf(expression).every(isKnown)
        ? [compileExpression(expression)(scope)]
        : [true, false]
    default:
      throw unknownNode(expression satisfies never)
  }
}

function combine(
  left: readonly boolean[],
  right: readonly boolean[],
  join: (a: boolean, b: boolean) => boolean,
): readonly boolean[] {
  return [...new Set(left.flatMap((a) => right.map((b) => join(a, b))))]
}
