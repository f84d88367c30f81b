import assert from 'node:assert/strict'
import type { IncidentMetrics, IncidentView } from '../../schemas/index.ts'
import { describeNotes, toBars, toCallLines } from '../../web/index.ts'

const at = '2026-01-05T09:00:00.000Z'
const incident: IncidentView = {
  ...{ id: 'a', ticketNo: 'INC1', shortDescription: 'mail is down', state: 'hunting', why: null },
  ...{ createdAt: at, endsAt: at, endedAt: null, round: 1, acceptedBy: null, current: null },
  ...{ people: [], attempts: [], notes: [], timeline: [] },
}
const day = (more: Partial<IncidentMetrics['days'][number]>): IncidentMetrics['days'][number] => ({
  ...{ day: '2026-01-05', hunts: 0, accepted: 0, exhausted: 0, stopped: 0, failed: 0 },
  ...{ attempts: 0, escalations: 0, secondsToAcknowledge: null, secondsToResolve: null },
  ...{ escalationRate: null, ...more },
})

describe('toCallLines', () => {
  it('lists who was called, and the call that lasts after them', () => {
    const lines = toCallLines({
      ...incident,
      attempts: [
        {
          ...{ number: 1, name: 'Ada', list: 'agent', outcome: 'busy', executionSid: null },
          ...{ startedAt: at, endedAt: '2026-01-05T09:00:04.000Z' },
        },
      ],
      current: {
        ...{ number: 2, name: 'Mia', list: 'escalation', phase: 'live', executionSid: 'FN1' },
        since: '2026-01-05T09:00:05.000Z',
      },
    })
    assert.deepEqual(
      lines.map(({ name, escalation, outcome, since, until }) => [
        ...[name, escalation, outcome],
        until === null ? null : until - since,
      ]),
      [
        ['Ada', false, 'busy', 4_000],
        ['Mia', true, null, null],
      ],
    )
  })
})

describe('describeNotes', () => {
  const note = (phase: IncidentView['notes'][number]['phase']) => ({ at, text: 'x', phase })

  it('says nothing when all are written, and what keeps the others', () => {
    assert.equal(describeNotes({ ...incident, notes: [note('written')] }), '')
    assert.equal(
      describeNotes({ ...incident, notes: [note('parked'), note('parked'), note('waiting')] }),
      '2 notes parked until ServiceNow is back, 1 note on the way to ServiceNow',
    )
  })
})

describe('toBars', () => {
  it('stands the parts of a day on each other; the day with most hunts is the highest', () => {
    const [busy, quiet] = toBars([
      day({ hunts: 4, accepted: 2, stopped: 1, exhausted: 1, secondsToAcknowledge: 75 }),
      day({ day: '2026-01-06', hunts: 2, failed: 2 }),
    ])
    const heights = busy?.parts.map(({ height }) => height) ?? []
    assert.deepEqual(heights, [51, 25.5, 25.5])
    assert.deepEqual(
      busy?.parts.map(({ kind, y, height }) => [kind, y + height]),
      [
        ['accepted', 120],
        ['stopped', 69],
        ['unanswered', 43.5],
      ],
    )
    assert.equal(busy?.label, '1:15')
    assert.deepEqual(quiet?.parts, [{ kind: 'unanswered', y: 69, height: 51 }])
    assert.equal(quiet?.label, '')
  })
})
