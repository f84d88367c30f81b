import assert from 'node:assert/strict'
import { createTestClock } from '../../../../local/clock.ts'
import { createScope, Interrupted } from '../../../../local/twilio/voice/scope.ts'

describe('createScope', () => {
  const clock = createTestClock()
  const interrupted = (reason: string) => (error: unknown) =>
    error instanceof Interrupted && error.reason === reason

  it('interrupts what waits in it when it ends, and what would wait afterwards', async () => {
    const scope = createScope(clock)
    const sleeping = assert.rejects(scope.sleep(1_000), interrupted('hung-up'))
    scope.end('hung-up')
    scope.end('redirected')
    await sleeping
    await assert.rejects(scope.sleep(1), interrupted('hung-up'))
    await assert.rejects(scope.race(Promise.resolve(1)), interrupted('hung-up'))
  })

  it('cleans up after a wait, however it ends', async () => {
    const scope = createScope(clock)
    let cleaned = 0
    const clean = () => void cleaned++
    const at = (done: (value: number) => void) => {
      done(7)
      return clean
    }
    assert.equal(await scope.wait(at), 7)
    const waiting = scope.wait(() => clean)
    scope.end('redirected')
    await assert.rejects(waiting, interrupted('redirected'))
    assert.equal(cleaned, 2)
  })

  it('passes on what work rejects with', async () => {
    const problem = new Error('no')
    await assert.rejects(createScope(clock).race(Promise.reject(problem)), problem)
  })

  it('ends a part alone, with the value that it was stopped with', async () => {
    const scope = createScope(clock)
    const value = await scope.part<string>(async (part, stop) => {
      await part.part<string>(async (inner) => {
        clock.schedule(clock.now() + 10, () => stop('stopped'))
        void clock.advance(10)
        return inner.wait<never>(() => () => {})
      })
      return 'never'
    })
    assert.equal(value, 'stopped')
    assert.equal(scope.cause, null)
  })

  it('ends its parts with itself', async () => {
    const scope = createScope(clock)
    const part = scope.part<void>((inner) => inner.wait<never>(() => () => {}))
    scope.end('hung-up')
    await assert.rejects(part, interrupted('hung-up'))
  })
})
