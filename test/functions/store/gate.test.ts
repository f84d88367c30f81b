import assert from 'node:assert/strict'
import { createGate, GateClosed } from '../../../functions/store/gate.ts'

describe('createGate', () => {
  it('lets so many through at once, and the others in their order, also after a failure', async () => {
    const gate = createGate(2, 10_000)
    const begun: number[] = []
    const works = [0, 1, 2, 3].map(() => Promise.withResolvers<number>())
    const results = works.map(({ promise }, i) =>
      gate(() => {
        begun.push(i)
        return promise
      }),
    )
    assert.deepEqual(begun, [0, 1])
    works[1]?.reject(new Error('broken'))
    await assert.rejects(async () => results[1], /broken/)
    assert.deepEqual(begun, [0, 1, 2])
    for (const [i, { resolve }] of works.entries()) resolve(i)
    assert.deepEqual(await Promise.all([results[0], results[2], results[3]]), [0, 2, 3])
    assert.deepEqual(begun, [0, 1, 2, 3])
  })

  it('refuses who waited too long', async () => {
    const gate = createGate(1, 5)
    const first = Promise.withResolvers<void>()
    const held = gate(() => first.promise)
    await assert.rejects(
      gate(async () => {}),
      GateClosed,
    )
    first.resolve()
    await held
    assert.equal(await gate(async () => 'in'), 'in')
  })
})
