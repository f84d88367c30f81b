/** A TaskRouter expression as data. `start` and `end` are offsets into the text it was parsed from. */
export type Expression = OrNode | AndNode | NotNode | ComparisonNode

export type OrNode = Span & {
  readonly kind: 'or'
  readonly left: Expression
  readonly right: Expression
}
export type AndNode = Span & {
  readonly kind: 'and'
  readonly left: Expression
  readonly right: Expression
}
export type NotNode = Span & { readonly kind: 'not'; readonly operand: Expression }
export type ComparisonNode = Span & {
  readonly kind: 'comparison'
  readonly operator: Operator
  readonly left: Operand
  readonly right: Operand
}

/** What stands on either side of an operator. */
export type Operand = StringNode | NumberNode | BooleanNode | NullNode | ListNode | PathNode

export type StringNode = Span & { readonly kind: 'string'; readonly value: string }
export type NumberNode = Span & { readonly kind: 'number'; readonly value: number }
export type BooleanNode = Span & { readonly kind: 'boolean'; readonly value: boolean }
export type NullNode = Span & { readonly kind: 'null' }
export type ListNode = Span & { readonly kind: 'list'; readonly items: readonly Operand[] }
/** `task.skills[0]`: a first name, then names and positions. */
export type PathNode = Span & {
  readonly kind: 'path'
  readonly segments: readonly (string | number)[]
}

/** The operators by their canonical spelling: `=` is `==`, `>-` is `HAS`, `<-` is `IN`. */
export type Operator = '==' | '!=' | '>' | '>=' | '<' | '<=' | 'CONTAINS' | 'HAS' | 'IN' | 'NOT IN'

/** Where a node stands in its text. */
export type Span = { readonly start: number; readonly end: number }

/** Every path of the expression, in the order of the text. */
export function pathsOf(expression: Expression): readonly PathNode[] {
  const paths: PathNode[] = []
  for (const { left, right } of comparisonsOf(expression)) {
    collectPaths(left, paths)
    collectPaths(right, paths)
  }
  return paths
}

/** Every comparison of the expression, in the order of the text. */
export function comparisonsOf(expression: Expression): readonly ComparisonNode[] {
  switch (expression.kind) {
    case 'or':
    case 'and':
      return [...comparisonsOf(expression.left), ...comparisonsOf(expression.right)]
    case 'not':
      return comparisonsOf(expression.operand)
    case 'comparison':
      return [expression]
    default:
      throw unknownNode(expression satisfies never)
  }
}

function collectPaths(operand: Operand, into: PathNode[]): void {
  if (operand.kind === 'path') into.push(operand)
  if (operand.kind === 'list') for (const item of operand.items) collectPaths(item, into)
}

/** For the `default` of a switch over nodes: says which node nobody handles. */
export function unknownNode(node: never): Error {
  return new Error(`No such node in an expression: ${JSON.stringify(node)}`)
}
