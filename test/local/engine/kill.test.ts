import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createTestProject, type TestProject } from './test-project.ts'

const size = 12
const chain = Array.from(
  { length: size },
  (_, i) => `const t${i} = new Thing('t${i}', { peer: ${i < 3 ? '0' : `t${i - 3}.sid`} })`,
).join('\n')

describe('an engine that is killed', () => {
  let project: TestProject
  beforeEach(async () => {
    project = await createTestProject(chain)
  })
  afterEach(() => project.close())

  function startUp(): ChildProcess {
    const { dir, stateDir, provider } = project
    const program = join(import.meta.dirname, 'killed-engine.ts')
    return spawn(process.execPath, [program, dir, stateDir, String(provider.port)], {
      stdio: 'ignore',
    })
  }

  /** Kills the engine at the given creation, before or after the object exists; gives the object's name. */
  async function killAt(creation: number, moment: 'before' | 'after'): Promise<string> {
    let seen = 0
    let last = ''
    const { promise: frozen, resolve: freeze } = Promise.withResolvers<void>()
    const { promise: thawed, resolve: thaw } = Promise.withResolvers<void>()
    project.provider.onChange = async ({ name }) => {
      if (++seen < creation) return
      if (seen === creation) {
        last = name
        if (moment === 'after') setImmediate(freeze)
        else freeze()
      }
      await thawed
    }
    const child = startUp()
    await frozen
    const exit = once(child, 'exit')
    child.kill('SIGKILL')
    await exit
    thaw()
    project.provider.onChange = () => {}
    return last
  }

  async function killAndConverge(creation: number, moment: 'before' | 'after'): Promise<void> {
    const interrupted = await killAt(creation, moment)
    const engine = project.engine()
    const pending = await engine.pendingOperations()
    assert.ok(
      pending.some(({ urn, type }) => urn.endsWith(`::${interrupted}`) && type === 'creating'),
    )

    const before = JSON.parse(await engine.exportStack())
    const recorded: { id?: string; type: string }[] = before.deployment.resources ?? []
    const objects = recorded.filter(({ type }) => type === 'test:index:Thing')
    assert.ok(objects.length >= creation - 3, `${objects.length} recorded`)

    const result = await engine.up()
    assert.ok(result.ok, JSON.stringify(result.diagnostics))
    assert.match(
      result.diagnostics.map(({ message }) => message).join('\n'),
      /interrupted while creating/,
    )
    const after = project.checkpoint().checkpoint.latest.resources ?? []
    assert.equal(after.filter(({ type }) => type === 'test:index:Thing').length, size)
    for (const { id } of objects) assert.ok(after.some((resource) => resource.id === id))
    assert.deepEqual((await engine.preview()).summary, { same: size + 2 })

    await engine.refresh({ clearPendingCreates: true })
    assert.deepEqual(await engine.pendingOperations(), [])
  }

  it('before its first creation loses nothing, and converges', () => killAndConverge(1, 'before'))
  it('after the fifth object exists loses nothing it recorded, and converges', () =>
    killAndConverge(5, 'after'))
  it('before its ninth creation loses nothing it recorded, and converges', () =>
    killAndConverge(9, 'before'))

  it('while it deletes keeps what it did not delete, and the next run finishes', async () => {
    assert.ok((await project.engine().up()).ok)
    project.program('')
    const { promise: frozen, resolve: freeze } = Promise.withResolvers<void>()
    const { promise: thawed, resolve: thaw } = Promise.withResolvers<void>()
    let seen = 0
    project.provider.onChange = async () => {
      if (++seen < 5) return
      freeze()
      await thawed
    }
    const child = startUp()
    await frozen
    const exit = once(child, 'exit')
    child.kill('SIGKILL')
    await exit
    project.provider.onChange = () => {}
    thaw()

    const pending = await project.engine().pendingOperations()
    assert.ok(pending.length > 0 && pending.every(({ type }) => type === 'deleting'))
    const result = await project.engine().up()
    assert.ok(result.ok, JSON.stringify(result.diagnostics))
    assert.equal(project.provider.world.size, 0)
    const left = project.checkpoint().checkpoint.latest.resources ?? []
    assert.deepEqual(
      left.map(({ type }) => type),
      ['pulumi:pulumi:Stack'],
    )
    assert.deepEqual(await project.engine().pendingOperations(), [])
  })
})
