import assert from 'node:assert/strict'
import fc from 'fast-check'
import type { Hunt } from '../../../functions/hunts/hunt.ts'
import { rowLeaseMs } from '../../../functions/store/row-machine.ts'
import type { FakeTask } from './fake-task-router.ts'
import { createSimulation, type Weather } from './simulation.ts'

const clear: Weather = {
  ...{ crashes: 0, lost: 0, unanswered: 0, duplicates: 0.3, lostEvents: 0, slow: 0, slowMs: 0 },
}
const storm: Weather = { ...clear, crashes: 0.02, lost: 0.05, unanswered: 0.05, lostEvents: 0.03 }
/** Each step takes longer than a creation is given before it is looked for, all of them less than the lease. */
const sluggish: Weather = { ...storm, slow: 0.2, slowMs: 3_000 }
/** Whoever has the lease may fall behind. */
const stuck: Weather = { ...storm, slow: 0.1, slowMs: 40_000 }
const workerSids = Array.from({ length: 6 }, (_, i) => `WK${String(i).padStart(32, '0')}`)
const ids = ['HU1', 'HU2']

/** How often each thing happened, over all schedules. */
const counts = new Map<string, number>()
const count = (what: string) => counts.set(what, (counts.get(what) ?? 0) + 1)

const occasions = [
  ...['event lost', 'event twice', 'event out of order', 'request lost', 'request unanswered'],
  ...['process died', 'store conflict', 'slow', 'belief checked'],
  ...['accepted at TaskRouter', 'rejected at TaskRouter', 'timeout at TaskRouter', 'task lost'],
  ...['busy', 'no-answer', 'failed', 'canceled', 'completed'].map((status) => `leg: ${status}`),
  ...[
    ...['offered', 'accepted', 'rejected', 'timedOut', 'rescinded', 'busy', 'away'],
    ...['resumed', 'skipped', 'unanswered', 'picked up', 'joined', 'left', 'customerLeft'],
    ...['exhausted', 'cancelled', 'failed', 'away from Twilio'],
  ].map((what) => `history: ${what}`),
]

describe('advanceHunt', () => {
  it('joins one agent at most and leaves nothing behind, in any order of events', () =>
    check(300, clear))

  it('does so whatever is lost, comes twice or dies in between', () => check(800, storm)).timeout(
    60_000,
  )

  it('does so however long each step takes', () => check(400, sluggish)).timeout(60_000)

  it('does so also when whoever is at it falls behind its time', () => check(600, stuck)).timeout(
    60_000,
  )

  it('meets in these schedules whatever may befall a hunt', () => {
    const rare = occasions.filter((what) => (counts.get(what) ?? 0) < 3)
    assert.deepEqual(rare, [], JSON.stringify(Object.fromEntries(counts)))
  })
})

function check(numRuns: number, weather: Weather): Promise<void> {
  return fc.assert(
    fc.asyncProperty(fc.integer(), (seed) => live(seed, weather)),
    { numRuns, endOnFailure: true },
  ) as Promise<void>
}

