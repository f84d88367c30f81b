import assert from 'node:assert/strict'
import { existsSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { OperationResult } from '../../../local/engine/index.ts'
import { createTestProject, type TestProject } from './test-project.ts'

const ops = ({ steps }: OperationResult) =>
  steps.map(({ op, urn }) => `${op} ${urn.split('::').at(-1)}`)
const changes = (result: OperationResult) => ops(result).filter((text) => !text.startsWith('same'))
const signature = '4dabf18193072939515e22adb298388d'

describe('createEngine', () => {
  let project: TestProject
  beforeEach(async () => {
    project = await createTestProject(`
      const a = new Thing('a', { size: 1, token: pulumi.secret('s3cr3t') })
      const b = new Thing('b', { peer: a.sid })
      export const sid = b.sid
      export const token = a.token
    `)
  })
  afterEach(() => project.close())

  it('previews without changing anything, unknowns included', async () => {
    const result = await project.engine().preview()
    assert.ok(result.ok)
    assert.deepEqual(result.summary, { create: 4 })
    assert.equal(project.provider.world.size, 0)
    assert.ok(!existsSync(project.checkpointFile))
    const previewed = project.provider.calls.filter(({ method }) => method === 'create')
    assert.ok(previewed.every(({ preview }) => preview))
    assert.equal(
      previewed.find(({ name }) => name === 'b')?.news['peer'],
      '04da6b54-80e4-46f7-96ec-b56ff0331ba9',
    )
  })

  it('creates in dependency order and keeps a version 3 checkpoint', async () => {
    const engine = project.engine()
    const result = await engine.up()
    assert.ok(result.ok)
    assert.deepEqual(project.provider.named('create'), ['a', 'b'])
    const { version, checkpoint } = project.checkpoint()
    assert.equal(version, 3)
    const [stack, provider, a, b] = checkpoint.latest.resources ?? []
    assert.equal(stack?.type, 'pulumi:pulumi:Stack')
    assert.equal(provider?.urn, 'urn:pulumi:dev::p::pulumi:providers:test::default')
    assert.equal(a?.['provider'], `${provider?.urn}::${provider?.id}`)
    assert.deepEqual(b?.['propertyDependencies'], { peer: [a?.urn] })
    assert.deepEqual(a?.['propertyDependencies'], { size: [], token: [] })
    assert.equal(a?.['created'], a?.['modified'])
    assert.deepEqual(Object.keys(a ?? {}), [
      'urn',
      'custom',
      'id',
      'type',
      'inputs',
      'outputs',
      'parent',
      'provider',
      'propertyDependencies',
      'created',
      'modified',
    ])
    assert.deepEqual(await engine.outputs(), { sid: b?.id, token: '[secret]' })
    assert.deepEqual(await engine.outputs({ showSecrets: true }), { sid: b?.id, token: 's3cr3t' })
  })

  it('leaves no secret readable on the disk', async () => {
    await project.engine().up()
    const text = readFileSync(project.checkpointFile, 'utf8')
    assert.ok(!text.includes('s3cr3t'))
    const a = project
      .checkpoint()
      .checkpoint.latest.resources?.find(({ urn }) => urn.endsWith('::a'))
    const sealed = a?.inputs?.['token'] as Record<string, string>
    assert.equal(sealed[signature], '1b47061264138c4ac30d75fd1eb44270')
    assert.match(sealed['ciphertext'] ?? '', /^v1:/)
    // The provider did not say so, but the input of that name is secret.
    assert.ok(JSON.stringify(a?.outputs?.['token']).includes(signature))
  })

  it('finds nothing to do the second time and does not touch the file', async () => {
    const engine = project.engine()
    await engine.up()
    const before = readFileSync(project.checkpointFile, 'utf8')
    const { mtimeMs } = statSync(project.checkpointFile)
    const result = await engine.up()
    assert.deepEqual(result.summary, { same: 4 })
    assert.equal(readFileSync(project.checkpointFile, 'utf8'), before)
    assert.equal(statSync(project.checkpointFile).mtimeMs, mtimeMs)
  })

  it('updates, creates and deletes what changed, and reuses unchanged ciphertexts', async () => {
    const engine = project.engine()
    await engine.up()
    const cipher = () =>
      project.checkpoint().checkpoint.latest.resources?.find(({ urn }) => urn.endsWith('::a'))
        ?.inputs?.['token']
    const before = cipher()
    project.program(`
      const a = new Thing('a', { size: 2, token: pulumi.secret('s3cr3t') })
      new Thing('c', { peer: a.sid })
    `)
    const result = await engine.up()
    assert.deepEqual(changes(result), ['update a', 'create c', 'delete b'])
    assert.deepEqual(cipher(), before)
    const update = result.steps.find(({ op }) => op === 'update')
    assert.deepEqual(update?.detailedDiff, { size: { kind: 'update', inputDiff: true } })
    assert.deepEqual(await engine.outputs(), {})
    assert.ok(existsSync(`${project.checkpointFile}.bak`))
  })

  it('destroys in reverse order without running the program', async () => {
    const engine = project.engine()
    await engine.up()
    project.program('throw new Error("not run")')
    const result = await engine.destroy()
    assert.ok(result.ok)
    assert.deepEqual(project.provider.named('delete'), ['b', 'a'])
    assert.equal(project.checkpoint().checkpoint.latest.resources, undefined)
    assert.equal(project.provider.world.size, 0)
  })

  it('exports for pulumi stack import, and imports what was exported', async () => {
    const engine = project.engine()
    await engine.up()
    const text = await engine.exportStack()
    assert.match(text, /^\{\n {4}"version": 3,\n {4}"deployment"/)
    assert.ok(!text.includes('s3cr3t'))
    assert.match(await engine.exportStack({ showSecrets: true }), /"plaintext": "\\"s3cr3t\\""/)
    const file = join(project.dir, 'export.json')
    const { writeFileSync } = await import('node:fs')
    writeFileSync(file, text)
    await engine.importStack(file)
    assert.deepEqual(changes(await engine.preview()), [])
  })

  it('says which file to import cannot be read', async () => {
    await assert.rejects(project.engine().importStack('no-such.json'), {
      code: 'import',
      message: /^no-such\.json cannot be read: ENOENT/,
    })
  })

  it('refuses a second operation while one is running', async () => {
    const engine = project.engine()
    const first = engine.preview()
    await assert.rejects(engine.preview(), /another operation on dev is running/)
    await first
  })

  it('refuses to run while another engine holds the lock', async () => {
    const { promise: entered, resolve: enter } = Promise.withResolvers<void>()
    const { promise: released, resolve: release } = Promise.withResolvers<void>()
    project.provider.onChange = async () => {
      enter()
      await released
    }
    const first = project.engine().up()
    await entered
    await assert.rejects(project.engine().up(), /currently locked by 1 lock/)
    release()
    assert.ok((await first).ok)
  })
})
