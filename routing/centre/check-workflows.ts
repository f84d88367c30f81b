import type { CentreDeclaration } from '../../schemas/index.ts'
import { isAlwaysFalse, isAlwaysTrue } from '../expression/compile.ts'
import { ExpressionError } from '../expression/expression-error.ts'
import { parseExpression } from '../expression/parse.ts'
import { reservationTimeoutWarning } from '../tiers.ts'
import { closestName } from './closest-name.ts'
import type { Finding } from './finding.ts'

type Workflow = CentreDeclaration['workflows'][string]
type Filter = Workflow['filters'][number]

// TaskRouter's own.
const defaultTaskTimeoutSeconds = 86_400

/** Filters, tiers and timers of every workflow: what is never reached, and what names nothing. */
export function* checkWorkflows({ workflows, queues }: CentreDeclaration): Generator<Finding> {
  const queueNames = Object.keys(queues)
  for (const [name, workflow] of Object.entries(workflows)) {
    const resource = `Workflow ${name}`
    yield* checkFilters(resource, workflow)
    for (const [f, filter] of workflow.filters.entries()) {
      const property = `filters[${f}]`
      yield* checkTierNames(resource, property, filter)
      yield* checkQueues(resource, property, filter, queueNames)
      yield* checkReach(resource, property, filter)
      yield* checkTaskTimeout(resource, property, filter, workflow)
    }
    if (workflow.defaultQueue !== undefined) {
      yield* checkQueue(resource, 'defaultQueue', workflow.defaultQueue, queueNames)
    }
    yield* checkReservationTimeout(resource, workflow)
  }
}

function* checkFilters(resource: string, { filters, defaultQueue }: Workflow): Generator<Finding> {
  const names = filters.map(({ name }) => name)
  const catchAll = filters.findIndex(({ expression }) => matchesEverything(expression))
  for (const [f, name] of names.entries()) {
    if (names.indexOf(name) < f) {
      yield {
        severity: 'error',
        rule: 'same-name',
        resource,
        property: `filters[${f}].name`,
        message: `“${name}” is the name of filters[${names.indexOf(name)}] already`,
        remedy: 'give each its own name',
      }
    }
    if (catchAll === -1 || f <= catchAll) continue
    yield {
      severity: 'error',
      rule: 'behind-catch-all',
      resource,
      property: `filters[${f}]`,
      message: `“${name}” stands behind “${filters[catchAll]?.name}”, which matches every task`,
      remedy: `move filters[${catchAll}] to the end, or make it the default queue`,
    }
  }
  if (catchAll === -1 && defaultQueue === undefined) {
    yield {
      severity: 'warning',
      rule: 'no-default',
      resource,
      property: 'defaultQueue',
      message: 'is missing: a task that no filter matches leaves the workflow at once',
      remedy: 'name a queue for such tasks',
    }
  }
}

function matchesEverything(expression: string): boolean {
  try {
    return isAlwaysTrue(parseExpression(expression))
  } catch (error) {
    if (error instanceof ExpressionError) return false
    throw error
  }
}

// Pages and the log tell tiers apart by their names.
function* checkTierNames(
  resource: string,
  property: string,
  { tiers }: Filter,
): Generator<Finding> {
  const names = tiers.map(({ name }) => name)
  for (const [t, name] of names.entries()) {
    const first = names.indexOf(name)
    if (first === t) continue
    yield {
      severity: 'error',
      rule: 'same-name',
      resource,
      property: `${property}.tiers[${t}].name`,
      message: `“${name}” is the name of tiers[${first}] already`,
      remedy: 'give each its own name',
    }
  }
}

function* checkQueues(
  resource: string,
  property: string,
  { tiers }: Filter,
  queueNames: readonly string[],
): Generator<Finding> {
  for (const [t, { name, queue }] of tiers.entries()) {
    if (queue !== undefined) {
      yield* checkQueue(resource, `${property}.tiers[${t}].queue`, queue, queueNames)
    } else if (t === 0) {
      yield {
        severity: 'error',
        rule: 'first-queue',
        resource,
        property: `${property}.tiers[0].queue`,
        message: `is missing in “${name}”, the first tier`,
        remedy: 'name a queue; later tiers stay in it unless they name another',
      }
    }
  }
}

function* checkQueue(
  resource: string,
  property: string,
  queue: string,
  queueNames: readonly string[],
): Generator<Finding> {
  if (queueNames.includes(queue)) return
  const meant = closestName(queue, queueNames)
  yield {
    severity: 'error',
    rule: 'unknown-queue',
    resource,
    property,
    message: `there is no queue “${queue}”`,
    remedy: meant ? `did you mean “${meant}”?` : 'declare it in queues',
  }
}

function* checkReach(resource: string, property: string, { tiers }: Filter): Generator<Finding> {
  const last = tiers.findIndex(
    ({ timeoutSeconds, skipIf }) => timeoutSeconds === undefined && !canHold(skipIf),
  )
  for (const [t, { name }] of tiers.entries()) {
    if (last === -1 || t <= last) continue
    yield {
      severity: 'error',
      rule: 'unreachable-tier',
      resource,
      property: `${property}.tiers[${t}]`,
      message: `“${name}” is never reached: “${tiers[last]?.name}” before it has no end`,
      remedy: `give tiers[${last}] a timeoutSeconds or a skipIf`,
    }
  }
}

function canHold(skipIf: string | undefined): boolean {
  if (skipIf === undefined) return false
  try {
    return !isAlwaysFalse(parseExpression(skipIf, 'skip-if'))
  } catch (error) {
    // Reported with its position where expressions are checked.
    if (error instanceof ExpressionError) return true
    throw error
  }
}

function* checkTaskTimeout(
  resource: string,
  property: string,
  { tiers }: Filter,
  { taskTimeoutSeconds = defaultTaskTimeoutSeconds }: Workflow,
): Generator<Finding> {
  let endsAt = 0
  for (const [t, { name, timeoutSeconds }] of tiers.entries()) {
    const beginsAt = endsAt
    endsAt += timeoutSeconds ?? 0
    if (endsAt <= taskTimeoutSeconds && beginsAt < taskTimeoutSeconds) continue
    const never = beginsAt >= taskTimeoutSeconds
    yield {
      severity: never ? 'error' : 'warning',
      rule: 'task-timeout',
      resource,
      property: `${property}.tiers[${t}].timeoutSeconds`,
      message: never
        ? `“${name}” would begin after ${beginsAt} s, but tasks live ${taskTimeoutSeconds} s`
        : `“${name}” would end after ${endsAt} s, but tasks live ${taskTimeoutSeconds} s`,
      remedy: 'shorten the tiers, or let tasks live longer (taskTimeoutSeconds)',
    }
  }
}

function* checkReservationTimeout(resource: string, workflow: Workflow): Generator<Finding> {
  if (workflow.reservationTimeoutSeconds === undefined) return
  const message = reservationTimeoutWarning(workflow.filters, workflow.reservationTimeoutSeconds)
  if (!message) return
  yield {
    severity: 'warning',
    rule: 'reservation-timeout',
    resource,
    property: 'reservationTimeoutSeconds',
    message,
    remedy: 'leave it out: the shortest tier decides then',
  }
}
