import assert from 'node:assert/strict'
import { checkCentre, describeFinding, type Finding } from '../../../routing/index.ts'
import type { CentreDeclaration } from '../../../schemas/index.ts'

type Workflow = CentreDeclaration['workflows'][string]
type Tier = Workflow['filters'][number]['tiers'][number]

/** Its workflow: Spanish callers, two tiers. */
export const calls: Workflow = {
  friendlyName: 'Calls',
  filters: [
    {
      name: 'Spanish',
      expression: 'selected_language == "es"',
      tiers: [
        { name: 'first line', queue: 'spanish', timeoutSeconds: 8 },
        { name: 'anyone', queue: 'anyone', workers: 'worker.skills HAS "calls"' },
      ],
    },
  ],
  defaultQueue: 'anyone',
}

/** A small centre that is sound. */
export const centre: CentreDeclaration = {
  attributes: { task: ['selected_language'], worker: ['languages', 'skills', 'contact_uri'] },
  activities: {
    offline: { friendlyName: 'Offline', available: false },
    available: { friendlyName: 'Available', available: true },
    'wrap-up': { friendlyName: 'Wrap-Up', available: false },
  },
  defaultActivity: 'offline',
  timeoutActivity: 'offline',
  taskChannels: { voice: { friendlyName: 'Voice', uniqueName: 'voice' } },
  workers: {
    carmen: {
      friendlyName: 'carmen',
      attributes: { languages: ['es'], skills: ['calls'], contact_uri: 'client:carmen' },
    },
  },
  queues: {
    spanish: { friendlyName: 'Spanish', targetWorkers: 'languages HAS "es"' },
    anyone: { friendlyName: 'Anyone', targetWorkers: '1==1' },
  },
  workflows: { calls },
  phoneNumbers: { main: { friendlyName: 'Main', phoneNumber: '+12025550100' } },
}

/** The one finding about the centre with some of it replaced. */
export function onlyFinding(
  change: Partial<CentreDeclaration>,
  options?: { strict: boolean },
): Finding {
  const findings = checkCentre({ ...centre, ...change }, options)
  assert.equal(findings.length, 1, findings.map(describeFinding).join('\n'))
  return findings[0] as Finding
}

/** The workflow’s filter, changed. */
export function withFilter(
  change: Partial<Workflow['filters'][number]>,
): Partial<CentreDeclaration> {
  const [filter] = calls.filters
  assert.ok(filter)
  return { workflows: { calls: { ...calls, filters: [{ ...filter, ...change }] } } }
}

/** The filter with other tiers. */
export function withTiers(...tiers: Tier[]): Partial<CentreDeclaration> {
  return withFilter({ tiers })
}

/** The queue of Spanish callers with another expression. */
export function withQueue(targetWorkers: string): Partial<CentreDeclaration> {
  return { queues: { ...centre.queues, spanish: { friendlyName: 'Spanish', targetWorkers } } }
}

/** The one worker with other attributes. */
export function withAttributes(attributes: Record<string, unknown>): Partial<CentreDeclaration> {
  const carmen = { languages: ['es'], skills: ['calls'], contact_uri: 'client:carmen' }
  return {
    workers: { carmen: { friendlyName: 'carmen', attributes: { ...carmen, ...attributes } } },
  }
}
