/** An expression that TaskRouter would not understand: where, why, and how to mend it. */
export class ExpressionError extends Error {
  override readonly name = 'ExpressionError'
  readonly code = 'invalid-expression'
  /** The whole expression. */
  readonly text: string
  /** What is wrong, one sentence without the position. */
  readonly problem: string
  /** How to mend it; empty when nothing better than the problem can be said. */
  readonly hint: string
  /** Offset of the offending character, from 0. */
  readonly offset: number
  /** Line and column of the same place, both from 1. */
  readonly line: number
  readonly column: number

  constructor(text: string, offset: number, problem: string, hint = '') {
    const before = text.slice(0, offset).split('\n')
    const line = before.length
    const column = (before.at(-1) ?? '').length + 1
    const shown = text.split('\n')[line - 1] ?? ''
    // Tabs stay tabs under the text, so that the caret stands where the eye looks for it.
    const indent = shown.slice(0, column - 1).replaceAll(/[^\t]/g, ' ')
    const advice = hint ? `; ${hint}` : ''
    super(`${problem} (line ${line}, column ${column})${advice}\n  ${shown}\n  ${indent}^`)
    this.text = text
    this.problem = problem
    this.hint = hint
    this.offset = offset
    this.line = line
    this.column = column
  }
}
