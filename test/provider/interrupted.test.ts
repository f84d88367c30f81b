import assert from 'node:assert/strict'
import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { centre, type Stack, upCentre } from './engine/centre.ts'
import { type State, startEngine } from './engine/engine.ts'
import { type GatedTwilio, type Kill, startGatedTwilio } from './engine/gated-twilio.ts'
import type { Properties } from './engine/wire.ts'

const atOnce = 40

describe('a deployment that is killed', () => {
  let folder: string
  let expected: Readonly<Record<string, number>>
  let requests: number

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'killed-'))
    const twilio = startGatedTwilio()
    const gate = await twilio.open()
    const engine = await startEngine(gate.url)
    await upCentre(engine)
    expected = twilio.counts()
    requests = gate.requests()
    engine.close()
    await gate.close()
    twilio.close()
  })

  after(() => rmSync(folder, { recursive: true, force: true }))

  /** Kills a provider at a request of its up; what its engine had recorded by then. */
  async function killAt(
    twilio: GatedTwilio,
    nth: number,
    moment: Kill['moment'],
    creations: string,
  ): Promise<Stack> {
    const { promise: killed, resolve } = Promise.withResolvers<void>()
    const onKill = () => {
      // What is done from here on, a process that was killed does not do.
      cpSync(`${creations}-alive`, creations, { recursive: true, force: true })
      resolve()
    }
    const gate = await twilio.open({ nth, moment, onKill })
    const engine = await startEngine(gate.url, { TWILIO_CREATIONS_DIR: `${creations}-alive` })
    const recorded: Record<string, State> = {}
    const up = assert.rejects(upCentre(engine, {}, recorded))
    await killed
    await engine.abandon()
    await up
    await gate.close()
    return recorded
  }

  /** The next up, by a fresh provider with what is on the disk: everything is there once, and nothing else. */
  async function upAgain(twilio: GatedTwilio, old: Stack, creations: string): Promise<void> {
    const { engine, gate, stack } = await upOnce(twilio, old, creations)
    const writes = gate.writes()
    const { steps } = await upCentre(engine, stack)
    assert.deepEqual([...new Set(steps)], ['same'])
    assert.equal(gate.writes(), writes)
    engine.close()
    await gate.close()
  }

  async function upOnce(twilio: GatedTwilio, old: Stack, creations: string) {
    const gate = await twilio.open()
    const engine = await startEngine(gate.url, { TWILIO_CREATIONS_DIR: creations })
    const { stack } = await upCentre(engine, old)
    assert.deepEqual(twilio.counts(), expected)
    return { engine, gate, stack }
  }

  /** Does it for many cases at the same time, each at a Twilio of its own. */
  async function everywhere(
    cases: readonly string[],
    run: (twilio: GatedTwilio, which: number, creations: string) => Promise<void>,
  ): Promise<void> {
    const left = cases.map((name, i) => [name, i] as const)
    const lane = async () => {
      for (let next = left.shift(); next; next = left.shift()) {
        const [name, i] = next
        const twilio = startGatedTwilio()
        const creations = mkdtempSync(join(folder, 'creations-'))
        mkdirSync(`${creations}-alive`)
        await run(twilio, i, creations).catch((error: unknown) => {
          throw new Error(`${name}: ${String(error)}`, { cause: error })
        })
        twilio.close()
      }
    }
    await Promise.all(Array.from({ length: atOnce }, lane))
  }

  /** The first request lets the provider in. */
  const eachRequest = () => Array.from({ length: requests - 1 }, (_, i) => `request ${i + 2}`)

  it('before any request of its reaches Twilio, converges with the next', () =>
    everywhere(eachRequest(), async (twilio, i, creations) => {
      const recorded = await killAt(twilio, i + 2, 'before', creations)
      const { engine, gate } = await upOnce(twilio, recorded, creations)
      engine.close()
      await gate.close()
    }))

  it('before the answer to any request of its, converges with the next', () =>
    everywhere(eachRequest(), async (twilio, i, creations) => {
      const recorded = await killAt(twilio, i + 2, 'after', creations)
      await upAgain(twilio, recorded, creations)
    }))

  it('before its engine recorded an answer, converges with the next', () =>
    everywhere(
      centre.map(({ name }) => name),
      async (twilio, i, creations) => {
        const gate = await twilio.open()
        const engine = await startEngine(gate.url, { TWILIO_CREATIONS_DIR: creations })
        const { stack } = await upCentre(engine)
        engine.close()
        await gate.close()
        // Those that come later need this one, so they were not asked for yet. Here they are there all the same.
        const recorded = Object.entries(stack).filter(([name]) => name !== centre[i]?.name)
        await upAgain(twilio, Object.fromEntries(recorded), creations)
      },
    ))
})

describe('an object that an interrupted deployment may have made', () => {
  const queue = 'twilio:taskrouter:TaskQueue'
  let folder: string
  let twilio: GatedTwilio
  let workspaceSid: string

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'left-'))
    twilio = startGatedTwilio()
    workspaceSid = (await up(folder, 'workspace', 'twilio:taskrouter:Workspace')).id
  })

  after(() => {
    rmSync(folder, { recursive: true, force: true })
    twilio.close()
  })

  /** One creation by a fresh provider; killed at a request if wanted. */
  async function up(
    creations: string,
    name: string,
    type: string,
    inputs: Properties = { friendlyName: 'Support' },
    kill?: Pick<Kill, 'nth' | 'moment'>,
  ) {
    const { promise: killed, resolve } = Promise.withResolvers<void>()
    const gate = await twilio.open(kill && { ...kill, onKill: resolve })
    const engine = await startEngine(gate.url, { TWILIO_CREATIONS_DIR: creations })
    try {
      const done = engine.up(type, undefined, inputs, name)
      void killed.then(() => engine.abandon())
      return (await done).state
    } finally {
      engine.close()
      await gate.close()
    }
  }

  // A queue is made by the third request, after the look for others of its name.
  const atCreation = { nth: 3, moment: 'after' } as const

  it('becomes what is declared now, when that has changed meanwhile', async () => {
    const before = { workspaceSid, friendlyName: 'Billing', targetWorkers: 'skills HAS "billing"' }
    await assert.rejects(up(folder, 'billing', queue, before, atCreation))
    const counts = twilio.counts()
    const renamed = { ...before, friendlyName: 'Invoices', targetWorkers: '1==1' }
    const state = await up(folder, 'billing', queue, renamed)
    assert.equal(state.outputs['friendlyName'], 'Invoices')
    assert.equal(state.outputs['targetWorkers'], '1==1')
    assert.deepEqual(twilio.counts(), counts)
  })

  it('is not taken from another resource of the same name', async () => {
    const inputs = { workspaceSid, friendlyName: 'Twins' }
    await assert.rejects(up(folder, 'first', queue, inputs, atCreation))
    await assert.rejects(up(folder, 'second', queue, inputs), /pulumi import/)
    const { id } = await up(folder, 'first', queue, inputs)
    assert.ok(id.startsWith(workspaceSid))
  })

  it('is refused where nothing was noted, and where somebody else’s is another one', async () => {
    const inputs = { workspaceSid, friendlyName: 'Other' }
    await assert.rejects(up(join(folder, 'elsewhere'), 'other', queue, inputs, atCreation))
    // Noted, but never made: what is there by that name is not as it was declared.
    const mine = { ...inputs, maxReservedWorkers: 2 }
    const killed = { nth: 3, moment: 'before' } as const
    await assert.rejects(up(folder, 'other', queue, mine, killed))
    await assert.rejects(up(folder, 'other', queue, inputs), /pulumi import/)
  })
})
