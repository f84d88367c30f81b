import assert from 'node:assert/strict'
import type { HuntView } from '../../schemas/index.ts'
import { type HuntStep, outcomeOf, toSteps } from '../../web/index.ts'

type Tier = HuntView['tiers'][number]
type AgentState = Tier['agents'][number]['state']

const at = (seconds: number) => new Date(Date.UTC(2026, 0, 5, 9, 0, seconds)).toISOString()

/** Agents of a tier by name and state; in brackets those who were carried over. */
function tier(
  agents: Readonly<Record<string, AgentState>>,
  own: Partial<Tier> & { readonly carried?: readonly string[] } = {},
): Tier {
  const { carried = [], ...rest } = own
  return {
    ...{ name: 'own team', seconds: 20, startedAt: at(0), endedAt: null, skipped: null },
    agents: Object.entries(agents).map(([name, state]) => ({
      ...{ workerSid: `WK${name}`, name, state, carriedOver: carried.includes(name) },
    })),
    ...rest,
  }
}

function hunt(tiers: readonly Tier[], own: Partial<HuntView> = {}): HuntView {
  const names = new Set(tiers.flatMap(({ agents }) => agents.map(({ name }) => name)))
  return {
    ...{ id: 'HU1', state: 'offering', why: null, group: null, reason: null, createdBy: null },
    ...{ createdAt: at(0), endedAt: null, conferenceSid: 'CF1', customerCallSid: 'CA1' },
    ...{ tier: 1, tierEndsAt: at(20), seat: null, timeline: [] },
    tiers: [...tiers],
    agents: [...names].map((name) => ({
      ...{ workerSid: `WK${name}`, name, state: 'offered', carriedOver: false },
      tier: tiers.findIndex(({ agents }) => agents.some((agent) => agent.name === name)) + 1,
    })),
    ...own,
  }
}

const seat = (name: string, phase: NonNullable<HuntView['seat']>['phase']) => ({
  ...{ workerSid: `WK${name}`, name, phase, callSid: null },
})
const linesOf = (step: HuntStep | undefined) =>
  step?.agents.map(({ name, word, carried }) => [name, word, carried].filter(Boolean).join(', '))

describe('toSteps', () => {
  const later = tier({ carmen: 'notOffered' }, { startedAt: null, seconds: 30 })

  it('counts down the tier that is asked, and lets only its agents answer', () => {
    const [first, second] = toSteps(hunt([tier({ alice: 'offered', bob: 'rejected' }), later]))
    assert.equal(first?.phase, 'now')
    assert.equal(first?.endsAt, Date.parse(at(20)))
    assert.deepEqual(
      first?.agents.map(({ mayAnswer }) => mayAnswer),
      [true, false],
    )
    assert.equal(second?.phase, 'next')
    assert.equal(second?.endsAt, null)
    assert.deepEqual(linesOf(second), ['carmen'])
  })

  it('says who was carried into the next tier, and from where', () => {
    const states = { alice: 'rejected', bob: 'timedOut', eve: 'busy', zoe: 'away' } as const
    const [first, second] = toSteps(
      hunt(
        [
          tier(states, { endedAt: at(20) }),
          tier(
            { bob: 'offered', eve: 'busy', zoe: 'offered', carmen: 'offered' },
            { carried: ['bob', 'eve', 'zoe'], startedAt: at(20) },
          ),
        ],
        { tier: 2 },
      ),
    )
    assert.deepEqual(linesOf(first), [
      'alice, Rejected',
      'bob, Silent, on to tier 2',
      'eve, Busy, on to tier 2',
      'zoe, Away, on to tier 2',
    ])
    assert.equal(first?.note, '20 s')
    assert.deepEqual(linesOf(second), [
      'bob, Asked, from tier 1',
      'eve, Busy, from tier 1',
      'zoe, Asked, from tier 1',
      'carmen, Asked',
    ])
  })

  it('stops the countdown and takes no answers while somebody’s phone rings', () => {
    const states = { alice: 'accepted', bob: 'rescinded' } as const
    const [first] = toSteps(hunt([tier(states), later], { seat: seat('alice', 'ringing') }))
    assert.equal(first?.endsAt, null)
    assert.deepEqual(linesOf(first), ['alice, Phone rings', 'bob, Withdrawn'])
    assert(!first?.agents.some(({ mayAnswer }) => mayAnswer))
  })

  it('shows which tiers a hunt that is over did not need, and which it skipped', () => {
    const skipped = tier({ alice: 'away' }, { endedAt: at(1), skipped: 'nobody is available' })
    const joined = tier({ bob: 'accepted' }, { startedAt: at(1), endedAt: at(9) })
    const own = { state: 'accepted', tier: 2, seat: seat('bob', 'joined') } as const
    const steps = toSteps(hunt([skipped, joined, later], own))
    assert.deepEqual(
      steps.map(({ phase, note }) => [phase, note]),
      [
        ['past', 'skipped: nobody is available'],
        ['past', '8 s'],
        ['unused', 'not needed'],
      ],
    )
    assert.deepEqual(linesOf(steps[1]), ['bob, Joined'])
    assert.deepEqual(linesOf(steps[2]), ['carmen'])
  })
})

describe('outcomeOf', () => {
  const asked = [tier({ alice: 'offered' })]
  const wordOf = (own: Partial<HuntView>) => outcomeOf(hunt(asked, own)).word

  it('says in a few words how a hunt stands', () => {
    assert.equal(wordOf({}), 'Asking tier 1 of 1')
    assert.equal(wordOf({ seat: seat('alice', 'begun') }), 'alice’s phone rings')
    assert.equal(wordOf({ seat: seat('alice', 'answered') }), 'alice picked up')
    const accepted = { state: 'accepted' } as const
    assert.equal(wordOf({ ...accepted, seat: seat('alice', 'joined') }), 'alice joined')
    assert.equal(wordOf({ ...accepted, seat: seat('alice', 'over') }), 'alice joined, and has left')
    assert.equal(wordOf({ state: 'exhausted' }), 'Nobody joined')
    assert.equal(wordOf({ state: 'cancelled' }), 'Cancelled')
  })

  it('gives the reason of an end without anybody', () => {
    const why = 'the customer left'
    assert.equal(outcomeOf(hunt(asked, { state: 'cancelled', why })).why, why)
  })
})
