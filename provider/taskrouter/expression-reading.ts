import { conditionsOf, ExpressionError, parseExpression } from '../../routing/index.ts'
import { canonicalExpression } from '../comparison/canonical.ts'
import { unknownValue } from '../protocol/values.ts'
import type { Names } from '../words/names.ts'

/**
 * An expression by its conditions: attribute → what must hold of it, `{ languages: "HAS 'es'", level: '> 3' }`. One that is no
 * conjunction of comparisons reads as its text. SIDs in it become names.
 */
export function readExpression(text: unknown, names: Names): unknown {
  if (typeof text !== 'string' || text === unknownValue) return text
  const whole = names.spell(String(canonicalExpression(text)))
  const conditions = conditionsIn(text)
  if (!conditions.some(({ subject }) => subject !== undefined)) return whole
  const bySubject = new Map<string, string | true>()
  for (const { subject, text: condition } of conditions) {
    const words = names.spell(condition)
    const before = bySubject.get(subject ?? words)
    if (subject === undefined) bySubject.set(words, true)
    else bySubject.set(subject, before === undefined ? words : `${before} and ${words}`)
  }
  return Object.fromEntries(bySubject)
}

function conditionsIn(text: string): ReturnType<typeof conditionsOf> {
  try {
    return conditionsOf(parseExpression(text))
  } catch (error) {
    if (error instanceof ExpressionError) return []
    throw error
  }
}
