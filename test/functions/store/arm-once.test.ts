import assert from 'node:assert/strict'
import { armOnce } from '../../../functions/store/arm-once.ts'
import { createFakeStore } from '../hunts/fake-store.ts'

describe('armOnce', () => {
  it('asks the store once for each time, and sets it once', async () => {
    const rows = new Map()
    let asked = 0
    const store = createFakeStore(rows, async () => void asked++)
    const set: number[] = []
    for (const at of [5, 5, 5, 10]) {
      const arm = () => armOnce('sweep', at, { store }, async () => void set.push(at))
      await Promise.all([arm(), arm()])
    }
    assert.deepEqual([set, asked], [[5, 10], 2])
  })

  it('leaves it to the process that set it, and asks again after a failure', async () => {
    const rows = new Map()
    const set: string[] = []
    let isAway = true
    const store = createFakeStore(rows, async () => {
      if (isAway) throw new Error('the storage is away')
    })
    const arm = () => armOnce('sweep', 5, { store }, async () => void set.push('mine'))
    await assert.rejects(arm(), /away/)
    isAway = false
    await arm()
    const other = createFakeStore(rows, async () => {})
    await armOnce('sweep', 5, { store: other }, async () => void set.push('theirs'))
    assert.deepEqual(set, ['mine'])
  })
})
