import assert from 'node:assert/strict'
import { createTurns } from '../../../../local/twilio/webhooks/turns.ts'

describe('createTurns', () => {
  it('starts as many jobs as may be under way, and the next as one ends, in order', async () => {
    const turns = createTurns(2)
    const started: string[] = []
    const ends = new Map<string, () => void>()
    const job = (name: string) =>
      turns(() => {
        started.push(name)
        return new Promise<string>((resolve) => ends.set(name, () => resolve(name)))
      })
    const jobs = ['a', 'b', 'c', 'd'].map(job)
    assert.deepEqual(started, ['a', 'b'])
    ends.get('b')?.()
    assert.equal(await jobs[1], 'b')
    assert.deepEqual(started, ['a', 'b', 'c'])
    for (const name of ['a', 'c']) ends.get(name)?.()
    await Promise.all([jobs[0], jobs[2]])
    ends.get('d')?.()
    assert.equal(await jobs[3], 'd')
  })

  it('passes on what a job rejects with, and goes on', async () => {
    const turns = createTurns(1)
    const failing = turns(() => Promise.reject(new Error('no')))
    const next = turns(() => Promise.resolve('yes'))
    await assert.rejects(failing, /no/)
    assert.equal(await next, 'yes')
  })
})
