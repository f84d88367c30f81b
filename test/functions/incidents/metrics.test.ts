import assert from 'node:assert/strict'
import { execute } from '../../../functions/incidents/execute.ts'
import { getIncidentMetrics, metricsOf } from '../../../functions/incidents/metrics.ts'
import type { IncidentMetrics, IncidentRecord } from '../../../schemas/index.ts'
import { sysId } from './hunting.ts'
import { createSmallWorld } from './small-world.ts'

const at = Date.UTC(2026, 0, 5, 9)
const record = (more: Partial<IncidentRecord>): IncidentRecord => ({
  ...{ sysId: 'a', ticketNo: 'INC1', outcome: 'exhausted', createdAt: at, endedAt: at + 60_000 },
  ...{ acceptedBy: null, escalations: 0, attempts: [], ...more },
})
const accepted = (seconds: number) =>
  record({ outcome: 'accepted', acceptedBy: 'Ada', endedAt: at + seconds * 1000 })
const measured = { timeZone: 'UTC', days: ['2026-01-05'], resolvedAt: new Map<string, number>() }
const always = (seconds: number) => ({ mean: seconds, median: seconds, p90: seconds })

describe('metricsOf', () => {
  it('S3.24 tells time to acknowledge and to resolve, attempts and escalations of each day', () => {
    const byMia = record({
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
    const { days, total, people } = metricsOf({
      ...{ timeZone: 'UTC', days: ['2026-01-04', '2026-01-05'], records: [byMia, exhausted] },
      resolvedAt: new Map([['a', at + 3_600_000]]),
    })
    assert.deepEqual(
      days.map(({ day, hunts }) => [day, hunts]),
      [
        ['2026-01-04', 0],
        ['2026-01-05', 2],
      ],
    )
    assert.deepEqual(total, {
      ...{ hunts: 2, accepted: 1, exhausted: 1, stopped: 0, failed: 0 },
      ...{ attempts: 3, escalations: 1, escalationRate: 0.5 },
      ...{ secondsToAcknowledge: always(60), secondsToResolve: always(3600) },
    })
    assert.deepEqual(days[1], { day: '2026-01-05', ...total })
    assert.deepEqual(people, [
      {
        ...{ name: 'Ada', called: 2, accepted: 0, passedOn: 0, escalated: 1, undecided: 1 },
        ...{ secondsToDecide: always(20), acceptanceRate: 0 },
      },
      {
        ...{ name: 'Mia', called: 1, accepted: 1, passedOn: 0, escalated: 0, undecided: 0 },
        ...{ secondsToDecide: always(40), acceptanceRate: 1 },
      },
    ])
  })

  it('S3.24 tells median and 90th percentile, which one long search does not spoil', () => {
    const spread = (...seconds: number[]) =>
      metricsOf({ ...measured, records: seconds.map(accepted) }).total.secondsToAcknowledge
    assert.deepEqual(spread(), null)
    assert.deepEqual(spread(30, 10), { mean: 20, median: 20, p90: 30 })
    assert.deepEqual(spread(1, 2, 3, 4, 5, 6, 7, 8, 9, 955), { mean: 100, median: 5.5, p90: 9 })
  })

  it('counts by the days of a time zone, and leaves out what lies before them', () => {
    const lateOnTheFourth = record({ createdAt: Date.UTC(2026, 0, 5, 7, 59) })
    const onTheFifth = record({ createdAt: Date.UTC(2026, 0, 5, 8) })
    const { days, total } = metricsOf({
      ...{ ...measured, timeZone: 'America/Los_Angeles' },
      records: [lateOnTheFourth, onTheFifth],
    })
    assert.deepEqual([days[0]?.hunts, total.hunts], [1, 1])
  })
})

describe('getIncidentMetrics', () => {
  const ask = async (query: string) => {
    const { services, end, pass } = createSmallWorld()
    const form = { sys_id: sysId, ticket_no: 'INC0010001' }
    await execute(form, services)
    await execute({ flow_execution_id: end('accepted') }, services)
    await pass(1_000)
    const request = { query: new URLSearchParams(query), params: {} } as never
    return (await getIncidentMetrics(undefined, services, request)).jsonBody as IncidentMetrics
  }

  it('counts by days of the time zone that is asked for, or of UTC', async () => {
    const days = async (query: string) => (await ask(query)).days.map(({ day }) => day)
    assert.deepEqual(await days('days=2'), ['2026-01-04', '2026-01-05'])
    assert.deepEqual(await days('days=1&timeZone=Pacific/Kiritimati'), ['2026-01-05'])
    const { timeZone, total } = await ask('days=1&timeZone=Pacific/Kiritimati')
    assert.deepEqual([timeZone, total.accepted], ['Pacific/Kiritimati', 1])
    await assert.rejects(ask('timeZone=Mars/Olympus'), /timeZone must be an IANA name/)
  })
})
