import assert from 'node:assert/strict'
import type { HuntView } from '../../schemas/index.ts'
import { type HuntingCentre, startHuntingCentre } from '../support/hunting.ts'

describe('GET /hunts', () => {
  let hunting: HuntingCentre
  before(async () => {
    hunting = await startHuntingCentre()
    await hunting.reset()
  })
  after(() => hunting?.stop())

  const list = async (query: string) =>
    (await hunting.centre.backOffice<{ hunts: HuntView[] }>('GET', `/hunts${query}`)).body.hunts

  it('lists open hunts, or on demand the last that are over, the newest first', async () => {
    const ended: string[] = []
    for (let i = 0; i < 3; i++) {
      const { id } = await hunting.start({ tiers: hunting.tiers(['alice']) })
      await hunting.centre.backOffice('POST', `/hunts/${id}/cancel`, {})
      await hunting.seconds(1)
      ended.unshift(id)
    }
    const { id } = await hunting.start({ tiers: hunting.tiers(['alice']) })
    const idsOf = async (query: string) => (await list(query)).map((hunt) => hunt.id)
    assert.deepEqual(await idsOf(''), [id])
    assert.deepEqual(await idsOf('?state=closed'), ended)
    assert.deepEqual(await idsOf('?state=closed&limit=2'), ended.slice(0, 2))
    await hunting.centre.backOffice('POST', `/hunts/${id}/cancel`, {})
    await hunting.seconds(60)
    assert.deepEqual(await idsOf('?state=open'), [])
  })

  it('refuses a query that it does not know', async () => {
    for (const query of ['?state=all', '?limit=0', '?limit=101', '?colour=red']) {
      assert.equal((await hunting.centre.backOffice('GET', `/hunts${query}`)).status, 400, query)
    }
  })

  it('forgets a hunt a day after the hour of its end', async () => {
    await hunting.seconds(23 * 3600)
    assert.equal((await list('?state=closed')).length, 4)
    await hunting.seconds(2 * 3600)
    assert.deepEqual(await list('?state=closed'), [])
  })
})
