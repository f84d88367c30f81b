import { parsePath } from './parse-operand.ts'
import { createReader, unexpected } from './reader.ts'
import type { PathNode } from './tree.ts'

/** Parses a path that stands alone, such as `task.agent_sid` of a known worker. */
export function parsePathText(text: string): PathNode {
  const reader = createReader(text)
  const path = parsePath(reader)
  if (reader.peek().kind !== 'end') throw unexpected(reader, 'the end')
  return path
}
