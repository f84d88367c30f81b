import type { Operator } from './tree.ts'

/** One operator applied to two values; a missing key is `null` by then. */
export type Comparison = (left: unknown, right: unknown) => boolean

/**
 * The operators' rules for arrays, NULL and different types. What Twilio does not document is decided here:
 * NULL equals only NULL, a numeric string is a number beside a number, other types never match, order is by code point.
 */
export const comparisons: Readonly<Record<Operator, Comparison>> = {
  '==': (left, right) => !Array.isArray(left) && !Array.isArray(right) && sameScalar(left, right),
  // An array on either side gives false for != too.
  '!=': (left, right) => !Array.isArray(left) && !Array.isArray(right) && !sameScalar(left, right),
  '<': (left, right) => order(left, right) < 0,
  '<=': (left, right) => order(left, right) <= 0,
  '>': (left, right) => order(left, right) > 0,
  '>=': (left, right) => order(left, right) >= 0,
  CONTAINS: (left, right) => isText(left) && isText(right) && String(left).includes(String(right)),
  HAS: (left, right) => Array.isArray(left) && includes(left, right),
  IN: (left, right) => Array.isArray(right) && includes(right, left),
  'NOT IN': (left, right) => Array.isArray(right) && !Array.isArray(left) && !includes(right, left),
}

// NULL is in no array; neither is an array.
function includes(array: readonly unknown[], value: unknown): boolean {
  if (value === null || value === undefined || Array.isArray(value)) return false
  // Only the same text: the lists that matter hold dozens, for thousands of workers.
  if (typeof value === 'string' && !numeric.test(value)) return array.includes(value)
  for (const item of array) if (!Array.isArray(item) && sameScalar(item, value)) return true
  return false
}

function sameScalar(left: unknown, right: unknown): boolean {
  if (left === right) return typeof left !== 'object' || left === null
  if (typeof left === 'number' && typeof right === 'string') return left === toNumber(right)
  if (typeof left === 'string' && typeof right === 'number') return toNumber(left) === right
  return false
}

/** Negative, 0 or positive as `left` comes before, with or after `right`; NaN when they have no order. */
function order(left: unknown, right: unknown): number {
  if (typeof left === 'number' && typeof right === 'number') return left - right
  if (typeof left === 'number' && typeof right === 'string') return left - toNumber(right)
  if (typeof left === 'string' && typeof right === 'number') return toNumber(left) - right
  if (typeof left === 'string' && typeof right === 'string') return codePointOrder(left, right)
  return Number.NaN
}

const numeric = /^-?\d+(?:\.\d+)?$/

function toNumber(text: string): number {
  return numeric.test(text) ? Number(text) : Number.NaN
}

function isText(value: unknown): value is string | number {
  return typeof value === 'string' || typeof value === 'number'
}

// JavaScript's < goes by UTF-16 unit, which puts U+E000…U+FFFF behind the surrogates.
function codePointOrder(left: string, right: string): number {
  const length = Math.min(left.length, right.length)
  for (let i = 0; i < length; i++) {
    const a = left.charCodeAt(i)
    const b = right.charCodeAt(i)
    if (a !== b) {
      const surrogates = Number(isSurrogate(a)) - Number(isSurrogate(b))
      return surrogates === 0 ? a - b : surrogates
    }
  }
  return left.length - right.length
}

function isSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdfff
}
