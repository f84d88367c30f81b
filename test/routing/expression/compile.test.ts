import assert from 'node:assert/strict'
import fc from 'fast-check'
import type { Expression, Operand } from '../../../routing/expression/tree.ts'
import { compileExpression, parseExpression, type Scope } from '../../../routing/index.ts'
import { anyExpression, type Bare } from './arbitrary-expression.ts'

const holds = (text: string, scope: Scope = {}) => compileExpression(parseExpression(text))(scope)

describe('compileExpression', () => {
  it('gives the answers of a naive reading of the rules', () => {
    const value = fc.oneof(
      fc.constantFrom<unknown>(null, true, false, 0, 6, -1, 2.5, '6', '', 'a', 'ab', [], {}),
      fc.array(fc.constantFrom<unknown>(null, 6, '6', 'a', true), { maxLength: 3 }),
    )
    const key = fc.constantFrom('a', 'b', 'list', 'level', 'inside', 'order', '_x', '$y', 'é')
    const scope = fc.dictionary(key, fc.oneof(value, fc.dictionary(key, value)))
    fc.assert(
      fc.property(anyExpression, scope, (tree, attributes) => {
        const actual = compileExpression(tree as Expression)(attributes)
        assert.equal(actual, evaluate(tree, attributes))
      }),
      { numRuns: 2000 },
    )
  })

  it('treats a missing key as NULL', () => {
    assert.equal(holds('x == null'), true)
    assert.equal(holds('x != null'), false)
    assert.equal(holds('x != null', { x: 0 }), true)
    assert.equal(holds("x != 'a'"), true)
    assert.equal(holds('x < 1'), false)
    assert.equal(holds('x.y[3].z == null', { x: 'text' }), true)
    assert.equal(holds('constructor == null', {}), true)
  })

  it('answers false for an array beside a scalar operator, != included', () => {
    assert.equal(holds('x == 1', { x: [1] }), false)
    assert.equal(holds('x != 1', { x: [1] }), false)
    assert.equal(holds('x CONTAINS 1', { x: [1] }), false)
  })

  it('answers false for array operators on two scalars, NOT IN included', () => {
    assert.equal(holds("x IN 'ab'", { x: 'a' }), false)
    assert.equal(holds("x NOT IN 'bc'", { x: 'a' }), false)
    assert.equal(holds("x HAS 'a'", { x: 'a' }), false)
  })

  it('finds values in arrays', () => {
    assert.equal(holds("x HAS 'es'", { x: ['en', 'es'] }), true)
    assert.equal(holds("x IN ['en', 'es']", { x: 'es' }), true)
    assert.equal(holds("x NOT IN ['en', 'es']", { x: 'de' }), true)
    assert.equal(holds("x NOT IN ['en']", {}), true)
    assert.equal(holds('x IN y', { x: 'es' }), false)
  })

  it('compares a number with a numeric text as numbers', () => {
    assert.equal(holds('level > 5', { level: '6' }), true)
    assert.equal(holds('level == 6', { level: '6' }), true)
    assert.equal(holds('level > 5', { level: 'high' }), false)
    assert.equal(holds('level != 5', { level: 'high' }), true)
  })

  it('orders texts by code point', () => {
    assert.equal(holds("x < '😀'", { x: '\uffee' }), true)
    assert.equal(holds("x < 'b'", { x: 'a' }), true)
    assert.equal(holds("x < 'a'", { x: 'B' }), true)
  })
})

/** The rules once more, as plainly as they can be said. */
function evaluate(node: Bare<Expression>, scope: unknown): boolean {
  if (node.kind === 'or') return evaluate(node.left, scope) || evaluate(node.right, scope)
  if (node.kind === 'and') return evaluate(node.left, scope) && evaluate(node.right, scope)
  if (node.kind === 'not') return !evaluate(node.operand, scope)
  const left = lookUp(node.left, scope)
  const right = lookUp(node.right, scope)
  const arrays = Array.isArray(left) || Array.isArray(right)
  const has = (array: unknown, value: unknown) =>
    Array.isArray(array) &&
    !Array.isArray(value) &&
    value !== null &&
    array.some((item) => !Array.isArray(item) && same(item, value))
  switch (node.operator) {
    case '==':
      return !arrays && same(left, right)
    case '!=':
      return !arrays && !same(left, right)
    case '<':
      return !arrays && compared(left, right) === -1
    case '<=':
      return !arrays && [-1, 0].includes(compared(left, right))
    case '>':
      return !arrays && compared(left, right) === 1
    case '>=':
      return !arrays && [1, 0].includes(compared(left, right))
    case 'CONTAINS': {
      const textual = (value: unknown) => ['string', 'number'].includes(typeof value)
      return textual(left) && textual(right) && `${left}`.indexOf(`${right}`) >= 0
    }
    case 'HAS':
      return has(left, right)
    case 'IN':
      return has(right, left)
    case 'NOT IN':
      return Array.isArray(right) && !Array.isArray(left) && !has(right, left)
    default:
      throw new Error(node.operator satisfies never)
  }
}

function same(left: unknown, right: unknown): boolean {
  if (left === null || right === null) return left === right
  const [a, b] = coerced(left, right)
  return typeof a === typeof b && typeof a !== 'object' && a === b
}

function compared(left: unknown, right: unknown): number {
  const [a, b] = coerced(left, right)
  if (typeof a === 'number' && typeof b === 'number') return Math.sign(a - b)
  if (typeof a !== 'string' || typeof b !== 'string') return Number.NaN
  const points = (text: string) => [...text].map((character) => character.codePointAt(0) ?? 0)
  const [as, bs] = [points(a), points(b)]
  for (let i = 0; i < Math.max(as.length, bs.length); i++) {
    const difference = (as[i] ?? -1) - (bs[i] ?? -1)
    if (difference !== 0) return Math.sign(difference)
  }
  return 0
}

function coerced(left: unknown, right: unknown): [unknown, unknown] {
  const isNumeric = (value: unknown) => typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value)
  if (typeof left === 'number' && isNumeric(right)) return [left, Number(right)]
  if (typeof right === 'number' && isNumeric(left)) return [Number(left), right]
  return [left, right]
}

function lookUp(operand: Bare<Operand>, scope: unknown): unknown {
  if (operand.kind === 'null') return null
  if (operand.kind === 'list') return operand.items.map((item) => lookUp(item, scope))
  if (operand.kind !== 'path') return operand.value
  let value = scope
  for (const segment of operand.segments) {
    const container = typeof segment === 'number' ? Array.isArray(value) : isObject(value)
    if (!container || !Object.hasOwn(value as object, segment)) return null
    value = (value as Record<string | number, unknown>)[segment]
  }
  return value ?? null
}

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
