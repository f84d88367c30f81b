import assert from 'node:assert/strict'
import { metricsOf } from '../../../functions/incidents/metrics.ts'
import type { IncidentRecord } from '../../../schemas/index.ts'

const at = Date.UTC(2026, 0, 5, 9)
const record = (more: Partial<IncidentRecord>): IncidentRecord => ({
  ...{ sysId: 'a', ticketNo: 'INC1', outcome: 'exhausted', createdAt: at, endedAt: at + 60_000 },
  ...{ acceptedBy: null, escalations: 0, attempts: [], ...more },
})

describe('metricsOf', () => {
  it('S3.24 tells time to acknowledge and to resolve, attempts and escalations of each day', () => {
    const accepted = record({
      ...{ outcome: 'accepted', acceptedBy: 'Mia', escalations: 1 },
      attempts: [
        { name: 'Ada', outcome: 'escalate', seconds: 20 },
        { name: 'Mia', outcome: 'accepted', seconds: 40 },
      ],
    })
    const exhausted = record({
      sysId: 'b',
      attempts: [{ name: 'Ada', outcome: 'noAnswer', seconds: 60 }],
    })
    const resolvedAt = new Map([['a', at + 3_600_000]])
    const { days, people } = metricsOf(
      ['2026-01-04', '2026-01-05'],
      [[], [accepted, exhausted]],
      resolvedAt,
    )
    assert.deepEqual(days, [
      {
        ...{ day: '2026-01-05', hunts: 2, accepted: 1, exhausted: 1, stopped: 0, failed: 0 },
        ...{ attempts: 3, escalations: 1, secondsToAcknowledge: 60, secondsToResolve: 3600 },
        escalationRate: 0.5,
      },
    ])
    assert.deepEqual(people, [
      {
        ...{ name: 'Ada', called: 2, accepted: 0, passedOn: 0, escalated: 1, undecided: 1 },
        ...{ secondsToDecide: 20, acceptanceRate: 0 },
      },
      {
        ...{ name: 'Mia', called: 1, accepted: 1, passedOn: 0, escalated: 0, undecided: 0 },
        ...{ secondsToDecide: 40, acceptanceRate: 1 },
      },
    ])
  })
})
