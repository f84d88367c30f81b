import assert from 'node:assert/strict'
import { type HuntingCentre, startHuntingCentre } from '../support/hunting.ts'

const tiers = (...all: readonly (readonly string[])[]) =>
  all.map((workers) => ({ seconds: 20, workers }))
const ownTimes = [30, 5, 12, 7]

/** All tiers of this suite. */
const declared = [
  tiers(['alice', 'bob'], ['carmen', 'diego']),
  tiers(['alice', 'bob', 'carmen']),
  tiers(['alice', 'bob', 'carmen', 'diego']),
  tiers(['alice', 'bob'], ['carmen']),
  tiers(['alice'], ['bob', 'carmen']),
  tiers(['alice', 'bob']),
  tiers(['alice', 'bob', 'carmen'], ['diego']),
  tiers(['alice']),
  tiers(['bob', 'carmen']),
  tiers(['bob']),
  tiers(['alice'], ['bob']),
  ['alice', 'bob', 'carmen', 'diego'].map((name, i) => ({
    ...{ seconds: ownTimes[i] ?? 0, workers: [name] },
  })),
]

describeHunts('with tiers of its own', () => startHuntingCentre())
describeHunts('of a group that the stack declares', () => startHuntingCentre(declared))

function describeHunts(way: string, start: () => Promise<HuntingCentre>) {
  describe(`a hunt ${way}`, () => {
    let hunting: HuntingCentre
    before(async () => {
      hunting = await start()
    })
    after(() => hunting?.stop())
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

    it('goes to the next tier at once when everybody has rejected', async () => {
      const { id } = await hunting.start({ tiers: hunting.tiers(['alice', 'bob'], ['carmen']) })
      await hunting.answer(id, 'alice', 'reject')
      await hunting.answer(id, 'bob', 'reject')
      assert.deepEqual(hunting.offered(), ['carmen'])
      await hunting.answer(id, 'carmen', 'reject')
      assert.equal(await stateOf(id), 'exhausted')
    })

    it('skips a tier in which nobody is available, and asks who becomes available while a tier runs', async () => {
      await hunting.move('alice', 'Offline')
      await hunting.move('carmen', 'Offline')
      const { id } = await hunting.start({ tiers: hunting.tiers(['alice'], ['bob', 'carmen']) })
      await hunting.seconds(1)
      assert.deepEqual(hunting.offered(), ['bob'])
      assert.deepEqual(await agentsOf(id), { alice: 'away', bob: 'offered', carmen: 'away' })
      await hunting.seconds(10)
      await hunting.move('carmen', 'Available')
      await hunting.move('alice', 'Available')
      assert.deepEqual(hunting.offered(), ['alice', 'bob', 'carmen'])
      await hunting.seconds(10)
      assert.equal(await stateOf(id), 'exhausted', 'the rest of the time, not more')
    })

    it('counts who is asked by another hunt as busy, not as rejecting', async () => {
      const first = await hunting.start({ tiers: hunting.tiers(['alice', 'bob']) })
      const second = await hunting.start({
        tiers: hunting.tiers(['alice', 'bob', 'carmen'], ['diego']),
      })
      assert.deepEqual(await agentsOf(second.id), {
        ...{ alice: 'busy', bob: 'busy', carmen: 'offered', diego: 'notOffered' },
      })
      assert.equal(await hunting.answer(first.id, 'alice', 'accept'), 'accepted')
      // Bob is free again: the other hunt asks him for the rest of its tier.
      assert.deepEqual(await agentsOf(second.id), {
        ...{ alice: 'busy', bob: 'offered', carmen: 'offered', diego: 'notOffered' },
      })
      assert.equal(await hunting.answer(second.id, 'alice', 'accept'), 'not-offered')
      await hunting.seconds(20)
      assert.deepEqual(hunting.offered(), ['bob', 'carmen', 'diego'])
      assert.equal(await hunting.answer(second.id, 'diego', 'accept'), 'accepted')
      await hunting.seconds(1)
      assert.deepEqual(hunting.legs().toSorted(), ['alice in-progress', 'diego in-progress'])
    })

    it('goes on in the same tier without an agent who accepted and does not answer', async () => {
      const { phones } = hunting.centre.twilio
      phones.setProfile({ address: 'client:alice', outcome: 'let-ring' })
      const { id } = await hunting.start({ tiers: hunting.tiers(['alice', 'bob'], ['carmen']) })
      await hunting.seconds(5)
      await hunting.answer(id, 'alice', 'accept')
      assert.deepEqual(hunting.legs(), ['alice ringing'])
      assert.deepEqual(hunting.offered(), [])
      await hunting.seconds(25)
      assert.deepEqual(hunting.legs(), [])
      assert.deepEqual(await agentsOf(id), {
        ...{ alice: 'timedOut', bob: 'offered', carmen: 'notOffered' },
      })
      await hunting.seconds(14.9)
      assert.deepEqual(hunting.offered(), ['bob'])
      await hunting.seconds(0.2)
      assert.deepEqual(hunting.offered(), ['alice', 'bob', 'carmen'])
    })

    it('treats a busy phone and one that cannot be reached the same', async () => {
      const { phones } = hunting.centre.twilio
      phones.setProfile({ address: 'client:alice', outcome: 'busy' })
      phones.setProfile({ address: 'client:bob', outcome: 'unreachable' })
      const { id } = await hunting.start({ tiers: hunting.tiers(['alice', 'bob', 'carmen']) })
      await hunting.answer(id, 'alice', 'accept')
      await hunting.seconds(2)
      await hunting.answer(id, 'bob', 'accept')
      await hunting.seconds(2)
      assert.equal(await hunting.answer(id, 'carmen', 'accept'), 'accepted')
      await hunting.seconds(2)
      assert.equal(await stateOf(id), 'accepted')
      const { timeline } = await hunting.show(id)
      assert.match(
        timeline.map(({ text }) => text).join('\n'),
        /alice accepted, but could not be joined: busy/,
      )
    })

    it('rings nobody else when the leg was answered and is over', async () => {
      const { phones } = hunting.centre.twilio
      phones.setProfile({ address: 'client:alice', outcome: 'answer', hangUpAfterSeconds: 5 })
      const { id } = await hunting.start({ tiers: hunting.tiers(['alice', 'bob'], ['carmen']) })
      await hunting.answer(id, 'alice', 'accept')
      await hunting.seconds(60)
      assert.equal(await stateOf(id), 'accepted')
      assert.deepEqual(hunting.legs(), [])
      assert.deepEqual(await agentsOf(id), {
        ...{ alice: 'accepted', bob: 'rescinded', carmen: 'notOffered' },
      })
    })

    it('joins only who presses a key, where the hunt asks for one', async () => {
      const { phones } = hunting.centre.twilio
      phones.setProfile({ address: 'client:alice', outcome: 'machine', hangUpAfterSeconds: 60 })
      const keys = [{ afterSeconds: 3, digits: '1' }]
      phones.setProfile({ address: 'client:bob', outcome: 'answer', keys })
      const { id } = await hunting.start({ tiers: hunting.tiers(['alice', 'bob']), confirm: true })
      await hunting.answer(id, 'alice', 'accept')
      await hunting.seconds(2)
      assert.equal(await stateOf(id), 'offering')
      await hunting.seconds(12)
      assert.deepEqual(await agentsOf(id), { alice: 'timedOut', bob: 'offered' })
      await hunting.answer(id, 'bob', 'accept')
      await hunting.seconds(6)
      assert.equal(await stateOf(id), 'accepted')
      assert.deepEqual(hunting.legs(), ['bob in-progress'])
      const room = await hunting.centre.sdk.conferences.list({ friendlyName: hunting.conference() })
      const people = await hunting.centre.sdk.conferences(room[0]?.sid ?? '').participants.list()
      assert.equal(people.length, 2)
    })

    it('is cancelled when the customer leaves, and no phone rings on', async () => {
      const { phones } = hunting.centre.twilio
      phones.setProfile({ address: 'client:alice', outcome: 'let-ring' })
      const one = await hunting.start({ tiers: hunting.tiers(['alice']) })
      const other = await hunting.start({ tiers: hunting.tiers(['bob', 'carmen']) })
      await hunting.answer(one.id, 'alice', 'accept')
      assert.deepEqual(hunting.legs(), ['alice ringing'])
      phones.hangUp(hunting.customerCallSid())
      await hunting.seconds(1)
      for (const { id } of [one, other]) assert.equal(await stateOf(id), 'cancelled')
      assert.deepEqual(hunting.legs(), [])
      assert.deepEqual(hunting.offered(), [])
    })

    it('notices also without a word from Twilio that the customer has left', async () => {
      const { centre } = hunting
      const { callSid: customerCallSid } = await centre.sdk
        .conferences('a silent room')
        .participants.create({ from: '+12025550100', to: '+12025550124' })
      await hunting.seconds(1)
      const own = { conference: 'a silent room', customerCallSid }
      const { id } = await hunting.start({ ...own, tiers: hunting.tiers(['alice']) })
      centre.twilio.phones.hangUp(customerCallSid)
      await hunting.seconds(1)
      const open = await centre.backOffice<{ hunts: { id: string }[] }>('GET', '/hunts')
      assert.deepEqual(
        open.body.hunts.map((hunt) => hunt.id),
        [id],
      )
      await hunting.seconds(11)
      assert.equal(await stateOf(id), 'cancelled')
    })

    it('ends the agent’s leg with the customer’s, and when the conference is ended', async () => {
      const { centre } = hunting
      const first = await hunting.start({ tiers: hunting.tiers(['alice']) })
      await hunting.answer(first.id, 'alice', 'accept')
      await hunting.seconds(2)
      assert.deepEqual(hunting.legs(), ['alice in-progress'])
      const customer = await centre.sdk
        .conferences(first.conferenceSid)
        .participants(hunting.customerCallSid())
        .fetch()
      assert.equal(customer.endConferenceOnExit, true, 'also if nobody here lives to see it')
      centre.twilio.phones.hangUp(hunting.customerCallSid())
      await hunting.seconds(1)
      assert.deepEqual(hunting.legs(), [])
      await hunting.reset()
      const second = await hunting.start({ tiers: hunting.tiers(['bob']) })
      await hunting.answer(second.id, 'bob', 'accept')
      await hunting.seconds(2)
      const [room] = await centre.sdk.conferences.list({ status: 'in-progress' })
      await centre.sdk.conferences(room?.sid ?? '').update({ status: 'completed' })
      await hunting.seconds(1)
      assert.deepEqual(hunting.legs(), [])
      for (const { id } of [first, second]) assert.equal(await stateOf(id), 'accepted')
    })

    it('gives every tier its own time, however its tasks age', async () => {
      const tiers = hunting
        .tiers(['alice'], ['bob'], ['carmen'], ['diego'])
        .map((tier, i) => ({ ...tier, seconds: ownTimes[i] ?? 0 }))
      const { id } = await hunting.start({ tiers })
      await hunting.seconds(80)
      const { timeline, createdAt } = await hunting.show(id)
      const begins = timeline
        .filter(({ text }) => /begins|exhausted/.test(text))
        .map(({ at }) => (Date.parse(at) - Date.parse(createdAt)) / 1000)
      assert.deepEqual(begins, [0, 30, 35, 47, 54])
    })

    it('moves nobody to another activity who only ignores it', async () => {
      await hunting.start({ tiers: hunting.tiers(['alice'], ['bob']) })
      await hunting.seconds(60)
      for (const { activityName } of hunting.centre.twilio.view().workers) {
        assert.equal(activityName, 'Available')
      }
    })
  })
}
