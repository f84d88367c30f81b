import fc from 'fast-check'
import type { Expression, Operand, Operator } from '../../../routing/expression/tree.ts'

/** A tree without positions: what the tests build. */
export type Bare<T> = T extends readonly (infer U)[]
  ? readonly Bare<U>[]
  : T extends object
    ? { readonly [K in keyof T as K extends 'start' | 'end' ? never : K]: Bare<T[K]> }
    : T

const operators = ['==', '!=', '>', '>=', '<', '<=', 'CONTAINS', 'HAS', 'IN', 'NOT IN'] as const

const keywords = /^(?:and|or|not|in|has|contains|true|false|null)$/i
const name = fc
  .oneof(
    fc.constantFrom('a', 'b', 'list', 'level', 'inside', 'order', '_x', '$y', 'é'),
    fc.stringMatching(/^[A-Za-z_$][A-Za-z0-9_$]{0,6}$/),
  )
  .filter((text) => !keywords.test(text))

const path = fc
  .tuple(name, fc.array(fc.oneof(name, fc.nat(9)), { maxLength: 2 }))
  .map(([first, rest]) => ({ kind: 'path' as const, segments: [first, ...rest] }))

const scalar: fc.Arbitrary<Bare<Operand>> = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 8 }).map((value) => ({ kind: 'string' as const, value })),
  fc.constantFrom("it's", '"', '\\', "\\'", '6', '').map((value) => ({
    kind: 'string' as const,
    value,
  })),
  fc.integer().map((value) => ({ kind: 'number' as const, value })),
  fc
    .double({ noNaN: true, noDefaultInfinity: true })
    .map((value) => ({ kind: 'number' as const, value })),
  fc.boolean().map((value) => ({ kind: 'boolean' as const, value })),
  fc.constant({ kind: 'null' as const }),
)

const operand: fc.Arbitrary<Bare<Operand>> = fc.oneof(
  scalar,
  path,
  fc.array(fc.oneof(scalar, path), { maxLength: 3 }).map((items) => ({
    kind: 'list' as const,
    items,
  })),
)

/** Any expression of the language. */
export const anyExpression: fc.Arbitrary<Bare<Expression>> = fc.letrec<{ node: Bare<Expression> }>(
  (tie) => ({
    node: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      fc
        .tuple(fc.constantFrom<Operator>(...operators), operand, operand)
        .map(([operator, left, right]) => ({
          kind: 'comparison' as const,
          ...{ operator, left, right },
        })),
      tie('node').map((operand) => ({ kind: 'not' as const, operand })),
      fc
        .tuple(fc.constantFrom('and' as const, 'or' as const), tie('node'), tie('node'))
        .map(([kind, left, right]) => ({ kind, left, right })),
    ),
  }),
).node

/** The tree without the positions of its nodes. */
export function withoutPositions(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutPositions)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => key !== 'start' && key !== 'end')
      .map(([key, inner]) => [key, withoutPositions(inner)]),
  )
}
