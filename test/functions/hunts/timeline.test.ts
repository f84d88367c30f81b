import assert from 'node:assert/strict'
import type { HistoryEntry, Hunt } from '../../../functions/hunts/hunt.ts'
import { newHunt } from '../../../functions/hunts/new-hunt.ts'
import { describeHunt } from '../../../functions/hunts/timeline.ts'
import { huntView } from '../../../schemas/index.ts'

const start = Date.UTC(2026, 0, 5, 9)
const names = ['alice', 'bob', 'carmen', 'diego']
const [alice, bob, carmen, diego] = [0, 1, 2, 3]

/** A hunt through two tiers of two agents, and what has happened so far: seconds since its start, what, and to whom. */
function hunt(
  happened: readonly (readonly [number, string, ...number[]])[],
  own: Partial<Hunt> = {},
): Hunt {
  const agents = new Map(names.map((name) => [`WK${name}`, { sid: `WK${name}`, name }]))
  const tiers = [
    { name: 'own team', seconds: 20, workers: ['WKalice', 'WKbob'] },
    { name: 'everyone', seconds: 30, workers: ['WKcarmen', 'WKdiego'] },
  ]
  const fresh = newHunt(
    {
      ...{ id: 'HU1', agents, conferenceSid: 'CF1', conferenceName: 'room' },
      ...{ request: { customerCallSid: 'CA1' }, rules: { tiers } },
    },
    start,
  )
  let tier = -1
  fresh.history = happened.map(([at, what, ...agents]): HistoryEntry => {
    if (what === 'tier') tier++
    for (const agent of agents) Object.assign(fresh.agents[agent] ?? {}, { state: what })
    return { at: start + at * 1000, what, tier, ...(agents.length > 0 ? { agents } : {}) }
  })
  return { ...fresh, tier, ...own }
}

/** Each tier's agents, those carried over in brackets. */
const tiersOf = (of: Hunt) =>
  describeHunt(of).tiers.map(({ agents }) =>
    agents.map((agent) => {
      const text = `${agent.name} ${agent.state}`
      return agent.carriedOver ? `(${text})` : text
    }),
  )

describe('describeHunt', () => {
  const secondTier = hunt([
    [0, 'started'],
    [0, 'tier'],
    [0, 'offered', alice, bob],
    [5, 'rejected', alice],
    [20, 'timedOut', bob],
    [20, 'tier'],
    [21, 'offered', bob, carmen, diego],
  ])

  it('shows a tier that has not begun with its own agents', () => {
    const first = hunt([
      [0, 'tier'],
      [0, 'offered', alice],
      [0, 'busy', bob],
    ])
    assert.deepEqual(tiersOf(first), [
      ['alice offered', 'bob busy'],
      ['carmen notOffered', 'diego notOffered'],
    ])
  })

  it('carries into a tier who did not reject, and shows what became of each in the one before', () => {
    assert.deepEqual(tiersOf(secondTier), [
      ['alice rejected', 'bob timedOut'],
      ['(bob offered)', 'carmen offered', 'diego offered'],
    ])
    assert.deepEqual(
      describeHunt(secondTier).agents.map(({ name, carriedOver }) => [name, carriedOver]),
      [
        ['alice', false],
        ['bob', true],
        ['carmen', false],
        ['diego', false],
      ],
    )
  })

  it('shows who was busy when the last tier ended as busy, until something else is known', () => {
    const busy = hunt([
      [0, 'tier'],
      [0, 'offered', alice],
      [0, 'busy', bob],
      [20, 'timedOut', alice],
      [20, 'tier'],
    ])
    assert.deepEqual(tiersOf(busy)[1], [
      '(alice notOffered)',
      '(bob busy)',
      'carmen notOffered',
      'diego notOffered',
    ])
  })

  it('says when each tier began and ended', () => {
    const ended = { state: 'accepted', endedAt: start + 31_000 } as const
    const [first, second] = describeHunt({ ...secondTier, ...ended }).tiers
    assert.equal(first?.startedAt, '2026-01-05T09:00:00.000Z')
    assert.equal(first?.endedAt, '2026-01-05T09:00:20.000Z')
    assert.equal(second?.startedAt, first?.endedAt)
    assert.equal(second?.endedAt, '2026-01-05T09:00:31.000Z')
  })

  it('fits its schema', () => {
    assert.deepEqual(huntView.problems(describeHunt(secondTier)), [])
  })
})
