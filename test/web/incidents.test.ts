import assert from 'node:assert/strict'
import type { IncidentMetrics, IncidentView } from '../../schemas/index.ts'
import {
  describeNotes,
  describeOthers,
  type IncidentTicket,
  toCallLines,
  toIncidents,
  toPlot,
} from '../../web/index.ts'

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

  it('counts how far the notes are', () => {
    assert.equal(describeNotes([]), 'none yet')
    assert.equal(
      describeNotes([note('written'), note('parked'), note('parked'), note('waiting')]),
      '1 written, 1 on the way, 2 parked until ServiceNow is back',
    )
  })
})

describe('describeOthers', () => {
  const person = (name: string, calls: number, list: 'agent' | 'escalation' = 'agent') => ({
    ...{ name, list, calls, role: 'engineer', phone: '********0141', last: null },
  })

  it('names who was not called, and not the person who is being called', () => {
    const people = [person('Ada', 1), person('Ben', 0), person('Cy', 0)]
    const called = { number: 2, name: 'Ben', list: 'agent', phase: 'live' } as const
    const current = { ...called, executionSid: null, since: at }
    const hunt = { ...incident, current, people: [...people, person('Mia', 0, 'escalation')] }
    assert.equal(describeOthers(hunt), 'Not called: Cy, Mia (escalation)')
    assert.equal(describeOthers({ ...incident, people: [person('Ada', 2)] }), '')
  })
})

describe('toIncidents', () => {
  const ticket = (id: string, createdAt: string): IncidentTicket => ({
    ...{ id, createdAt, number: `INC${id}`, description: 'down', priority: '1 - Critical' },
    ...{ state: 'New', assignedTo: null, isOver: false },
  })

  it('puts hunts and incidents together, the newest first; either may be alone', () => {
    const hunted = { ...incident, id: 'a', createdAt: '2026-01-05T09:00:00.400Z' }
    const forgotten = { ...incident, id: 'z', createdAt: '2026-01-04T09:00:00.000Z' }
    const list = toIncidents(
      [ticket('b', '2026-01-05T10:00:00Z'), ticket('a', '2026-01-05T09:00:00Z')],
      [forgotten, hunted],
    )
    assert.deepEqual(
      list.map((one) => [one.id, one.ticket !== null, one.hunt !== null]),
      [
        ['b', true, false],
        ['a', true, true],
        ['z', false, true],
      ],
    )
    assert.equal(list[0]?.title, 'INCb · down')
  })
})

describe('toPlot', () => {
  it('stands the parts of a day on each other; the day with most incidents is the highest', () => {
    const secondsToAcknowledge = { mean: 60, median: 50, p90: 75 }
    const plot = toPlot(
      [
        day({ hunts: 4, accepted: 2, stopped: 1, exhausted: 1, secondsToAcknowledge }),
        day({ day: '2026-01-06', hunts: 2, failed: 2 }),
      ],
      444,
    )
    const [busy, quiet] = plot.days
    assert.equal(plot.topCount, 4)
    assert.equal(plot.topSeconds, 120, 'the next round time')
    assert.deepEqual([busy?.x, quiet?.x], [144, 344])
    assert.deepEqual(busy?.bars, [
      { kind: 'accepted', y: 158, height: 36 },
      { kind: 'stopped', y: 140, height: 18 },
      { kind: 'unanswered', y: 122, height: 18 },
    ])
    assert.equal(busy?.median, 28 + 56 * (1 - 50 / 120))
    assert.equal(busy?.p90, 28 + 56 * (1 - 75 / 120))
    assert.deepEqual(quiet?.bars, [{ kind: 'unanswered', y: 158, height: 36 }])
    assert.deepEqual([quiet?.median, quiet?.p90], [null, null], 'nobody accepted')
  })
})
