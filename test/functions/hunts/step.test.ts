import assert from 'node:assert/strict'
import { begin, nextEffect } from '../../../functions/hunts/effect.ts'
import type { Hunt } from '../../../functions/hunts/hunt.ts'
import { newHunt } from '../../../functions/hunts/new-hunt.ts'
import { type HuntEvent, step } from '../../../functions/hunts/step.ts'

const start = Date.UTC(2026, 0, 5, 9)
const sidOf = (agent: number) => `WK${String(agent).padStart(32, '0')}`

/** A hunt that has just started, for agents by their numbers. */
function hunt(
  tiers: readonly (readonly number[])[],
  own: { readonly confirm?: boolean } = {},
): Hunt {
  const rules = {
    tiers: tiers.map((agents) => ({ seconds: 20, workers: agents.map(sidOf) })),
    ...own,
  }
  const sids = [...new Set(tiers.flat())].map(sidOf)
  const agents = new Map(sids.map((sid) => [sid, { sid, name: sid.slice(-2) }]))
  const request = { customerCallSid: 'CA1' }
  const conference = { conferenceSid: 'CF1', conferenceName: 'room' }
  return step(
    newHunt({ id: 'HU1', request, rules, agents, ...conference }, start),
    { kind: 'start' },
    start,
  )
}

function happen(before: Hunt, events: readonly HuntEvent[], at = start): Hunt {
  return events.reduce((current, event) => step(current, event, at), before)
}

/** All its tasks made, and reserved by everybody they are for. */
function offeredToAll(before: Hunt, at = start): Hunt {
  let current = before
  for (;;) {
    const effect = nextEffect(current, at)
    if (effect?.kind === 'end-task') {
      current = happen(current, [{ kind: 'task-ended', key: effect.task.key }], at)
    } else if (effect?.kind === 'create-task') {
      begin(current, effect, at)
      const { key } = effect.task
      current = happen(current, [{ kind: 'task-made', key, sid: `WT${key}` }], at)
    } else if (effect?.kind === 'look-task') {
      const { key, workers } = effect.task
      const reservations = workers.map((agent) => ({
        ...{ sid: `WR${key}${agent}`, status: 'pending' },
        workerSid: current.agents[agent]?.sid ?? '',
      }))
      current = happen(current, [{ kind: 'task-look', key, reservations, available: [] }], at)
    } else return current
  }
}

const accepted = (before: Hunt, agent: number) =>
  happen(offeredToAll(before), [
    { kind: 'accept', workerSid: sidOf(agent) },
    { kind: 'seat-held', attempt: 1, held: true },
    { kind: 'leg', attempt: 1, callSid: 'CA7', status: 'ringing' },
  ])
const statesOf = ({ agents }: Hunt) => agents.map(({ state }) => state)

