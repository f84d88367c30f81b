import assert from 'node:assert/strict'
import { createTestProject, type TestProject } from './test-project.ts'

describe('a run that fails', () => {
  let project: TestProject
  beforeEach(async () => {
    project = await createTestProject()
  })
  afterEach(() => project.close())

  const errors = (result: { diagnostics: readonly { severity: string; message: string }[] }) =>
    result.diagnostics.filter(({ severity }) => severity === 'error').map(({ message }) => message)
  const names = () =>
    (project.checkpoint().checkpoint.latest.resources ?? []).map(({ urn }) =>
      urn.split('::').at(-1),
    )

  it('records what was done, deletes nothing, and tells the reason once', async () => {
    const engine = project.engine()
    project.program(`new Thing('old')`)
    await engine.up()
    project.program(`
      const a = new Thing('a')
      const bad = new Thing('bad', { after: a.sid, fail: 'create' })
      new Thing('never', { after: bad.sid })
      export const sid = a.sid
    `)
    const result = await engine.up()
    assert.ok(!result.ok)
    assert.deepEqual(errors(result), ['the world refuses to create bad'])
    assert.deepEqual(names().sort(), ['a', 'default', 'old', 'p-dev'])
    assert.equal(project.checkpoint().checkpoint.latest.pending_operations, undefined)
    assert.deepEqual(project.provider.named('delete'), [])
  })

  it('by a deletion at its end lets the program leave without a word', async () => {
    const lines: string[] = []
    project.program(`new Thing('old', { fail: 'delete' })`)
    await project.engine().up()
    project.program('')
    const result = await project
      .engine({
        onEvent: (event) => {
          if (event.kind === 'output') lines.push(event.line)
        },
      })
      .up()
    assert.deepEqual(errors(result), ['the world refuses to delete old'])
    assert.deepEqual(lines, [])
  })

  it('stops at a refused input and names the property', async () => {
    project.program(`new Thing('a', { bad: 'x' })`)
    const result = await project.engine().preview()
    assert.deepEqual(errors(result), [
      "test:index:Thing resource 'a': property bad value {x} has a problem: nobody wants this",
    ])
  })

  it('refuses a duplicate URN', async () => {
    project.program(`new Thing('a'); new Thing('a')`)
    const result = await project.engine().preview()
    assert.match(
      errors(result).join(),
      /Duplicate resource URN '.*::a'; try giving it a unique name/,
    )
  })

  it('keeps a half-made object with its errors and finishes it with an update', async () => {
    const engine = project.engine()
    project.program(`new Thing('a', { half: 'create' })`)
    const result = await engine.up()
    assert.match(errors(result).join(), /half made\n {2}\* it is not ready/)
    const a = project.checkpoint().checkpoint.latest.resources?.at(-1)
    assert.deepEqual(a?.['initErrors'], ['it is not ready'])
    assert.equal(a?.id, 'id-a-1')
    const next = await engine.up()
    assert.deepEqual(next.summary, { same: 2, update: 1 })
    assert.equal(
      project.checkpoint().checkpoint.latest.resources?.at(-1)?.['initErrors'],
      undefined,
    )
  })

  it('tells the exception of a program, without deleting anything', async () => {
    const engine = project.engine()
    project.program(`new Thing('a')`)
    await engine.up()
    project.program(`throw new Error('the program is broken')`)
    const result = await engine.up()
    assert.ok(!result.ok)
    assert.match(errors(result).join(), /the program is broken/)
    assert.ok(names().includes('a'))
  })

  it('does not fail because of pulumi.log.error alone', async () => {
    project.program(`pulumi.log.error('look at this'); new Thing('a')`)
    const result = await project.engine().up()
    assert.ok(result.ok)
    assert.deepEqual(errors(result), ['look at this'])
  })

  it('refuses by name what the engine does not build', async () => {
    const refused = async (program: string, reason: RegExp) => {
      project.program(program)
      const result = await project.engine().preview()
      assert.ok(!result.ok)
      assert.match(errors(result).join('\n'), reason)
    }
    await refused(
      `new Thing('a', { file: new pulumi.asset.StringAsset('x'), zip: new pulumi.asset.AssetArchive({}) })`,
      /does not support archives as property values/,
    )
    await refused(`new pulumi.StackReference('org/p/s')`, /does not support .*stack references/)
    await refused(
      `new Thing('a', {}, { transforms: [() => undefined] })`,
      /does not support transforms/,
    )
  })

  it('says where a provider was looked for', async () => {
    project.program(`new Thing('a')`)
    const engine = project.engine({ env: { ...process.env } })
    const result = await engine.preview()
    assert.match(errors(result).join(), /no executable pulumi-resource-test on the PATH/)
  })

  it('finishes and records what runs when it is canceled, and starts nothing new', async () => {
    const { promise: entered, resolve: enter } = Promise.withResolvers<void>()
    const { promise: released, resolve: release } = Promise.withResolvers<void>()
    project.provider.onChange = async () => {
      enter()
      await released
    }
    project.program(`const a = new Thing('a'); new Thing('b', { peer: a.sid })`)
    const engine = project.engine()
    const running = engine.up()
    await entered
    engine.cancel()
    release()
    const result = await running
    assert.ok(!result.ok)
    assert.ok(result.canceled)
    assert.deepEqual(errors(result), ['update canceled'])
    assert.deepEqual(names(), ['p-dev', 'default', 'a'])
    assert.deepEqual(project.provider.named('create'), ['a'])
  })

  it('answers an invoke through the default provider', async () => {
    project.program(`
      export const said = pulumi.output(pulumi.runtime.invoke('test:index:echo', { say: 'hello' })).apply((r) => r.echoed)
    `)
    const result = await project.engine().up()
    assert.deepEqual(result.outputs, { said: 'hello' })
  })

  it('runs steps at the same time, but no more than asked for', async () => {
    let running = 0
    let most = 0
    project.provider.onChange = async () => {
      most = Math.max(most, ++running)
      await new Promise((resolve) => setImmediate(resolve))
      running--
    }
    project.program(`for (let i = 0; i < 20; i++) new Thing('t' + i)`)
    await project.engine({ parallel: 3 }).up()
    assert.ok(most > 1 && most <= 3, `${most} at the same time`)
  })
})
