import { comparisons } from './compare.ts'
import { type Expression, type Operand, type PathNode, unknownNode } from './tree.ts'

/**
 * What paths are looked up in: the attributes for a filter or a task queue, `{ task, worker }` for a target,
 * `{ workers }` for `skip_if`.
 */
export type Scope = Readonly<Record<string, unknown>>

/** A compiled expression: true or false for a scope. It keeps no state. */
export type Predicate = (scope: Scope) => boolean

/** A compiled operand: its value in a scope, a missing key being `null`. */
export type Getter = (scope: Scope) => unknown

/** Compiles an expression once into nested closures; evaluating allocates nothing. */
export function compileExpression(expression: Expression): Predicate {
  switch (expression.kind) {
    case 'or': {
      const left = compileExpression(expression.left)
      const right = compileExpression(expression.right)
      return (scope) => left(scope) || right(scope)
    }
    case 'and': {
      const left = compileExpression(expression.left)
      const right = compileExpression(expression.right)
      return (scope) => left(scope) && right(scope)
    }
    case 'not': {
      const operand = compileExpression(expression.operand)
      return (scope) => !operand(scope)
    }
    case 'comparison': {
      const compare = comparisons[expression.operator]
      const left = compileOperand(expression.left)
      const right = compileOperand(expression.right)
      if (isConstant(expression.left) && isConstant(expression.right)) {
        const result = compare(left({}), right({}))
        return () => result
      }
      // What most filters are: an attribute compared with a text.
      if (expression.operator === '==' && expression.right.kind === 'string') {
        const text = right({})
        return (scope) => {
          const value = left(scope)
          return value === text || (typeof value === 'number' && compare(value, text))
        }
      }
      return (scope) => compare(left(scope), right(scope))
    }
    default:
      throw unknownNode(expression satisfies never)
  }
}

/** Compiles a path alone, such as the one of `known_worker_sid` or of an `order_by` clause. */
export function compilePath({ segments }: Pick<PathNode, 'segments'>): Getter {
  const [first, second, ...others] = segments.map(step)
  if (!first) return () => null
  if (!second) return first
  if (others.length === 0) return (scope) => second(first(scope))
  return (scope) => others.reduce<unknown>((value, next) => next(value), second(first(scope)))
}

/** Is this expression the same for every scope, and true (`1==1`)? */
export function isAlwaysTrue(expression: Expression): boolean {
  switch (expression.kind) {
    case 'or':
      return isAlwaysTrue(expression.left) || isAlwaysTrue(expression.right)
    case 'and':
      return isAlwaysTrue(expression.left) && isAlwaysTrue(expression.right)
    case 'not':
      return isAlwaysFalse(expression.operand)
    case 'comparison':
      return isConstantComparison(expression) && compileExpression(expression)({})
    default:
      throw unknownNode(expression satisfies never)
  }
}

/** Is this expression the same for every scope, and false (`1==2`)? */
export function isAlwaysFalse(expression: Expression): boolean {
  switch (expression.kind) {
    case 'or':
      return isAlwaysFalse(expression.left) && isAlwaysFalse(expression.right)
    case 'and':
      return isAlwaysFalse(expression.left) || isAlwaysFalse(expression.right)
    case 'not':
      return isAlwaysTrue(expression.operand)
    case 'comparison':
      return isConstantComparison(expression) && !compileExpression(expression)({})
    default:
      throw unknownNode(expression satisfies never)
  }
}

function isConstantComparison({ left, right }: Extract<Expression, { kind: 'comparison' }>) {
  return isConstant(left) && isConstant(right)
}

function isConstant(operand: Operand): boolean {
  return operand.kind === 'list' ? operand.items.every(isConstant) : operand.kind !== 'path'
}

function compileOperand(operand: Operand): Getter {
  switch (operand.kind) {
    case 'string': {
      const value = internalized(operand.value)
      return () => value
    }
    case 'number':
    case 'boolean': {
      const { value } = operand
      return () => value
    }
    case 'null':
      return () => null
    case 'list': {
      const items = operand.items.map(compileOperand)
      if (!isConstant(operand)) return (scope) => items.map((item) => item(scope))
      const value = items.map((item) => item({}))
      return () => value
    }
    case 'path':
      return compilePath(operand)
    default:
      throw unknownNode(operand satisfies never)
  }
}

// As the name of a property a text exists once in the engine, and comparing two such is comparing their addresses.
function internalized(text: string): string {
  return Object.keys({ [text]: null })[0] ?? text
}

// One step of a path: null for whatever is not there, so that the next step may go on.
function step(segment: string | number): (value: unknown) => unknown {
  if (typeof segment === 'number') {
    return (value) => (Array.isArray(value) ? (value[segment] ?? null) : null)
  }
  // Attributes are parsed JSON: plain objects, on which only these names are inherited.
  const inherited = segment in Object.prototype
  return (value) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return null
    if (inherited && !Object.hasOwn(value, segment)) return null
    return (value as Scope)[segment] ?? null
  }
}
