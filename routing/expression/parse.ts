import { checkPaths, type ExpressionContext } from './context.ts'
import { ExpressionError } from './expression-error.ts'
import { parseOperand } from './parse-operand.ts'
import { createReader, isKeyword, type Reader, unexpected } from './reader.ts'
import type { Expression, Operand, Operator } from './tree.ts'

/**
 * Parses a TaskRouter expression; throws an `ExpressionError` that points at the offending character.
 * With a context, paths that can never mean anything there are refused too.
 *
 *     parseExpression("task.language IN worker.languages", 'target')
 */
export function parseExpression(text: string, context?: ExpressionContext): Expression {
  const reader = createReader(text)
  if (reader.peek().kind === 'end') {
    throw new ExpressionError(text, 0, 'the expression is empty', 'write 1==1 to match everything')
  }
  const expression = parseOr(reader)
  if (reader.peek().kind !== 'end') throw unexpectedTail(reader, 'AND, OR or the end')
  if (context) checkPaths(text, expression, context)
  return expression
}

/** The same behind a whole comparison, where a word is most often part of a text without quotes. */
function unexpectedTail(reader: Reader, wanted: string): ExpressionError {
  const { offset, problem } = unexpected(reader, wanted)
  const isWord = reader.peek().kind === 'word'
  const hint = isWord ? 'put quotes around a text of several words, or join with AND or OR' : ''
  return new ExpressionError(reader.text, offset, problem, hint)
}

// Precedence is not documented; AND binds tighter than OR, as everywhere else.
function parseOr(reader: Reader): Expression {
  let left = parseAnd(reader)
  while (isKeyword(reader.peek(), 'OR')) {
    reader.next()
    const right = parseAnd(reader)
    left = { kind: 'or', left, right, start: left.start, end: right.end }
  }
  return left
}

function parseAnd(reader: Reader): Expression {
  let left = parseNot(reader)
  while (isKeyword(reader.peek(), 'AND')) {
    reader.next()
    const right = parseNot(reader)
    left = { kind: 'and', left, right, start: left.start, end: right.end }
  }
  return left
}

function parseNot(reader: Reader): Expression {
  const token = reader.peek()
  if (!isKeyword(token, 'NOT')) return parsePrimary(reader)
  reader.next()
  const operand = parseNot(reader)
  return { kind: 'not', operand, start: token.start, end: operand.end }
}

function parsePrimary(reader: Reader): Expression {
  const open = reader.peek()
  if (open.text !== '(') return parseComparison(reader)
  reader.next()
  const inner = parseOr(reader)
  if (reader.peek().text !== ')') {
    throw reader.peek().kind === 'end'
      ? new ExpressionError(reader.text, open.start, 'this bracket is never closed', 'add )')
      : unexpectedTail(reader, 'AND, OR or )')
  }
  reader.next()
  return inner
}

function parseComparison(reader: Reader): Expression {
  const left = parseOperand(reader)
  const operator = parseOperator(reader, left)
  const right = parseOperand(reader)
  return { kind: 'comparison', operator, left, right, start: left.start, end: right.end }
}

const operators = new Map<string, Operator>([
  ['==', '=='],
  ['=', '=='],
  ['!=', '!='],
  ['>', '>'],
  ['>=', '>='],
  ['<', '<'],
  ['<=', '<='],
  ['CONTAINS', 'CONTAINS'],
  ['HAS', 'HAS'],
  ['>-', 'HAS'],
  ['IN', 'IN'],
  ['<-', 'IN'],
])

function parseOperator(reader: Reader, left: Operand): Operator {
  const token = reader.peek()
  if (isKeyword(token, 'NOT') && isKeyword(reader.peek(1), 'IN')) {
    reader.next()
    reader.next()
    return 'NOT IN'
  }
  const operator =
    token.kind === 'word' || token.kind === 'symbol'
      ? operators.get(token.text.toUpperCase())
      : undefined
  if (!operator) throw notAnOperator(reader, left)
  reader.next()
  const next = reader.peek()
  if (token.text === '==' && next.text === '=') {
    throw new ExpressionError(reader.text, next.start, 'there is no ===', 'write ==')
  }
  if (token.text === '<' && next.text === '>') {
    throw new ExpressionError(reader.text, token.start, 'there is no <>', 'write !=')
  }
  return operator
}

function notAnOperator(reader: Reader, left: Operand): ExpressionError {
  const { text } = reader
  const token = reader.peek()
  // `first-name` scans as the path `first` and then “-name”, or as `tier` and the number -1.
  if (left.kind === 'path' && token.kind === 'number' && token.text.startsWith('-')) {
    return new ExpressionError(
      text,
      token.start,
      'a name cannot hold a hyphen',
      'rename the attribute with an underscore, or quote the value',
    )
  }
  const ends = token.kind === 'end' || isKeyword(token, 'AND') || isKeyword(token, 'OR')
  if (ends || token.text === ')') {
    return new ExpressionError(
      text,
      token.start,
      'a value alone is not a condition',
      left.kind === 'path'
        ? `compare it: ${text.slice(left.start, left.end)} == true`
        : 'compare it with something; 1==1 matches everything',
    )
  }
  if (left.kind === 'path' && token.kind === 'word') {
    return new ExpressionError(
      text,
      token.start,
      `“${token.text}” is not an operator`,
      'use == != > >= < <= CONTAINS HAS IN or NOT IN; put quotes around a text of several words',
    )
  }
  return unexpected(reader, 'an operator (== != > >= < <= CONTAINS HAS IN NOT IN)')
}
