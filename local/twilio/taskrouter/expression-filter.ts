import { compileExpression, ExpressionError, parseExpression } from '../../../routing/index.ts'
import { badRequest } from '../rest/refusal.ts'

/** An expression of a list filter or a task queue, over attributes without a prefix; refuses what does not parse. */
export function parseFilter(
  text: string,
): (attributes: Readonly<Record<string, unknown>>) => boolean {
  try {
    return compileExpression(parseExpression(text))
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error
    throw badRequest(`Invalid expression: ${error.message}`)
  }
}
