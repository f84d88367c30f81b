import { type CentreDeclaration, centreDeclaration } from '../schemas/index.ts'
import { checkCounts } from './centre/check-counts.ts'
import { checkExpression, expressionsOf } from './centre/check-expressions.ts'
import { checkFlows } from './centre/check-flows.ts'
import { checkTierWorkers } from './centre/check-tier-workers.ts'
import { checkQueueMembers, checkWorkers } from './centre/check-workers.ts'
import { checkWorkflows } from './centre/check-workflows.ts'
import { closestName } from './centre/closest-name.ts'
import type { Finding } from './centre/finding.ts'
import { vocabularyOf } from './centre/vocabulary.ts'

/**
 * Finds what is wrong with a centre as a whole, which no resource alone can know: names that are not declared, workers that no queue
 * matches, tiers that are never reached. Errors come first. With `strict`, a queue without workers is an error.
 */
export function checkCentre(
  declaration: CentreDeclaration,
  { strict = false }: { readonly strict?: boolean } = {},
): readonly Finding[] {
  const misshapen = [...checkShape(declaration)]
  // The other checks rely on the shape.
  if (misshapen.length > 0) return misshapen
  const vocabulary = vocabularyOf(declaration)
  const findings = [
    ...checkAttributeNames(declaration),
    ...checkActivities(declaration),
    ...checkFriendlyNames(declaration),
    ...checkWorkers(declaration),
    ...expressionsOf(declaration).flatMap((placed) => [...checkExpression(placed, vocabulary)]),
    ...checkQueueMembers(declaration, strict ? 'error' : 'warning'),
    ...checkWorkflows(declaration),
    ...checkTierWorkers(declaration),
    ...checkCounts(declaration),
    ...checkFlows(declaration),
    ...checkPhoneNumbers(declaration),
  ]
  return [
    ...findings.filter(({ severity }) => severity === 'error'),
    ...findings.filter(({ severity }) => severity === 'warning'),
  ]
}

const kinds = {
  activities: 'Activity',
  taskChannels: 'TaskChannel',
  workers: 'Worker',
  queues: 'TaskQueue',
  workflows: 'Workflow',
  flows: 'Flow',
  phoneNumbers: 'IncomingPhoneNumber',
} as const

function* checkShape(declaration: CentreDeclaration): Generator<Finding> {
  for (const { path, message } of centreDeclaration.problems(declaration)) {
    const [section = ''] = path.split('.')
    const kind = Object.entries(kinds).find(([known]) => known === section)?.[1]
    const inner = path.slice(section.length + 1)
    // A name may hold dots itself.
    const name = Object.keys(declaration[section as keyof typeof kinds] ?? {}).find(
      (known) => inner === known || inner.startsWith(`${known}.`),
    )
    const place =
      kind && name !== undefined
        ? { resource: `${kind} ${name}`, property: inner.slice(name.length + 1) }
        : { resource: 'Workspace', property: path }
    yield {
      severity: 'error',
      rule: 'shape',
      ...place,
      message,
      remedy: 'correct the declaration',
    }
  }
}

function* checkAttributeNames({ attributes }: CentreDeclaration): Generator<Finding> {
  for (const whose of ['task', 'worker'] as const) {
    for (const [i, name] of attributes[whose].entries()) {
      if (!name.includes('-')) continue
      yield {
        severity: 'error',
        rule: 'hyphen',
        resource: 'Workspace',
        property: `attributes.${whose}[${i}]`,
        message: `no expression can name “${name}”`,
        remedy: `call it ${name.replaceAll('-', '_')}`,
      }
    }
  }
}

function* checkActivities(centre: CentreDeclaration): Generator<Finding> {
  const { activities, defaultActivity, timeoutActivity, workers } = centre
  yield* checkActivity('Workspace', 'defaultActivity', defaultActivity, activities)
  yield* checkActivity('Workspace', 'timeoutActivity', timeoutActivity, activities)
  if (activities[timeoutActivity]?.available) {
    yield {
      severity: 'warning',
      rule: 'activity-role',
      resource: 'Workspace',
      property: 'timeoutActivity',
      message: `“${timeoutActivity}” is available: who lets a task ring gets it again and again`,
      remedy: 'name an activity that is not available',
    }
  }
  for (const [name, { activity }] of Object.entries(workers)) {
    if (activity !== undefined) {
      yield* checkActivity(`Worker ${name}`, 'activity', activity, activities)
    }
  }
}

function* checkActivity(
  resource: string,
  property: string,
  activity: string,
  activities: CentreDeclaration['activities'],
): Generator<Finding> {
  if (Object.hasOwn(activities, activity)) return
  const known = Object.keys(activities)
  const meant = closestName(activity, known)
  yield {
    severity: 'error',
    rule: 'unknown-activity',
    resource,
    property,
    message: `there is no activity “${activity}”`,
    remedy: meant ? `did you mean “${meant}”?` : `use one of ${known.join(', ')}, or declare it`,
  }
}

// TaskRouter refuses the second of a name, and tells upper from lower case nowhere.
function* checkFriendlyNames(declaration: CentreDeclaration): Generator<Finding> {
  for (const section of ['activities', 'workers', 'queues', 'workflows'] as const) {
    const owners = new Map<string, string>()
    for (const [name, { friendlyName }] of Object.entries(declaration[section])) {
      const key = friendlyName.toLowerCase()
      const owner = owners.get(key)
      if (owner === undefined) {
        owners.set(key, name)
        continue
      }
      yield {
        severity: 'error',
        rule: 'same-name',
        resource: `${kinds[section]} ${name}`,
        property: 'friendlyName',
        message: `“${friendlyName}” is the name of “${owner}” already`,
        remedy: 'give each its own name',
      }
    }
  }
}

function* checkPhoneNumbers({ phoneNumbers, flows = {} }: CentreDeclaration): Generator<Finding> {
  for (const [name, { phoneNumber, flow }] of Object.entries(phoneNumbers)) {
    if (flow !== undefined && !Object.hasOwn(flows, flow)) {
      const known = Object.keys(flows)
      const meant = closestName(flow, known)
      yield {
        severity: 'error',
        rule: 'unknown-flow',
        resource: `IncomingPhoneNumber ${name}`,
        property: 'flow',
        message: `there is no flow “${flow}”`,
        remedy: meant ? `did you mean “${meant}”?` : `use one of ${known.join(', ') || 'its own'}`,
      }
    }
    if (/^\+[1-9][0-9]{6,14}$/.test(phoneNumber)) continue
    const digits = phoneNumber.replaceAll(/[^0-9]/g, '')
    yield {
      severity: 'error',
      rule: 'phone-number',
      resource: `IncomingPhoneNumber ${name}`,
      property: 'phoneNumber',
      message: `“${phoneNumber}” is not a number in E.164: +, country code, number, digits only`,
      remedy: digits.length >= 10 ? `did you mean +${digits}?` : 'write it like +12025550100',
    }
  }
}
