import assert from 'node:assert/strict'
import { createDueQueue, type Due } from '../../local/due-queue.ts'

describe('createDueQueue', () => {
  it('gives out in order of time and of coming, without what was removed', () => {
    const queue = createDueQueue()
    // Times that repeat and come in no order.
    const all = Array.from({ length: 2_000 }, (_, index) => ({
      atMs: (index * 7_919) % 101,
      index,
      job: () => {},
    }))
    for (const due of all) queue.add(due)
    const kept = all.filter(({ index }) => index % 3 === 0)
    for (const due of all) if (due.index % 3 !== 0) queue.remove(due)
    const expected = [...kept].sort((a, b) => a.atMs - b.atMs || a.index - b.index)
    const taken: Due[] = []
    for (let due = queue.take(50); due; due = queue.take(50)) taken.push(due)
    assert.ok(taken.every(({ atMs }) => atMs <= 50))
    for (let due = queue.take(1_000); due; due = queue.take(1_000)) taken.push(due)
    assert.deepEqual(taken, expected)
    for (const due of all) queue.remove(due)
    assert.equal(queue.take(1_000), undefined)
  })
})
