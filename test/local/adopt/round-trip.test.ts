import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { join, resolve } from 'node:path'
import { type Engine, renderPlan } from '../../../local/engine/index.ts'
import { type Account, startAccount } from './exported-project.ts'

type Exported = Awaited<ReturnType<Account['export']>>

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

async function assertRoundTrip(
  account: Account,
  project: Exported,
  config: Readonly<Record<string, string>> = {},
): Promise<void> {
  const dir = account.write(project)
  assertFormatted(dir, project)
  const engine = account.engine(dir, config)
  const imported = await engine.importResources(join(dir, 'import.json'))
  assert.ok(imported.ok, renderPlan(imported, { color: false }))
  assert.equal(imported.summary.import, project.declared)
  const preview = await engine.preview()
  const ops = Object.keys(preview.summary).filter((op) => op !== 'same')
  assert.ok(preview.ok, renderPlan(preview, { color: false }))
  assert.deepEqual(ops, [], renderPlan(preview, { color: false }))
}

function assertFormatted(dir: string, project: Exported): void {
  const root = resolve(import.meta.dirname, '../../..')
  const sources = [...project.files.keys()].filter((path) => path.endsWith('.ts'))
  const flags = ['format', '--vcs-enabled=false', `--config-path=${join(root, 'biome.json')}`]
  try {
    execFileSync(join(root, 'node_modules/.bin/biome'), [...flags, ...sources], {
      cwd: dir,
      stdio: 'pipe',
    })
  } catch (error) {
    const { stdout, stderr } = error as { readonly stdout: Buffer; readonly stderr: Buffer }
    assert.fail(`not as the formatter has it:\n${stdout}${stderr}`)
  }
}
