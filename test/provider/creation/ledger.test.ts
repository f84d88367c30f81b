import assert from 'node:assert/strict'
import { createLedger } from '../../../provider/creation/ledger.ts'

const rows = [{ sid: 'WQ1' }]

describe('createLedger', () => {
  it('knows an object by its whole id: a number’s place in a service has the number’s own SID', () => {
    const ledger = createLedger()
    ledger.know('PN1')
    assert.ok(ledger.isKnown('PN1'))
    assert.equal(ledger.isKnown('MG1/PN1'), false)
    ledger.made('MG1/PN1')
    assert.ok(ledger.isKnown('MG1/PN1'))
  })

  it('lists a collection once, and not at all in what was made just now', async () => {
    const ledger = createLedger()
    let lists = 0
    const list = async () => {
      lists++
      return rows
    }
    assert.deepEqual(await ledger.before('/v1/Workspaces/WS1/TaskQueues', list), rows)
    assert.deepEqual(await ledger.before('/v1/Workspaces/WS1/TaskQueues', list), rows)
    ledger.made('WS2')
    assert.deepEqual(await ledger.before('/v1/Workspaces/WS2/TaskQueues', list), [])
    assert.equal(lists, 1)
  })

  it('asks again for a list that failed', async () => {
    const ledger = createLedger()
    await assert.rejects(ledger.before('/v1/Workspaces', () => Promise.reject(new Error('away'))))
    assert.deepEqual(await ledger.before('/v1/Workspaces', async () => rows), rows)
  })

  it('lets work of one key wait for its turn', async () => {
    const ledger = createLedger()
    const order: string[] = []
    const work = (name: string) => async () => {
      order.push(`${name} begins`)
      await Promise.resolve()
      order.push(`${name} ends`)
    }
    await Promise.all([ledger.alone('a', work('first')), ledger.alone('a', work('second'))])
    assert.deepEqual(order, ['first begins', 'first ends', 'second begins', 'second ends'])
  })
})
