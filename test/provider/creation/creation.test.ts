import assert from 'node:assert/strict'
import { startEngine } from '../engine/engine.ts'
import { type FaultyTwilio, startFaultyTwilio } from '../engine/faulty-twilio.ts'
import type { Properties } from '../engine/wire.ts'

const workspace = 'twilio:taskrouter:Workspace'
const worker = 'twilio:taskrouter:Worker'
const queue = 'twilio:taskrouter:TaskQueue'

describe('a creation of what is there already', () => {
  let twilio: FaultyTwilio
  let workspaceSid: string

  before(async () => {
    twilio = await startFaultyTwilio()
    workspaceSid = (await deploy(workspace, { friendlyName: 'Support' })).id
  })

  after(() => twilio.close())

  /** One creation by an engine that knows of nothing else: that of another stack, or one whose state was lost. */
  async function deploy(type: string, program: Properties) {
    const engine = await startEngine(twilio.url)
    try {
      return (await engine.up(type, undefined, program)).state
    } finally {
      engine.close()
    }
  }

  it('is refused with the import that takes it over, after which nothing is to do', async () => {
    const program = { workspaceSid, friendlyName: 'Spanish', targetWorkers: 'languages HAS "es"' }
    const { id } = await deploy(queue, program)
    twilio.arm()
    await assert.rejects(deploy(queue, program), ({ message }: Error) => {
      assert.match(message, /friendlyName “Spanish” is there already/)
      assert.ok(message.includes(`pulumi import ${queue} it ${id}`))
      return true
    })
    assert.equal(twilio.count().writes, 0)
    const engine = await startEngine(twilio.url)
    const imported = await engine.import(queue, id)
    assert.equal((await engine.up(queue, imported, program)).step, 'same')
    engine.close()
  })

  it('is refused too where Twilio refuses a second one, with Twilio’s reason', async () => {
    const program = { workspaceSid, friendlyName: 'alice' }
    const { id } = await deploy(worker, program)
    await assert.rejects(deploy(worker, { ...program, attributes: { a: 1 } }), (error: Error) => {
      assert.match(error.message, /Twilio says: .*alice/)
      assert.ok(error.message.includes(`pulumi import ${worker} it ${id}`))
      return true
    })
  })

  it('goes ahead where only the name is the same, and Twilio allows that', async () => {
    const program = { workspaceSid, friendlyName: 'English' }
    await deploy(queue, { ...program, targetWorkers: 'languages HAS "en"' })
    await deploy(queue, { ...program, targetWorkers: 'languages HAS "fr"' })
    const rows = await twilio.rows(
      `v1/Workspaces/${workspaceSid}/TaskQueues?FriendlyName=English`,
      'task_queues',
    )
    assert.equal(rows.length, 2)
  })

  it('goes ahead for a second one of the same stack, one after the other', async () => {
    const engine = await startEngine(twilio.url)
    const program = { workspaceSid, friendlyName: 'Twins' }
    const made = await Promise.all([1, 2].map(() => engine.up(queue, undefined, program)))
    assert.equal(new Set(made.map(({ state }) => state.id)).size, 2)
    engine.close()
  })

  it('is refused when somebody else’s object shows up in the place of a lost answer', async () => {
    await deploy(worker, { workspaceSid, friendlyName: 'carl' })
    // Dates are whole seconds: his was made in an earlier one.
    await new Promise((resolve) => setTimeout(resolve, 1100))
    // The first request tells who we are; the second one is the creation.
    twilio.arm(2, 'reset before')
    await assert.rejects(deploy(worker, { workspaceSid, friendlyName: 'carl' }), /pulumi import/)
    twilio.arm()
  })
})