describe('step', () => {
  it('offers to more agents than TaskRouter reserves at once in batches of 50', () => {
    const everybody = Array.from({ length: 120 }, (_, agent) => agent)
    const { tasks } = hunt([everybody])
    assert.deepEqual(
      tasks.map(({ workers }) => workers.length),
      [50, 50, 20],
    )
  })

  it('offers once to an agent who is in two tiers', () => {
    const second = step(
      offeredToAll(
        hunt([
          [1, 2],
          [2, 3],
        ]),
      ),
      { kind: 'tick' },
      start + 20_000,
    )
    const open = second.tasks.filter(({ phase }) => phase !== 'ending')
    assert.deepEqual(
      open.flatMap(({ workers }) => workers),
      [0, 1, 2],
    )
  })

  it('takes an answered and finished leg for the end, also when nobody told of the answer', () => {
    const done = happen(accepted(hunt([[1, 2]]), 1), [
      { kind: 'leg', attempt: 1, callSid: 'CA7', status: 'completed' },
    ])
    assert.equal(done.state, 'accepted')
    assert.equal(done.claim?.phase, 'over')
  })

  it('asks again for a leg that Twilio has not made, and gives up the agent after the third time', () => {
    const claimed = happen(offeredToAll(hunt([[1], [2]])), [
      { kind: 'accept', workerSid: sidOf(1) },
      { kind: 'seat-held', attempt: 1, held: true },
    ])
    const missing = (attempt: number): HuntEvent => ({
      ...{ kind: 'leg', attempt, callSid: null, status: 'missing' },
    })
    const again = happen(claimed, [missing(1)])
    assert.equal(nextEffect(again, start)?.kind, 'create-leg')
    assert.equal(again.agents[0]?.state, 'accepted')
    const late = happen(again, [{ kind: 'leg', attempt: 1, callSid: 'CA8', status: 'ringing' }])
    assert.deepEqual(late.strays, ['CA8'], 'the one that turned up after all is hung up')
    const given = happen(again, [missing(2), missing(3), missing(4)])
    assert.equal(given.agents[0]?.state, 'timedOut')
  })

  it('takes no news of a reservation that is older than what it knows', () => {
    const offered = offeredToAll(hunt([[1, 2]]))
    const key = offered.tasks[0]?.key ?? ''
    const about = { kind: 'reservation', key, workerSid: sidOf(1), sid: `WR${key}0` } as const
    const late = happen(offered, [
      { ...about, status: 'timeout' },
      { ...about, status: 'pending' },
    ])
    assert.deepEqual(statesOf(late), ['timedOut', 'offered'])
  })

  it('takes a leg that ends without the key for one that nobody answered', () => {
    const hung = happen(accepted(hunt([[1, 2]], { confirm: true }), 1), [
      { kind: 'leg', attempt: 1, callSid: 'CA7', status: 'in-progress' },
      { kind: 'leg', attempt: 1, callSid: 'CA7', status: 'completed' },
    ])
    assert.equal(hung.state, 'offering')
    assert.deepEqual(statesOf(hung), ['timedOut', 'rescinded'])
  })

  it('hangs up a leg of an acceptance that is over', () => {
    const resumed = happen(accepted(hunt([[1, 2]]), 1), [
      { kind: 'leg', attempt: 1, callSid: 'CA7', status: 'busy' },
      { kind: 'leg', attempt: 1, callSid: 'CA8', status: 'in-progress' },
    ])
    assert.deepEqual(nextEffect(resumed, start), { kind: 'end-stray', callSid: 'CA8' })
    assert.equal(resumed.state, 'offering')
  })

  it('hangs up a leg that came after the hunt had ended', () => {
    const cancelled = happen(offeredToAll(hunt([[0]])), [
      { kind: 'accept', workerSid: sidOf(0) },
      { kind: 'seat-held', attempt: 1, held: true },
      { kind: 'cancel', reason: 'enough' },
      { kind: 'leg', attempt: 1, callSid: null, status: 'missing' },
      { kind: 'closed' },
    ])
    assert.equal(nextEffect(cancelled, start), null)
    const late = happen(cancelled, [{ kind: 'leg', attempt: 1, callSid: 'CA7', status: 'queued' }])
    assert.deepEqual(nextEffect(late, start), { kind: 'end-stray', callSid: 'CA7' })
    const ended = happen(late, [{ kind: 'stray-ended', callSid: 'CA7' }])
    assert.equal(nextEffect(ended, start), null)
  })

  it('joins the agent of the row also when TaskRouter gave the reservation to another', () => {
    const offered = offeredToAll(hunt([[1, 2]]))
    const key = offered.tasks[0]?.key ?? ''
    const both = happen(offered, [
      { kind: 'accept', workerSid: sidOf(1) },
      { kind: 'reservation', key, workerSid: sidOf(2), sid: `WR${key}1`, status: 'accepted' },
      { kind: 'seat-held', attempt: 1, held: false },
    ])
    assert.equal(both.claim?.agent, 0)
    assert.equal(nextEffect(both, start)?.kind, 'end-task')
  })

  it('takes an acceptance at TaskRouter itself as one here', () => {
    const offered = offeredToAll(hunt([[1, 2]]))
    const key = offered.tasks[0]?.key ?? ''
    const at = { key, workerSid: sidOf(2), sid: `WR${key}1`, status: 'accepted' }
    assert.equal(happen(offered, [{ kind: 'reservation', ...at }]).claim?.agent, 1)
  })

  it('says how a task that TaskRouter gave up ended the hunt', () => {
    const offered = offeredToAll(hunt([[1]]))
    const key = offered.tasks[0]?.key ?? ''
    for (const reason of ['Task TTL Exceeded', 'Max assignment count exceeded']) {
      const lost = happen(offered, [{ kind: 'task-lost', key, reason }])
      assert.deepEqual([lost.state, lost.why], ['failed', `its task was canceled: ${reason}`])
    }
  })

  it('leaves a hunt in the state that ended it, whatever comes later', () => {
    const offered = offeredToAll(hunt([[1, 2], [3]]))
    const key = offered.tasks[0]?.key ?? ''
    const ends: readonly HuntEvent[] = [
      { kind: 'cancel', reason: 'enough' },
      { kind: 'refused', reason: 'no such workflow' },
      { kind: 'customer-left', reason: 'gone' },
    ]
    const later: readonly HuntEvent[] = [
      ...ends,
      { kind: 'tick' },
      { kind: 'accept', workerSid: sidOf(1) },
      { kind: 'reject', workerSid: sidOf(2) },
      { kind: 'reservation', key, workerSid: sidOf(1), sid: `WR${key}0`, status: 'accepted' },
      { kind: 'task-lost', key, reason: 'Task TTL Exceeded' },
      { kind: 'leg', attempt: 1, callSid: 'CA7', status: 'in-progress' },
    ]
    for (const end of ends) {
      const ended = happen(offered, [end])
      const after = happen(ended, later, start + 60_000)
      assert.notEqual(ended.state, 'offering')
      assert.deepEqual([after.state, after.why, after.endedAt], [ended.state, ended.why, start])
    }
  })

  it('gives a tier that goes on no less than five seconds', () => {
    const late = start + 19_000
    const ringing = happen(
      offeredToAll(hunt([[1, 2]])),
      [{ kind: 'accept', workerSid: sidOf(1) }],
      late,
    )
    const news = { attempt: 1, callSid: 'CA7', status: 'no-answer' }
    const resumed = happen(
      ringing,
      [
        { kind: 'seat-held', attempt: 1, held: true },
        { kind: 'leg', ...news },
      ],
      late + 20_000,
    )
    assert.equal(resumed.tierEndsAt, late + 25_000)
  })
})
