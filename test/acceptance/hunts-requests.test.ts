import assert from 'node:assert/strict'
import { type HuntingCentre, startHuntingCentre } from '../support/hunting.ts'

describe('a request to hunt', () => {
  let hunting: HuntingCentre
  before(async () => {
    hunting = await startHuntingCentre()
    await hunting.reset()
  })
  after(() => hunting?.stop())

  type Refusal = { readonly error: string; readonly problems?: readonly { path: string }[] }
  const ask = (body: object) =>
    hunting.centre.backOffice<Refusal & { id: string }>('POST', '/hunts', {
      ...{ conference: hunting.conference(), customerCallSid: hunting.customerCallSid() },
      ...body,
    })
  /** What the request is refused for: status and the fields that are named. */
  async function refusal(body: object): Promise<[number, ...string[]]> {
    const answer = await ask(body)
    return [answer.status, ...(answer.body.problems ?? []).map(({ path }) => path)]
  }
  const tier = (seconds: number, ...workers: string[]) => ({ seconds, workers })

  it('is refused by the field that is wrong, and nothing is created', async () => {
    const alice = hunting.workerSid('alice')
    const nobody = `WK${'0'.repeat(32)}`
    assert.deepEqual(await refusal({}), [400, 'tiers'])
    assert.deepEqual(await refusal({ tiers: [] }), [400, 'tiers'])
    assert.deepEqual(await refusal({ tiers: [tier(20)] }), [400, 'tiers[0].workers'])
    assert.deepEqual(await refusal({ tiers: [tier(4, alice)] }), [400, 'tiers[0].seconds'])
    assert.deepEqual(await refusal({ tiers: [tier(3601, alice)] }), [400, 'tiers[0].seconds'])
    const unknown = { tiers: [tier(20, alice), tier(20, alice, nobody)] }
    assert.deepEqual(await refusal(unknown), [400, 'tiers[1].workers[1]'])
    assert.deepEqual(await refusal({ group: 'nobody' }), [400, 'group'])
    const tiers = [tier(20, alice)]
    assert.deepEqual(await refusal({ tiers, conference: 'nowhere' }), [404, 'conference'])
    const customerCallSid = `CA${'0'.repeat(32)}`
    assert.deepEqual(await refusal({ tiers, customerCallSid }), [404, 'customerCallSid'])
    assert.deepEqual(await refusal({ tiers, colour: 'red' }), [400, 'colour'])
    const { body } = await hunting.centre.backOffice<{ hunts: unknown[] }>('GET', '/hunts')
    assert.deepEqual(body.hunts, [])
    assert.deepEqual(hunting.offered(), [])
  })

  it('is refused for a conference that is over', async () => {
    const tiers = hunting.tiers(['alice'])
    const conference = hunting.conference()
    const customerCallSid = hunting.customerCallSid()
    hunting.centre.twilio.phones.hangUp(customerCallSid)
    await hunting.seconds(1)
    assert.deepEqual(await refusal({ tiers, conference, customerCallSid }), [409, 'conference'])
    await hunting.reset()
  })

  it('answers the same hunt for the same idempotency key', async () => {
    const body = { tiers: hunting.tiers(['alice']), idempotencyKey: 'once' }
    const answers = await Promise.all([ask(body), ask(body)])
    const again = await ask(body)
    assert.equal(new Set([...answers, again].map((answer) => answer.body.id)).size, 1)
    assert.equal(again.status, 200)
    await hunting.seconds(0)
    assert.deepEqual(hunting.offered(), ['alice'])
    const { body: open } = await hunting.centre.backOffice<{ hunts: unknown[] }>('GET', '/hunts')
    assert.equal(open.hunts.length, 1)
    await hunting.centre.backOffice('POST', `/hunts/${again.body.id}/cancel`, {})
  })

  it('needs the key of the back office', async () => {
    for (const [method, path] of [
      ['POST', '/hunts'],
      ['GET', '/hunts'],
      ['GET', '/hunts/HU1'],
      ['POST', '/hunts/HU1/cancel'],
      ['POST', '/hunts/HU1/offers/WK1'],
    ] as const) {
      const answer = await fetch(hunting.centre.functionsUrl + path, { method })
      assert.equal(answer.status, 401, path)
    }
  })

  it('about a hunt that there is not is answered 404', async () => {
    const { backOffice } = hunting.centre
    assert.equal((await backOffice('GET', '/hunts/HU1')).status, 404)
    assert.equal((await backOffice('POST', '/hunts/HU1/cancel', {})).status, 404)
    const answer = { answer: 'accept' }
    assert.equal((await backOffice('POST', '/hunts/HU1/offers/WK1', answer)).status, 404)
  })

  it('tells what happened in sentences', async () => {
    const { id } = await hunting.start({
      tiers: hunting.tiers(['alice', 'bob'], ['carmen']),
      reason: 'renewal of a contract',
    })
    await hunting.answer(id, 'alice', 'reject')
    await hunting.seconds(20)
    await hunting.answer(id, 'carmen', 'accept')
    await hunting.seconds(2)
    const { timeline } = await hunting.show(id)
    assert.deepEqual(
      timeline.map(({ text }) => text),
      [
        'the hunt starts: renewal of a contract',
        'tier 1 (tier 1) begins, for 20 s',
        'offered to alice and bob',
        'alice rejects',
        'bob did not react',
        'tier 2 (tier 2) begins, for 20 s',
        'offered to bob and carmen',
        'carmen accepts',
        'the offer to bob is withdrawn',
        'carmen joins the conference',
        'accepted: carmen joined',
      ],
    )
  })
})
