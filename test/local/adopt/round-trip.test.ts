import assert from 'node:assert/strict'
import fc from 'fast-check'
import { type Engine, renderPlan } from '../../../local/engine/index.ts'
import { assertRoundTrip } from './assert-round-trip.ts'
import { type Account, startAccount } from './exported-project.ts'
import { makeByHand, randomCentre } from './random-centre.ts'

describe('exportAccount', () => {
  let account: Account
  let deployed: Engine
  before(async () => {
    account = await startAccount()
    deployed = account.engine()
    const up = await deployed.up()
    assert.ok(up.ok, renderPlan(up, { color: false }))
  })
  after(() => account.close())

  it('writes a deployed centre as a program whose preview is empty once it is imported', async () => {
    const project = await account.export(deployed, true)
    const index = project.files.get('index.ts') ?? ''
    assert.match(
      index,
      /const queues = \{\n {2}anyone: new twilio\.taskrouter\.TaskQueue\('anyone'/,
    )
    assert.match(index, /targets: \[\n +\{ queue: queues\.spanishFirstLine\.sid, timeout: 8 \}/)
    assert.doesNotMatch(index, /W[SQAWK][0-9a-f]{32}/)
    assert.deepEqual(project.kept, [])
    await assertRoundTrip(account, project)
  })

  it('leaves out what the stack manages, and what came with a workspace', async () => {
    const project = await account.export(deployed)
    assert.equal(project.declared, 0)
    assert.ok(project.managed > 10)
  })

  it('looks up by name what belongs to the stack and is referred to', async () => {
    const workspaces = await account.sdk.taskrouter.v1.workspaces.list()
    const workspace = account.sdk.taskrouter.v1.workspaces(workspaces[0]?.sid ?? '')
    const [anyone] = await workspace.taskQueues.list({ friendlyName: 'Anyone' })
    const made = await workspace.workflows.create({
      friendlyName: 'By hand',
      configuration: JSON.stringify({ task_routing: { default_filter: { queue: anyone?.sid } } }),
    })
    const project = await account.export(deployed)
    assert.deepEqual([project.declared, project.lookedUp], [1, 2])
    const index = project.files.get('index.ts') ?? ''
    assert.match(index, /getWorkspaceOutput\(\{ friendlyName: 'Switchboard \(local\)' \}\)/)
    assert.match(index, /default_filter: \{ queue: queues\.anyone\.sid \}/)
    await assertRoundTrip(account, project)
    await workspace.workflows(made.sid).remove()
  })
})

describe('exportAccount of random centres', () => {
  // Each run starts three providers; more runs with RUNS=30.
  it('round-trips whatever people made by hand', async () => {
    await fc.assert(
      fc.asyncProperty(randomCentre, async (centre) => {
        const account = await startAccount()
        try {
          await makeByHand(account.sdk, centre)
          await assertRoundTrip(account, await account.export(account.engine()))
        } finally {
          await account.close()
        }
      }),
      { numRuns: Number(process.env['RUNS'] ?? 1), endOnFailure: true },
    )
  })
})
