import { ExpressionError, parseExpression, printExpression } from '../../routing/index.ts'
import { isRecord } from '../protocol/values.ts'

/** An expression as `printExpression` writes it; one that does not parse stays as it is. */
export function canonicalExpression(text: unknown): unknown {
  if (typeof text !== 'string') return text
  try {
    return printExpression(parseExpression(text))
  } catch (error) {
    if (error instanceof ExpressionError) return text.trim()
    throw error
  }
}

/** A workflow's configuration with canonical expressions, and numbers where TaskRouter takes numeric strings as well. */
export function canonicalConfiguration(value: unknown): unknown {
  return walk(value, (key, item) => {
    switch (key) {
      case 'expression':
      case 'skip_if':
        return canonicalExpression(item)
      case 'priority':
      case 'timeout':
        return typeof item === 'string' && /^\d+$/.test(item) ? Number(item) : item
      default:
        return item
    }
  })
}

/** A URL without the differences that mean nothing: case of the host, a default port, an empty path. */
export function canonicalUrl(value: unknown): unknown {
  return typeof value === 'string' && URL.canParse(value) ? new URL(value).href : value
}

function walk(value: unknown, leaf: (key: string, item: unknown) => unknown): unknown {
  if (Array.isArray(value)) return value.map((item) => walk(item, leaf))
  if (!isRecord(value)) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [
      key,
      typeof item === 'object' ? walk(item, leaf) : leaf(key, item),
    ]),
  )
}
