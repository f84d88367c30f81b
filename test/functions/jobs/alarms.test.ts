import assert from 'node:assert/strict'
import { createAlarms } from '../../../functions/jobs/alarms.ts'
import type { Job } from '../../../schemas/index.ts'
import { createQuietLog } from '../../support/quiet-log.ts'

describe('createAlarms', () => {
  it('runs a job of a hunt when its time has come, and says when that failed', async () => {
    const ran: Job[] = []
    const log = createQuietLog()
    const done = Promise.withResolvers<void>()
    const run = async (job: Job) => {
      ran.push(job)
      if (ran.length === 2) done.resolve()
      throw new Error('not now')
    }
    const alarms = createAlarms({ run, now: () => 1_000, log })
    alarms.set({ kind: 'hunt', id: 'HU2' }, 1_020)
    alarms.set({ kind: 'hunt', id: 'HU1' }, 1_001)
    await done.promise
    await Promise.resolve()
    assert.deepEqual(ran, [
      { kind: 'hunt', id: 'HU1' },
      { kind: 'hunt', id: 'HU2' },
    ])
    assert.match(log.lines.join('\n'), /alarm\.failed.*HU1/)
  })

  it('tries again soon what failed', async () => {
    let tries = 0
    const done = Promise.withResolvers<void>()
    const run = async () => {
      if (++tries === 1) throw new Error('not now')
      done.resolve()
    }
    const alarms = createAlarms({ run, now: () => 1_000, log: createQuietLog() })
    alarms.set({ kind: 'hunt', id: 'HU1' }, 1_001)
    // The alarms themselves keep no process alive.
    const awake = setTimeout(() => {}, 10_000)
    await done.promise
    clearTimeout(awake)
    assert.equal(tries, 2)
  })

  it('rings once for a hunt, at the earliest of its times', async () => {
    let rang = 0
    const done = Promise.withResolvers<void>()
    const alarms = createAlarms({
      run: async () => void rang++,
      now: () => 1_000,
      log: createQuietLog(),
    })
    for (const at of [1_020, 1_010, 1_010, 1_015]) alarms.set({ kind: 'hunt', id: 'HU1' }, at)
    setTimeout(done.resolve, 60)
    await done.promise
    assert.equal(rang, 1)
  })

  it('leaves to the queue what is due, what is far away, and what is not about a hunt', async () => {
    const ran: Job[] = []
    const alarms = createAlarms({
      run: async (job) => void ran.push(job),
      now: () => 1_000,
      log: createQuietLog(),
    })
    alarms.set({ kind: 'hunt', id: 'HU1' }, 1_000)
    alarms.set({ kind: 'hunt', id: 'HU1' }, 1_000 + 3_600_001)
    alarms.set({ kind: 'end-wrap-up', taskSid: 'WT1' }, 1_001)
    await new Promise((resolve) => setTimeout(resolve, 20))
    assert.deepEqual(ran, [])
  })
})