/** Two hunts for the same agents, who do whatever they like. */
async function live(seed: number, weather: Weather): Promise<void> {
  const random = createRandom(seed)
  const world = createSimulation(random, weather, count)
  const { pick } = world
  const inTime = weather.slow === 0 || weather.slowMs < rowLeaseMs / 4
  for (const sid of workerSids) world.workers.set(sid, { available: random() < 0.8 })
  const some = () => workerSids.filter(() => random() < 0.4)
  const tiers = () =>
    [some(), some(), some()]
      .filter((workers) => workers.length > 0)
      .map((workers) => ({ seconds: 5 + Math.floor(random() * 20), workers }))
  const started = ids.filter((id) => {
    const declared = tiers()
    if (declared.length > 0) world.start(id, declared, random() < 0.3)
    return declared.length > 0
  })
  for (let i = 0; i < 150; i++) {
    if (random() < 0.2) act()
    if (!(await world.goOn())) break
    if (weather === clear && world.isQuiet()) started.forEach(checkBelief)
  }
  world.calmDown()
  await untilQuiet()
  // A hunt whose process died before its first write is the sweeper's.
  world.later(600_000, world.sweep)
  await untilQuiet()

  assert.deepEqual(world.problems, [])
  const hunts = started.map((id) => world.hunt(id)).filter((hunt) => hunt !== undefined)
  for (const hunt of hunts) checkHunt(hunt)
  assert.deepEqual(world.listed(), [], 'the lists of open hunts are empty')
  if (inTime) {
    const keys = [...world.router.tasks.values()].map(({ attributes }) => attributes.hunt_task)
    assert.equal(new Set(keys).size, keys.length, 'no task is created twice')
    assert.deepEqual(world.lapses, [])
  }
  const left = [...world.router.tasks.values()].filter(
    ({ status }) => !['canceled', 'completed'].includes(status),
  )
  assert.deepEqual(left, [], 'no task is left')
  const live = [...world.phones.calls.values()].filter(world.phones.isLive)
  assert.deepEqual(live, [], 'no phone rings on and nobody is left on the line')

  function act(): void {
    const id = pick(started)
    // Mostly somebody who is asked, so that hunts come to something.
    const asked = world.hunt(id ?? '')?.agents.filter(({ state }) => state === 'offered') ?? []
    const workerSid = (random() < 0.7 && pick(asked)?.sid) || pick(workerSids)
    if (!id || !workerSid) return
    const dice = random()
    if (dice < 0.3) world.answer(id, 'accept', workerSid)
    else if (dice < 0.45) world.answer(id, 'reject', workerSid)
    else if (dice < 0.5) answerAtTaskRouter()
    else if (dice < 0.505) world.cancel(id)
    else if (dice < 0.515 || (dice < 0.56 && ownCalls().some(world.phones.isLive))) {
      world.customerLeaves(started)
    } else if (dice < 0.58) loseTask()
    else if (dice < 0.65) moveWorker(workerSid)
    else moveCall()
  }
  function answerAtTaskRouter(): void {
    const task = pick([...world.router.tasks.values()])
    const reservation = task && pick(task.reservations)
    const status = pick(['accepted', 'accepted', 'rejected', 'rejected', 'timeout']) ?? ''
    if (task && reservation && world.answerAtTaskRouter(task, reservation, status)) {
      count(`${status} at TaskRouter`)
    }
  }
  function loseTask(): void {
    const open = ({ status }: FakeTask) => ['pending', 'reserved'].includes(status)
    const task = pick([...world.router.tasks.values()].filter(open))
    const reason = pick(['a supervisor', 'Task TTL Exceeded']) ?? ''
    if (task && world.cancelTask(task, reason)) count('task lost')
  }
  function moveWorker(workerSid: string): void {
    world.workers.set(workerSid, { available: random() < 0.7 })
    world.router.offerAll()
  }
  function moveCall(from = [...world.phones.calls.values()]): void {
    const call = pick(from.filter(world.phones.isLive))
    if (!call) return
    if (call.status === 'in-progress') world.phones.move(call, 'completed')
    else
      world.phones.move(
        call,
        pick(['in-progress', 'in-progress', 'in-progress', 'busy', 'no-answer', 'failed']) ??
          'busy',
      )
  }
  /** Calls that are left to the people on them: that of a hunt's seat, and those of which no hunt knows. */
  function ownCalls() {
    const seats = started.map((id) => world.hunt(id)?.claim?.callSid)
    return [...world.phones.calls.values()].filter(
      (call) => !call.told || call.status === 'ringing' || seats.includes(call.sid),
    )
  }
  /** Phones that ring stop ringing, calls end, time passes, until nothing is to happen any more. */
  async function untilQuiet(): Promise<void> {
    for (let i = 0; i < 5_000; i++) {
      if (random() < 0.1) moveCall(ownCalls())
      if (!(await world.goOn())) {
        if (!ownCalls().some(world.phones.isLive)) return
        moveCall(ownCalls())
      }
    }
    assert.fail(`the hunts never come to rest: ${JSON.stringify(started.map(world.hunt))}`)
  }
  /** Who is offered the seat by the hunt's row is so at TaskRouter, and nobody else. */
  function checkBelief(id: string): void {
    const hunt = world.hunt(id)
    if (hunt?.state !== 'offering' || hunt.claim || hunt.runner) return
    if (hunt.tasks.some(({ phase, lookAt }) => phase !== 'open' || lookAt !== null)) return
    count('belief checked')
    const offered = hunt.agents.filter(({ state }) => state === 'offered').map(({ sid }) => sid)
    assert.deepEqual(world.askedFor(id).toSorted(), offered.toSorted(), JSON.stringify(hunt))
  }
  function checkHunt(hunt: Hunt): void {
    const about = JSON.stringify(hunt, null, 1)
    assert.notEqual(hunt.state, 'offering', about)
    assert.equal(hunt.closed, true, about)
    const calls = [...world.phones.calls.values()].filter(({ callback }) =>
      callback.includes(`hunt=${hunt.id}&`),
    )
    const answered = calls.filter((call) => call.answered)
    const joined = hunt.history.filter(({ what }) => what === 'joined')
    assert.equal(joined.length, hunt.state === 'accepted' ? 1 : 0, about)
    // Who falls behind may ring a phone late: it is hung up, but may have been picked up before.
    const inside = calls.filter((call) => call.joined)
    if (inTime || hunt.confirm) {
      assert(inside.length <= 1, `two agents were joined: ${about}`)
      if (hunt.state === 'exhausted') assert.equal(inside.length, 0, about)
    }
    for (const { what } of hunt.history) count(`history: ${what}`)
    for (const call of calls) count(`leg: ${call.status}`)
    if (hunt.state === 'accepted') assert(answered.length >= 1, about)
    const attempts = calls.map(({ callback }) => new URL(callback).searchParams.get('attempt'))
    assert.equal(new Set(attempts).size, attempts.length, `rung twice for one acceptance: ${about}`)
    checkHistory(hunt, about)
  }
}

/** Every offer has an end, and nobody is offered again who rejected. */
function checkHistory(hunt: Hunt, about: string): void {
  assert.equal(hunt.history[0]?.what, 'started', about)
  for (const agent of hunt.agents.keys()) {
    const own = hunt.history.filter(({ agents }) => agents?.includes(agent))
    const states = own.map(({ what }) => what)
    for (const [i, what] of states.entries()) {
      if (what !== 'offered') continue
      const next = states[i + 1]
      assert(
        next && ['accepted', 'rejected', 'timedOut', 'rescinded', 'busy', 'away'].includes(next),
        `an offer without an end: ${states} ${about}`,
      )
    }
    const rejected = states.indexOf('rejected')
    assert(
      rejected < 0 || !states.includes('offered', rejected),
      `offered after all: ${states} ${about}`,
    )
  }
}

/** Numbers from a seed (mulberry32), so that a failing run can be told again. */
function createRandom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}
