import type { CentreDeclaration } from '../../schemas/index.ts'
import { compileExpression } from '../expression/compile.ts'
import { ExpressionError } from '../expression/expression-error.ts'
import { parseExpression } from '../expression/parse.ts'
import { pathsOf } from '../expression/tree.ts'
import { expressionsOf } from './check-expressions.ts'
import { closestName } from './closest-name.ts'
import type { Finding } from './finding.ts'

const contactUri = /^(client:.+|sips?:.+@.+|\+[1-9][0-9]{1,14})$/
const expressionName = /^[\p{L}_$][\p{L}\p{N}_$]*$/u
// TaskRouter's limit on the text of a worker's attributes.
const longestAttributes = 4096

/** Attributes of every worker, as expressions and phones will use them. */
export function* checkWorkers(centre: CentreDeclaration): Generator<Finding> {
  const compared = comparedAttributes(centre)
  for (const [name, { attributes }] of Object.entries(centre.workers)) {
    const resource = `Worker ${name}`
    yield* checkContactUri(resource, attributes['contact_uri'])
    for (const [key, value] of Object.entries(attributes)) {
      const property = `attributes.${key}`
      yield* checkKey(resource, property, key, centre.attributes.worker)
      if (key !== 'contact_uri' && compared.has(key)) yield* checkValue(resource, property, value)
    }
    const { length } = JSON.stringify(attributes)
    if (length > longestAttributes) {
      yield {
        severity: 'error',
        rule: 'worker-attributes',
        resource,
        property: 'attributes',
        message: `are ${length} characters long; TaskRouter takes ${longestAttributes}`,
        remedy: 'keep what routing does not need elsewhere',
      }
    }
  }
}

/** Queues that no declared worker matches. Without a roster there is nothing to say: others keep it. */
export function* checkQueueMembers(
  { queues, workers }: CentreDeclaration,
  severity: Finding['severity'],
): Generator<Finding> {
  const roster = Object.values(workers)
  if (roster.length === 0) return
  for (const [name, { targetWorkers }] of Object.entries(queues)) {
    const matches = compileTargetWorkers(targetWorkers)
    if (!matches || roster.some(({ attributes }) => matches(attributes))) continue
    yield {
      severity,
      rule: 'no-worker-matches',
      resource: `TaskQueue ${name}`,
      property: 'targetWorkers',
      message: `none of the ${roster.length} declared workers matches ${targetWorkers || 'an empty expression'}`,
      remedy: 'change the expression, or declare a worker that it matches',
    }
  }
}

function compileTargetWorkers(
  text: string,
): ((attributes: Record<string, unknown>) => boolean) | null {
  // Empty is legal, and matches nobody.
  if (text === '') return () => false
  try {
    return compileExpression(parseExpression(text, 'task-queue'))
  } catch (error) {
    // Reported with its position where expressions are checked.
    if (error instanceof ExpressionError) return null
    throw error
  }
}

function* checkContactUri(resource: string, uri: unknown): Generator<Finding> {
  if (typeof uri === 'string' && contactUri.test(uri)) return
  yield {
    severity: uri === undefined ? 'warning' : 'error',
    rule: 'contact-uri',
    resource,
    property: 'attributes.contact_uri',
    message:
      uri === undefined
        ? 'is missing: calls cannot reach this worker'
        : `${JSON.stringify(uri)} is no address of a phone`,
    remedy: 'use client:<name>, sip:<user>@<host>, or a number in E.164 such as +12025550123',
  }
}

function* checkKey(
  resource: string,
  property: string,
  key: string,
  declared: readonly string[],
): Generator<Finding> {
  if (!expressionName.test(key)) {
    yield {
      severity: 'error',
      rule: 'hyphen',
      resource,
      property,
      message: `no expression can name “${key}”`,
      remedy: `call it ${key.replaceAll(/[^\p{L}\p{N}_$]/gu, '_').replace(/^(?=\d)/, '_')}`,
    }
  } else if (!declared.includes(key)) {
    const meant = closestName(key, declared)
    if (!meant) return
    yield {
      severity: 'warning',
      rule: 'unknown-attribute',
      resource,
      property,
      message: `“${key}” is not declared, and looks like “${meant}”`,
      remedy: `write ${meant}, or declare ${key} in attributes.worker`,
    }
  }
}

function* checkValue(resource: string, property: string, value: unknown): Generator<Finding> {
  for (const item of Array.isArray(value) ? value : [value]) {
    if (typeof item !== 'string' || !item.includes('-')) continue
    yield {
      severity: 'error',
      rule: 'hyphen',
      resource,
      property,
      message: `“${item}” has a hyphen, and expressions compare with this attribute`,
      remedy: `write ${item.replaceAll('-', '_')}`,
    }
  }
}

// Names of the worker attributes that some expression looks at.
function comparedAttributes(centre: CentreDeclaration): ReadonlySet<string> {
  const names = new Set<string>()
  for (const { text, context } of expressionsOf(centre)) {
    if (context !== 'task-queue' && context !== 'target') continue
    try {
      for (const { segments } of pathsOf(parseExpression(text, context))) {
        if (context === 'task-queue') names.add(String(segments[0]))
        else if (segments[0] === 'worker') names.add(String(segments[1]))
      }
    } catch (error) {
      if (!(error instanceof ExpressionError)) throw error
    }
  }
  return names
}
