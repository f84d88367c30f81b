import assert from 'node:assert/strict'
import { retry } from '../../../provider/requests/retry.ts'

describe('retry', () => {
  const passing = new Error('not yet')
  const patience = {
    waitsMs: [1, 1],
    passes: (error: unknown) => error === passing,
    signal: undefined,
  }

  /** Fails with these, one after the other, then succeeds. */
  function work(...failures: Error[]): () => Promise<string> {
    return async () => {
      const failure = failures.shift()
      if (failure) throw failure
      return 'done'
    }
  }

  it('goes on until it succeeds', async () => {
    assert.equal(await retry(work(passing, passing), patience), 'done')
  })

  it('ends with the last failure', async () => {
    await assert.rejects(retry(work(passing, passing, passing), patience), passing)
  })

  it('gives up at once when the failure is for good', async () => {
    const final = new Error('never')
    await assert.rejects(retry(work(final), patience), final)
  })

  it('waits no longer once it is told to stop', async () => {
    const controller = new AbortController()
    const waiting = retry(work(passing, passing), {
      ...patience,
      waitsMs: [60_000, 60_000],
      signal: controller.signal,
    })
    setImmediate(() => controller.abort())
    await assert.rejects(waiting, passing)
  })
})
