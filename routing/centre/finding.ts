import type { ExpressionError } from '../expression/expression-error.ts'

/** Something wrong with a centre as a whole: where, what, and how to mend it. */
export type Finding = {
  /** An error makes the centre unfit to deploy; a warning is most likely a mistake. */
  readonly severity: 'error' | 'warning'
  /** Which rule found it, for those who treat one apart. */
  readonly rule: Rule
  /** Kind and name: `TaskQueue spanish-everyone`. */
  readonly resource: string
  /** Path within the declaration of the resource: `filters[0].tiers[1].queue`. */
  readonly property: string
  /** Where in an expression's text, line and column from 1. */
  readonly position?: { readonly line: number; readonly column: number }
  /** The line of the expression, and a caret under the position. */
  readonly excerpt?: string
  readonly message: string
  readonly remedy: string
}

export type Rule =
  | 'shape'
  | 'expression'
  | 'odd-expression'
  | 'unknown-attribute'
  | 'unknown-activity'
  | 'unknown-queue'
  | 'no-worker-matches'
  | 'same-name'
  | 'hyphen'
  | 'worker-attributes'
  | 'contact-uri'
  | 'phone-number'
  | 'activity-role'
  | 'first-queue'
  | 'behind-catch-all'
  | 'unreachable-tier'
  | 'no-default'
  | 'task-timeout'
  | 'reservation-timeout'
  | 'too-many'
  | 'flow'
  | 'sub-flow'
  | 'unknown-workflow'
  | 'unknown-task-channel'
  | 'unknown-reference'
  | 'unknown-flow'

/** The property of a resource that is looked at. */
export type Place = Pick<Finding, 'resource' | 'property'>

/** A finding at a position of an expression. */
export function findingAt(
  place: Place,
  error: ExpressionError,
  { severity, rule }: Pick<Finding, 'severity' | 'rule'> = {
    severity: 'error',
    rule: 'expression',
  },
): Finding {
  return {
    severity,
    rule,
    ...place,
    position: { line: error.line, column: error.column },
    excerpt: error.message.slice(error.message.indexOf('\n') + 1),
    message: error.problem,
    remedy: error.hint || 'correct the expression',
  }
}

/** A finding as a person reads it, in up to five lines; whoever prints it says how severe it is. */
export function describeFinding(finding: Finding): string {
  const { resource, property, position, excerpt, message, remedy } = finding
  const where = position ? ` (line ${position.line}, column ${position.column})` : ''
  return [
    `${[resource, property].filter(Boolean).join(', ')}: ${message}${where}`,
    ...(excerpt ? [excerpt] : []),
    `  → ${remedy}`,
  ].join('\n')
}
