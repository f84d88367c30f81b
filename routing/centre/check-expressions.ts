import type { CentreDeclaration } from '../../schemas/index.ts'
import type { ExpressionContext } from '../expression/context.ts'
import { ExpressionError } from '../expression/expression-error.ts'
import { lintExpression } from '../expression/lint.ts'
import { parseOrderBy } from '../expression/order-by.ts'
import { parseExpression } from '../expression/parse.ts'
import { comparisonsOf, type Expression, type PathNode, pathsOf } from '../expression/tree.ts'
import { closestName } from './closest-name.ts'
import { type Finding, findingAt, type Place } from './finding.ts'
import { unknownName, type Vocabulary } from './vocabulary.ts'

/** An expression of the centre, and where it stands. */
export type PlacedExpression = Place & {
  readonly text: string
  readonly context: ExpressionContext
}

/** Every expression of a centre, in the order of its declaration. An empty `targetWorkers` is legal and left out. */
export function expressionsOf({ queues, workflows }: CentreDeclaration): PlacedExpression[] {
  const ofQueues = Object.entries(queues).map(([name, { targetWorkers }]) => ({
    resource: `TaskQueue ${name}`,
    property: 'targetWorkers',
    text: targetWorkers,
    context: 'task-queue' as const,
  }))
  const ofWorkflows = Object.entries(workflows).flatMap(([name, { filters }]) =>
    filters.flatMap((filter, f) => {
      const resource = `Workflow ${name}`
      const property = `filters[${f}]`
      const condition = { resource, property: `${property}.expression`, text: filter.expression }
      return [
        { ...condition, context: 'filter' as const },
        ...filter.tiers.flatMap((tier, t) =>
          expressionsOfTier({ resource, property: `${property}.tiers[${t}]` }, tier),
        ),
      ]
    }),
  )
  return [...ofQueues.filter(({ text }) => text !== ''), ...ofWorkflows]
}

type DeclaredTier = CentreDeclaration['workflows'][string]['filters'][number]['tiers'][number]

function expressionsOfTier(
  { resource, property }: Place,
  { workers, skipIf, orderBy }: DeclaredTier,
): PlacedExpression[] {
  const given = [
    { name: 'workers', text: workers, context: 'target' as const },
    { name: 'skipIf', text: skipIf, context: 'skip-if' as const },
    { name: 'orderBy', text: orderBy, context: 'order-by' as const },
  ]
  return given.flatMap(({ name, text, context }) =>
    text === undefined ? [] : [{ resource, property: `${property}.${name}`, text, context }],
  )
}

/** What is wrong with one expression: syntax, names that mean nothing, hyphens, comparisons that are never true. */
export function* checkExpression(
  placed: PlacedExpression,
  vocabulary: Vocabulary,
): Generator<Finding> {
  const { text, context } = placed
  const place = { resource: placed.resource, property: placed.property }
  let paths: readonly PathNode[]
  let expression: Expression | undefined
  try {
    if (context === 'order-by') {
      paths = parseOrderBy(text).map(({ path }) => path)
    } else {
      expression = parseExpression(text, context)
      paths = pathsOf(expression)
    }
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error
    yield findingAt(place, error)
    return
  }
  const unknown = paths.flatMap((path) => unknownName(text, path, context, vocabulary) ?? [])
  for (const error of unknown) {
    yield findingAt(place, error, { severity: 'error', rule: 'unknown-attribute' })
  }
  if (!expression) return
  yield* checkLiterals(place, text, expression, vocabulary)
  // What looks odd to the linter is explained already when a name is unknown.
  if (unknown.length > 0) return
  for (const error of lintExpression(text, expression, context)) {
    yield findingAt(place, error, { severity: 'warning', rule: 'odd-expression' })
  }
}

function* checkLiterals(
  place: Place,
  text: string,
  expression: Expression,
  { activityNames }: Vocabulary,
): Generator<Finding> {
  for (const { left, right } of comparisonsOf(expression)) {
    const path = [left, right].find((operand) => operand.kind === 'path')
    const name = path?.segments.join('.') ?? ''
    for (const operand of [left, right].flatMap((side) =>
      side.kind === 'list' ? side.items : side,
    )) {
      if (operand.kind !== 'string') continue
      const { value, start } = operand
      if (name === 'worker.activity_name') {
        if (activityNames.has(value)) continue
        const meant = closestName(value, activityNames)
        const hint = meant ? `did you mean “${meant}”?` : 'declare it in activities'
        const error = new ExpressionError(text, start, `there is no activity “${value}”`, hint)
        yield findingAt(place, error, { severity: 'error', rule: 'unknown-activity' })
      } else if (value.includes('-') && !name.endsWith('contact_uri')) {
        const hint = `TaskRouter warns of hyphens in compared values: use ${value.replaceAll('-', '_')} on both sides`
        const error = new ExpressionError(text, start, `“${value}” has a hyphen`, hint)
        yield findingAt(place, error, { severity: 'warning', rule: 'hyphen' })
      }
    }
  }
}
