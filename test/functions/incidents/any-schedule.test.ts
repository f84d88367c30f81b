import assert from 'node:assert/strict'
import fc from 'fast-check'
import { attemptKey, type Incident } from '../../../functions/incidents/incident.ts'
import type { RosterEntry } from '../../../schemas/index.ts'
import { createSimulation, type Weather } from './simulation.ts'

const clear: Weather = {
  ...{ crashes: 0, lost: 0, unanswered: 0, duplicates: 0, lostEvents: 0, conflicts: 0 },
}
const storm: Weather = {
  ...{
    crashes: 0.02,
    lost: 0.04,
    unanswered: 0.05,
    duplicates: 0.3,
    lostEvents: 0.05,
    conflicts: 0.03,
  },
}
const ids = ['a', 'b'].map((letter) => letter.repeat(32))
const names = ['Ada', 'Ben', 'Cleo', 'Dan', 'Eve']

describe('advanceIncident', () => {
  it('calls one person at a time and comes to an end, in any order of events', () =>
    check(100, clear))

  it('S3.12, S3.14, S3.20 does so whatever is lost, comes twice or dies in between, and writes each note once', () =>
    check(300, storm))
})

function check(numRuns: number, weather: Weather): Promise<void> {
  return fc.assert(
    fc.asyncProperty(fc.integer(), (seed) => live(seed, weather)),
    {
      numRuns: Number(process.env['RUNS'] ?? numRuns),
      endOnFailure: true,
      ...(process.env['SEED'] ? { seed: Number(process.env['SEED']) } : {}),
    },
  ) as Promise<void>
}

/** Two incidents for the same people. */
async function live(seed: number, weather: Weather): Promise<void> {
  const random = createRandom(seed)
  const people = names.map((name, i) => person(name, i, random))
  const some = (share: number) => people.filter(() => random() < share)
  const attemptsPerPerson = 1 + Math.floor(random() * 3)
  const world = createSimulation(random, weather, {
    // At least one agent: an empty list is refused.
    roster: { agent_list: [...some(0.5), ...people.slice(0, 1)], escalation_list: some(0.4) },
    attemptsPerPerson,
    rounds: 1 + Math.floor(random() * 3),
    totalMinutes: 5 + Math.floor(random() * 60),
    afterAgents: random() < 0.5 ? 'end' : 'escalate',
  })
  for (const id of ids) {
    world.incidents.set(id, { state: '1', assigned_to: '', journal: '' })
    world.later(random() * 5_000, () => world.start(id))
  }
  for (let i = 0; i < 400; i++) {
    if (random() < 0.05) act()
    if (!(await world.goOn())) break
  }
  world.calmDown()
  await untilQuiet()
  // What died before its first job was set is the sweeper's.
  world.later(600_000, world.sweep)
  await untilQuiet()

  assert.deepEqual(world.problems, [])
  for (const id of ids) {
    const hunt = world.hunt(id)
    if (hunt) checkHunt(hunt)
  }
  assert.deepEqual(world.listed(), [], 'the lists of open hunts and notes are empty')

  function act(): void {
    const id = world.pick(ids) ?? ''
    const incident = world.incidents.get(id)
    const dice = random()
    if (dice < 0.3) world.start(id)
    else if (dice < 0.6) world.tellAgain()
    else if (dice < 0.7) world.downForTenMinutes()
    else if (dice < 0.8) world.away.add(workerOf(Math.floor(random() * 5)))
    else if (dice < 0.9) world.away.clear()
    else if (dice < 0.92) world.stop(id)
    else if (incident && dice < 0.95) incident.assigned_to = 'somebody'
    else if (incident && dice < 0.96) incident.state = '6'
    else world.sweep()
  }
  async function untilQuiet(): Promise<void> {
    for (let i = 0; i < 20_000; i++) if (!(await world.goOn())) return
    assert.fail(`the hunts never come to rest: ${JSON.stringify(ids.map(world.hunt))}`)
  }
  function checkHunt(hunt: Incident): void {
    const about = JSON.stringify(hunt, null, 1)
    assert.notEqual(hunt.state, 'hunting', about)
    assert.equal(hunt.closed, true, about)
    const own = world.executions.filter(({ parameters }) => parameters['sys_id'] === hunt.id)
    for (const { status } of own) assert.equal(status, 'ended', about)
    const keys = own.map(({ parameters }) => parameters['attempt'])
    assert.equal(new Set(keys).size, keys.length, `an attempt called twice: ${keys} ${about}`)
    for (const { phone_no: phone } of people) {
      const calls = own.filter(({ contact }) => contact === phone)
      assert(calls.length <= attemptsPerPerson, `${phone} was called too often: ${about}`)
    }
    const accepted = own.filter(({ outcome }) => outcome === 'accepted')
    assert(accepted.length <= 1, `two people accepted: ${about}`)
    if (hunt.state === 'accepted') assert.equal(accepted.length, 1, JSON.stringify(own) + about)
    checkNotes(hunt, about)
  }
  function checkNotes(hunt: Incident, about: string): void {
    const { journal } = world.incidents.get(hunt.id) ?? { journal: '' }
    for (const { number } of hunt.attempts) {
      const times = journal.split(`[${attemptKey(hunt, number)}]`).length - 1
      assert.equal(times, 1, `the note of attempt ${number} is there ${times} times: ${about}`)
    }
    assert.equal(journal.split('-end]').length - 1, 1, `one line at the end: ${journal} ${about}`)
    const keys = [...journal.matchAll(/\[([^\]]+)\]/g)].map(([, key]) => key)
    assert.equal(new Set(keys).size, keys.length, `a note stands there twice: ${journal}`)
    const acceptances = journal.split('was accepted by').length - 1
    assert.equal(acceptances, hunt.state === 'accepted' ? 1 : 0, journal)
  }
}

function person(name: string, i: number, random: () => number): RosterEntry {
  return {
    ...{ name, role: 'engineer', phone_no: `+1202555010${i}` },
    ...(random() < 0.3 ? { worker_sid: workerOf(i) } : {}),
    ...(random() < 0.3 ? { assigned_to: name } : {}),
    ...(random() < 0.2 ? { on_call: { time_zone: 'UTC', open: [] } } : {}),
  }
}

function workerOf(i: number): string {
  return `WK${String(i).padStart(32, '0')}`
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
