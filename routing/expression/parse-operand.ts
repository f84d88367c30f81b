import { ExpressionError } from './expression-error.ts'
import { type Reader, unexpected } from './reader.ts'
import type { ListNode, Operand, PathNode } from './tree.ts'

const keywords = new Set(['AND', 'OR', 'NOT', 'IN', 'HAS', 'CONTAINS'])

/** A value: text, number, boolean, null, list or path. */
export function parseOperand(reader: Reader): Operand {
  const token = reader.peek()
  const { start, end } = token
  switch (token.kind) {
    case 'string':
      reader.next()
      return { kind: 'string', value: token.value, start, end }
    case 'number':
      reader.next()
      return { kind: 'number', value: Number(token.text), start, end }
    case 'word':
      return parseWord(reader)
    case 'symbol':
      if (token.text === '[') return parseList(reader)
      throw unexpected(reader, 'a value')
    case 'end':
      throw unexpected(reader, 'a value')
    default:
      throw new Error(`No such token: ${token.kind satisfies never}`)
  }
}

function parseWord(reader: Reader): Operand {
  const { text, start, end } = reader.peek()
  const upper = text.toUpperCase()
  if (keywords.has(upper)) throw unexpected(reader, 'a value')
  if (upper === 'TRUE' || upper === 'FALSE' || upper === 'NULL') {
    reader.next()
    if (upper === 'NULL') return { kind: 'null', start, end }
    return { kind: 'boolean', value: upper === 'TRUE', start, end }
  }
  return parsePath(reader)
}

/** `ident { "." ident | "[" int "]" }`; shared with the parser of `order_by`. */
export function parsePath(reader: Reader): PathNode {
  if (reader.peek().kind !== 'word') throw unexpected(reader, 'a name')
  const first = reader.next()
  const segments: (string | number)[] = [first.text]
  let { end } = first
  for (;;) {
    const sign = reader.peek()
    if (sign.text === '.' && sign.kind === 'symbol') {
      reader.next()
      if (reader.peek().kind !== 'word') throw unexpected(reader, 'a name')
      const name = reader.next()
      segments.push(name.text)
      end = name.end
    } else if (sign.text === '[' && sign.kind === 'symbol') {
      reader.next()
      if (!/^\d+$/.test(reader.peek().text)) throw unexpected(reader, 'a position such as 0')
      segments.push(Number(reader.next().text))
      if (reader.peek().text !== ']') throw unexpected(reader, ']')
      end = reader.next().end
    } else {
      return { kind: 'path', segments, start: first.start, end }
    }
  }
}

function parseList(reader: Reader): ListNode {
  const open = reader.next()
  const items: Operand[] = []
  while (reader.peek().text !== ']') {
    if (reader.peek().kind === 'end') {
      throw new ExpressionError(reader.text, open.start, 'this list is never closed', 'add ]')
    }
    items.push(parseOperand(reader))
    if (reader.peek().text === ',') {
      reader.next()
      if (reader.peek().text === ']') throw unexpected(reader, 'a value')
    } else if (reader.peek().text !== ']' && reader.peek().kind !== 'end') {
      throw unexpected(reader, ', or ]')
    }
  }
  return { kind: 'list', items, start: open.start, end: reader.next().end }
}
