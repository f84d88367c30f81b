import { ExpressionError } from '../expression/expression-error.ts'

/** One thing that is wrong with a workflow's configuration. */
export type WorkflowProblem = {
  /** An error is refused or can only be a mistake; a warning may be meant. */
  readonly severity: 'error' | 'warning'
  /** `task_routing.filters[1].targets[0].expression`; empty for the whole. */
  readonly path: string
  readonly message: string
  /** How to mend it. */
  readonly remedy: string
  /** Where in an expression, from 1, with the line and a caret under the place. */
  readonly position?: { readonly line: number; readonly column: number }
  readonly excerpt?: string
}

/** An error at a property. */
export function errorAt(path: string, message: string, remedy: string): WorkflowProblem {
  return { severity: 'error', path, message, remedy }
}

/** A warning at a property. */
export function warningAt(path: string, message: string, remedy: string): WorkflowProblem {
  return { severity: 'warning', path, message, remedy }
}

/** A problem within an expression. */
export function expressionProblem(
  severity: WorkflowProblem['severity'],
  path: string,
  error: ExpressionError,
): WorkflowProblem {
  const { problem, hint, line, column, message } = error
  const excerpt = message.slice(message.indexOf('\n') + 1)
  const remedy = hint || 'correct the expression'
  return { severity, path, message: problem, remedy, position: { line, column }, excerpt }
}

/** What `parse` throws as a problem at a property; nothing if it does not throw. */
export function problemOf(path: string, parse: () => unknown): readonly WorkflowProblem[] {
  try {
    parse()
    return []
  } catch (error) {
    if (error instanceof ExpressionError) return [expressionProblem('error', path, error)]
    throw error
  }
}

/** A problem as a person reads it. */
export function describeWorkflowProblem(problem: WorkflowProblem): string {
  const { severity, path, message, remedy, position, excerpt } = problem
  const where = position ? ` (line ${position.line}, column ${position.column})` : ''
  const head = `${severity}: ${path || 'configuration'}: ${message}${where}; ${remedy}`
  return excerpt ? `${head}\n${excerpt}` : head
}
