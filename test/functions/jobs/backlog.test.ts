import assert from 'node:assert/strict'
import { createBacklog } from '../../../functions/jobs/backlog.ts'
import type { Job } from '../../../schemas/index.ts'
import { createQuietLog } from '../../support/quiet-log.ts'

const job: Job = { kind: 'end-wrap-up', taskSid: 'WT1' }
const soon = () => new Promise((resolve) => setTimeout(resolve, 320))

describe('createBacklog', () => {
  it('runs a job that is due, and offers one that is not to the queue again', async () => {
    const ran: Job[] = []
    const sent: number[] = []
    const backlog = createBacklog({
      run: async (given) => void ran.push(given),
      send: async (_job, delayMs) => void sent.push(delayMs),
      now: () => 1000,
      log: createQuietLog(),
    })
    backlog.add(job, 1000)
    backlog.add(job, 6000)
    assert.equal(backlog.size(), 2)
    await soon()
    assert.deepEqual([ran, sent, backlog.size()], [[job], [5000], 0])
  })

  it('keeps trying, and takes no more than it can hold', async () => {
    const log = createQuietLog()
    let tries = 0
    const run = async () => {
      if (++tries === 1) throw new Error('not yet')
    }
    const backlog = createBacklog({ run, send: run, now: () => 0, log })
    backlog.add(job, 0)
    await soon()
    assert.equal(backlog.size(), 1)
    for (let i = 0; i < 20_000; i++) backlog.add(job, 0)
    assert.equal(backlog.size(), 20_000)
    assert.match(log.lines.at(-1) ?? '', /job\.lost.*the backlog is full/)
  })
})
