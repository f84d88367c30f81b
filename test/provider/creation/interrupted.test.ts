import assert from 'node:assert/strict'
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { centre, type Stack, upCentre } from '../engine/centre.ts'
import { type State, startEngine } from '../engine/engine.ts'
import { type GatedTwilio, type Kill, startGatedTwilio } from '../engine/gated-twilio.ts'
import type { Properties } from '../engine/wire.ts'

const atOnce = 40

/** A moment of an up: what Twilio has, what the engine has recorded, and which notes are on the disk. */
type Moment = {
  readonly title: string
  readonly twilio: unknown
  readonly recorded: Stack
  readonly creations: string
}

describe('a deployment that is killed', () => {
  const moments: { before: Moment[]; after: Moment[] } = { before: [], after: [] }
  let folder: string
  let whole: Moment
  let expected: Readonly<Record<string, number>>

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'killed-'))
    const creations = mkdtempSync(join(folder, 'creations-'))
    const recorded: Record<string, State> = {}
    const twilio = startGatedTwilio()
    // What a process that was killed leaves is what there was at that moment.
    const keep = (title: string): Moment => {
      const copy = mkdtempSync(join(folder, 'kept-'))
      cpSync(creations, copy, { recursive: true })
      return { title, twilio: twilio.snapshot(), recorded: { ...recorded }, creations: copy }
    }
    const gate = await twilio.open(undefined, (moment, { method, url }) => {
      const isWrite = method !== 'GET'
      if (moment === 'before' || isWrite) moments[moment].push(keep(`${moment} ${method} ${url}`))
    })
    const engine = await startEngine(gate.url, { TWILIO_CREATIONS_DIR: creations })
    await upCentre(engine, {}, recorded)
    whole = keep('at its end')
    expected = twilio.counts()
    engine.close()
    await gate.close()
    twilio.close()
  })

  after(() => rmSync(folder, { recursive: true, force: true }))

  /** The next up, by a fresh provider: everything is there once, and nothing else. */
  async function upAgain({ title, twilio: left, recorded, creations }: Moment): Promise<void> {
    const twilio = startGatedTwilio(left)
    const gate = await twilio.open()
    const engine = await startEngine(gate.url, { TWILIO_CREATIONS_DIR: creations })
    const { stack } = await upCentre(engine, recorded)
    assert.deepEqual(twilio.counts(), expected)
    // What was taken over is as declared: nothing is left to do.
    if (!title.startsWith('before')) {
      const writes = gate.writes()
      await upCentre(engine, stack)
      assert.equal(gate.writes(), writes)
    }
    engine.close()
    await gate.close()
    twilio.close()
  }

  /** Many at the same time, each at a Twilio of its own. */
  async function converge(from: readonly Moment[]): Promise<void> {
    assert.ok(from.length > 10)
    const left = [...from]
    const lane = async () => {
      for (let moment = left.shift(); moment; moment = left.shift()) {
        const { title } = moment
        await upAgain(moment).catch((error: unknown) => {
          throw new Error(`${title}: ${String(error)}`, { cause: error })
        })
      }
    }
    await Promise.all(Array.from({ length: atOnce }, lane))
  }

  it('before any request of its reaches Twilio, converges with the next', () =>
    converge(moments.before))

  it('before the answer to any write of its, converges with the next', () =>
    converge(moments.after))

  it('before its engine recorded an answer, converges with the next', () => {
    // Those that come later need this one, so they were not asked for yet. Here they are there all the same.
    const without = (lost: string) =>
      Object.fromEntries(Object.entries(whole.recorded).filter(([name]) => name !== lost))
    return converge(
      centre.map(({ name }) => {
        const creations = mkdtempSync(join(folder, 'kept-'))
        cpSync(whole.creations, creations, { recursive: true })
        return { ...whole, title: name, recorded: without(name), creations }
      }),
    )
  })
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

  it('is finished, when it was interrupted between two requests', async () => {
    const type = 'twilio:account:Subaccount'
    const inputs = { friendlyName: 'Branch', status: 'suspended' }
    const kill = { nth: 4, moment: 'after' } as const
    await assert.rejects(up(folder, 'branch', type, inputs, kill))
    const counts = twilio.counts()
    const state = await up(folder, 'branch', type, inputs)
    assert.equal(state.outputs['status'], 'suspended')
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
