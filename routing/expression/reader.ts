import { ExpressionError } from './expression-error.ts'
import { scan, type Token } from './scan.ts'

/** Reads tokens one by one; shared with the parser of `order_by`. */
export type Reader = {
  readonly text: string
  peek(ahead?: number): Token
  next(): Token
}

/** Starts reading a text. */
export function createReader(text: string): Reader {
  const tokens = scan(text)
  const last = tokens.length - 1
  let position = 0
  // The index never passes the end token, which is always there.
  const at = (index: number) => tokens[Math.min(index, last)] as Token
  return {
    text,
    peek: (ahead = 0) => at(position + ahead),
    next: () => at(position++),
  }
}

/** Is this token the keyword, in any case? */
export function isKeyword(token: Token, keyword: string): boolean {
  return token.kind === 'word' && token.text.toUpperCase() === keyword
}

/** The error for a token that cannot stand where it stands. */
export function unexpected(reader: Reader, wanted: string): ExpressionError {
  const token = reader.peek()
  const found = token.kind === 'end' ? 'the expression ends' : `“${shown(reader)}” stands`
  return new ExpressionError(reader.text, token.start, `${found} where ${wanted} is expected`)
}

function shown(reader: Reader): string {
  const { start, end } = reader.peek()
  return reader.text.slice(start, end)
}
