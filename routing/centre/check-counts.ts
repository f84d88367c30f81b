import type { CentreDeclaration } from '../../schemas/index.ts'
import { limits } from '../router/choices.ts'
import { compileTiers } from '../tiers.ts'
import type { Finding } from './finding.ts'

// As many as TaskRouter lets a workspace have; a new one comes with three activities and five task channels of its own.
const most = {
  activities: { kind: 'Activity', count: 100, words: 'activities' },
  queues: { kind: 'TaskQueue', count: 5_000, words: 'queues' },
  workers: { kind: 'Worker', count: 15_000, words: 'workers' },
} as const

/** More of something than a workspace has room for, and workflows that are too large. */
export function* checkCounts(centre: CentreDeclaration): Generator<Finding> {
  for (const section of ['activities', 'queues', 'workers'] as const) {
    const names = Object.keys(centre[section])
    const { kind, count, words } = most[section]
    if (names.length <= count) continue
    yield {
      severity: 'error',
      rule: 'too-many',
      resource: `${kind} ${names[count]}`,
      property: '',
      message: `is one too many: ${names.length} ${words} are declared, and a workspace has ${count} at most`,
      remedy: 'declare fewer, or use a second workspace',
    }
  }
  for (const [name, { filters, defaultQueue }] of Object.entries(centre.workflows)) {
    // Reported where tiers are checked.
    if (filters.some(({ tiers }) => tiers[0]?.queue === undefined)) continue
    // Queues stand there by their SIDs, which are 34 characters long.
    const document = JSON.stringify(
      compileTiers({ filters, ...(defaultQueue ? { defaultQueue } : {}) }),
      (key, value) => (key === 'queue' ? 'x'.repeat(34) : value),
    )
    const bytes = new TextEncoder().encode(document).length
    if (bytes <= limits.workflowBytes) continue
    yield {
      severity: 'error',
      rule: 'too-many',
      resource: `Workflow ${name}`,
      property: 'filters',
      message: `are ${bytes} bytes as JSON, and TaskRouter takes ${limits.workflowBytes}`,
      remedy: 'use fewer filters, or split the workflow',
    }
  }
}
