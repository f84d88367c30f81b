import assert from 'node:assert/strict'
import fc from 'fast-check'
import { createWallClock } from '../../local/clock.ts'
import { resourceOf, resources } from '../../provider/resources.ts'
import { arbitraryInputs } from './arbitrary/arbitrary-program.ts'
import { inOrder } from './arbitrary/in-order.ts'
import { respelled } from './arbitrary/respelled.ts'
import { type Engine, type State, startEngine } from './engine/engine.ts'
import { type RecordedTwilio, startRecordedTwilio } from './engine/recorded-twilio.ts'
import type { Properties } from './engine/wire.ts'

type Declared = { readonly token: string; readonly program: Properties; readonly state: State }

describe('any stack', function () {
  this.timeout(60_000)
  let twilio: RecordedTwilio
  let engine: Engine

  before(async () => {
    twilio = await startRecordedTwilio(createWallClock())
    engine = await startEngine(twilio.url)
  })
  after(async () => {
    engine.close()
    await twilio.close()
  })

  it('has a generator of programs for every type of resource', () => {
    const made = Object.fromEntries(resources.map(({ token }) => [token, `XX${'0'.repeat(32)}`]))
    for (const { token } of resources) {
      assert.doesNotThrow(
        () => arbitraryInputs(token, made),
        `${token} needs a generator in own-inputs.ts`,
      )
    }
  })

  it('is quiet after it went up: refreshed without drift, and the same however it is written', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer(), async (seed) => {
        const stack: Declared[] = []
        try {
          await upAll(seed, stack)
          for (const declared of stack) await assertQuiet(declared)
        } finally {
          for (const { token, state } of stack.toReversed()) await engine.destroy(token, state)
        }
      }),
      { numRuns: 4 },
    )
  })

  // One resource of every type, each after those that it refers to.
  async function upAll(seed: number, stack: Declared[]): Promise<void> {
    const made: Record<string, string> = {}
    for (const token of inOrder()) {
      const [program = {}] = fc.sample(arbitraryInputs(token, made), { numRuns: 1, seed })
      const { state } = await engine.up(token, undefined, program, token.replaceAll(':', '-'))
      stack.push({ token, program, state })
      made[token] = state.id.slice(state.id.lastIndexOf('/') + 1)
    }
  }

  async function assertQuiet({ token, program, state }: Declared): Promise<void> {
    const context = `${token} ${JSON.stringify(program)}`
    const seen = await engine.refresh(token, state)
    assert.deepEqual(seen?.drift.detailed, {}, context)
    twilio.forget()
    const name = token.replaceAll(':', '-')
    assert.equal((await engine.up(token, seen.state, program, name)).step, 'same', context)
    const other = respelled(resourceOf(token), program)
    const again = await engine.up(token, seen.state, other, name)
    assert.equal(again.step, 'same', `${context} as ${JSON.stringify(other)}`)
    assert.deepEqual(twilio.writes(), [], context)
  }
})
