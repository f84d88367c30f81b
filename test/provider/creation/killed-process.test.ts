import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { upCentre } from '../engine/centre.ts'
import { accountAt, configure, createEngine, type State } from '../engine/engine.ts'
import { type Kill, startGatedTwilio } from '../engine/gated-twilio.ts'
import { startProvider } from '../engine/provider-process.ts'

describe('a provider process that is killed', () => {
  let creations: string
  beforeEach(() => {
    creations = mkdtempSync(join(tmpdir(), 'killed-process-'))
  })
  afterEach(() => rmSync(creations, { recursive: true, force: true }))

  /** An up by a process that is killed at a request, and one by the next process. */
  async function killAndConverge(nth: number, moment: Kill['moment']): Promise<void> {
    const twilio = startGatedTwilio()
    const env = { TWILIO_CREATIONS_DIR: creations }
    const first = await startProvider(env)
    const gate = await twilio.open({ nth, moment, onKill: first.kill })
    await configure(first, accountAt(gate.url))
    const recorded: Record<string, State> = {}
    await assert.rejects(
      upCentre(
        createEngine(first, () => {}),
        {},
        recorded,
      ),
    )
    await first.close()
    await gate.close()
    const next = await startProvider(env)
    const open = await twilio.open()
    await configure(next, accountAt(open.url))
    const engine = createEngine(next, () => {})
    const { stack } = await upCentre(engine, recorded)
    const counts = twilio.counts()
    assert.deepEqual([counts['WS'], counts['WK']], [1, 1])
    assert.deepEqual([...new Set((await upCentre(engine, stack)).steps)], ['same'])
    assert.deepEqual(twilio.counts(), counts)
    await next.close()
    await open.close()
    twilio.close()
  }

  it('at its first creation before Twilio hears of it, leaves it to the next', () =>
    killAndConverge(3, 'before'))

  it('at its first creation before the answer, leads the next to the object', () =>
    killAndConverge(3, 'after'))

  it('later on before an answer, leads the next to the object', () => killAndConverge(20, 'after'))
})
