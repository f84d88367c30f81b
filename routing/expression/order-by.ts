import { checkPath } from './context.ts'
import { ExpressionError } from './expression-error.ts'
import { parsePath } from './parse-operand.ts'
import { createReader, isKeyword, unexpected } from './reader.ts'
import type { PathNode } from './tree.ts'

/** One clause of `order_by`: `worker.level DESC`. */
export type OrderClause = { readonly path: PathNode; readonly direction: 'ASC' | 'DESC' }

/** Parses `order_by`: `worker.<path> ASC|DESC`, comma-separated; the direction is ASC when it is left out. */
export function parseOrderBy(text: string): readonly OrderClause[] {
  const reader = createReader(text)
  const clauses: OrderClause[] = []
  if (reader.peek().kind === 'end') {
    throw new ExpressionError(text, 0, 'the order is empty', 'write worker.level DESC')
  }
  for (;;) {
    const path = parsePath(reader)
    checkPath(text, path, 'order-by')
    const descending = isKeyword(reader.peek(), 'DESC')
    if (descending || isKeyword(reader.peek(), 'ASC')) reader.next()
    clauses.push({ path, direction: descending ? 'DESC' : 'ASC' })
    if (reader.peek().kind === 'end') return clauses
    if (reader.peek().text !== ',') throw unexpected(reader, 'ASC, DESC, a comma or the end')
    reader.next()
  }
}
