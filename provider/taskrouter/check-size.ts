import type { Problem } from '../../schemas/index.ts'

// Whitespace counts, as TaskRouter counts it.
const mostCharacters = 4096

/** Refuses a JSON document that TaskRouter would find too long. */
export function checkSize(path: string, document: unknown): readonly Problem[] {
  const { length } = JSON.stringify(document ?? {})
  if (length <= mostCharacters) return []
  const message = `has ${length} characters as JSON; TaskRouter takes ${mostCharacters}: keep what no expression needs elsewhere`
  return [{ path, message }]
}
