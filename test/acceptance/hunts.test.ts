import assert from 'node:assert/strict'
import { type HuntingCentre, startHuntingCentre } from '../support/hunting.ts'

describe('a hunt', function () {
  this.timeout(30_000)
  let hunting: HuntingCentre
  before(async () => {
    hunting = await startHuntingCentre()
  })
  after(() => hunting?.centre.stop())
  beforeEach(() => hunting.reset())
  afterEach(async () => {
    const { centre } = hunting
    for (const call of centre.twilio.view().calls) {
      if (call.endedAt === null) centre.twilio.phones.hangUp(call.sid)
    }
    await hunting.seconds(60)
    assert.deepEqual(centre.twilio.view().tasks.filter(isLive), [], 'no task is left behind')
    const { body } = await centre.backOffice<{ hunts: unknown[] }>('GET', '/hunts')
    assert.deepEqual(body.hunts, [], 'no hunt is left open')
  })
  const isLive = ({ status }: { status: string }) => !['completed', 'canceled'].includes(status)
  const stateOf = async (id: string) => (await hunting.show(id)).state
  const agentsOf = async (id: string) =>
    Object.fromEntries((await hunting.show(id)).agents.map(({ name, state }) => [name, state]))

  it('offers tier 2 to its own agents and to those of tier 1 who did not reject', async () => {
    const { id } = await hunting.start({
      tiers: hunting.tiers(['alice', 'bob'], ['carmen', 'diego']),
    })
    assert.deepEqual(hunting.offered(), ['alice', 'bob'])
    assert.equal(await hunting.answer(id, 'alice', 'reject'), 'rejected')
    assert.deepEqual(hunting.offered(), ['bob'])
    await hunting.seconds(19.9)
    assert.deepEqual(hunting.offered(), ['bob'])
    await hunting.seconds(0.1)
    assert.deepEqual(hunting.offered(), ['bob', 'carmen', 'diego'])
    assert.deepEqual(await agentsOf(id), {
      ...{ alice: 'rejected', bob: 'offered', carmen: 'offered', diego: 'offered' },
    })
  })

  it('adds the first who accepts to the conference, and withdraws all other offers at once', async () => {
    const { id } = await hunting.start({ tiers: hunting.tiers(['alice', 'bob', 'carmen']) })
    assert.equal(await hunting.answer(id, 'bob', 'accept'), 'accepted')
    assert.deepEqual(hunting.offered(), [])
    assert.equal(await stateOf(id), 'offering')
    await hunting.seconds(1)
    assert.equal(await stateOf(id), 'accepted')
    assert.deepEqual(hunting.legs(), ['bob in-progress'])
    assert.deepEqual(await agentsOf(id), {
      ...{ alice: 'rescinded', bob: 'accepted', carmen: 'rescinded' },
    })
    assert.equal(await hunting.answer(id, 'carmen', 'accept'), 'already-taken')
  })

  it('joins one of two who accept in the same instant; the other hears that it is taken', async () => {
    const { id } = await hunting.start({
      tiers: hunting.tiers(['alice', 'bob', 'carmen', 'diego']),
    })
    const names = ['alice', 'bob', 'carmen', 'diego']
    const results = await Promise.all(names.map((name) => hunting.answer(id, name, 'accept')))
    assert.deepEqual(results.toSorted(), [
      'accepted',
      ...Array.from({ length: 3 }, () => 'already-taken'),
    ])
    await hunting.seconds(2)
    assert.deepEqual(hunting.legs(), [`${names[results.indexOf('accepted')]} in-progress`])
  })
})
