import assert from 'node:assert/strict'
import type { OperationResult } from '../../../local/engine/index.ts'
import { createTestProject, type TestProject } from './test-project.ts'

const changes = ({ steps }: OperationResult) =>
  steps.filter(({ op }) => op !== 'same').map(({ op, urn }) => `${op} ${urn.split('::').at(-1)}`)

describe('resource options', () => {
  let project: TestProject
  beforeEach(async () => {
    project = await createTestProject()
  })
  afterEach(() => project.close())

  async function change(before: string, after: string) {
    const engine = project.engine()
    project.program(before)
    assert.ok((await engine.up()).ok)
    project.provider.calls.length = 0
    project.program(after)
    return engine
  }
  const state = (name: string) =>
    project.checkpoint().checkpoint.latest.resources?.find(({ urn }) => urn.endsWith(`::${name}`))

  it('protect: refuses a deletion and still deletes the rest', async () => {
    const engine = await change(
      `const a = new Thing('a', {}, { protect: true }); new Thing('b')`,
      '',
    )
    const preview = await engine.preview()
    assert.ok(!preview.ok)
    assert.match(
      preview.diagnostics[0]?.message ?? '',
      /cannot be deleted\nbecause it is protected/,
    )
    const result = await engine.up()
    assert.ok(!result.ok)
    assert.deepEqual(project.provider.named('delete'), ['b'])
    assert.ok(state('a'))
  })

  it('protect: refuses a replacement', async () => {
    const engine = await change(
      `new Thing('a', { forceX: 1 }, { protect: true })`,
      `new Thing('a', { forceX: 2 }, { protect: true })`,
    )
    const result = await engine.up()
    assert.match(result.diagnostics[0]?.message ?? '', /unable to replace resource/)
    assert.deepEqual(project.provider.named('create'), [])
  })

  it('retainOnDelete: leaves the object in the world', async () => {
    const engine = await change(`new Thing('a', {}, { retainOnDelete: true })`, '')
    const result = await engine.up()
    assert.deepEqual(changes(result).slice(0, 1), ['delete a'])
    assert.ok(result.steps.find(({ op }) => op === 'delete')?.retained)
    assert.equal(project.provider.world.size, 1)
  })

  it('deletedWith: leaves the deletion to the other deletion', async () => {
    const engine = await change(
      `const a = new Thing('a'); new Thing('b', {}, { deletedWith: a })`,
      '',
    )
    await engine.up()
    assert.deepEqual(project.provider.named('delete'), ['a'])
  })

  it('ignoreChanges: keeps the old input before the provider sees it', async () => {
    const engine = await change(
      `new Thing('a', { size: 1, tags: { x: 1, y: 1 } })`,
      `new Thing('a', { size: 2, tags: { x: 2, y: 2 } }, { ignoreChanges: ['size', 'tags.x'] })`,
    )
    assert.deepEqual(changes(await engine.up()), ['update a'])
    assert.deepEqual(state('a')?.inputs, { size: 1, tags: { x: 1, y: 2 } })
  })

  it('aliases: takes over the old resource and every reference to it', async () => {
    const engine = await change(
      `const g = new Group('g'); const a = new Thing('a', {}, { parent: g }); new Thing('b', { peer: a.sid }, { parent: a })`,
      `const g = new Group('h', { aliases: [{ name: 'g' }] }); const a = new Thing('a2', {}, { parent: g, aliases: [{ name: 'a' }] }); new Thing('b', { peer: a.sid }, { parent: a })`,
    )
    const result = await engine.up()
    assert.deepEqual(changes(result), [])
    const urns = project.checkpoint().checkpoint.latest.resources?.map(({ urn }) => urn) ?? []
    assert.ok(urns.includes('urn:pulumi:dev::p::test:index:Group$test:index:Thing::a2'))
    assert.ok(!urns.some((urn) => urn.endsWith('::a') || urn.endsWith('::g')))
    assert.equal(state('b')?.['parent'], state('a2')?.urn)
    assert.deepEqual(changes(await engine.up()), [])
  })

  it('additionalSecretOutputs and customTimeouts are kept in the state', async () => {
    project.program(
      `new Thing('a', { size: 1 }, { additionalSecretOutputs: ['sid'], customTimeouts: { create: '1m30s' } })`,
    )
    await project.engine().up()
    assert.deepEqual(state('a')?.['customTimeouts'], { create: 90 })
    assert.equal(typeof state('a')?.outputs?.['sid'], 'object')
    assert.equal(project.provider.calls.find(({ method }) => method === 'create')?.timeout, 90)
  })

  it('import: reads the object, keeps the id, updates what differs', async () => {
    project.provider.world.set('x1', { size: 1, sid: 'x1' })
    project.provider.world.set('x2', { size: 1, sid: 'x2' })
    project.program(`
      new Thing('same', { size: 1 }, { import: 'x1' })
      new Thing('differs', { size: 2 }, { import: 'x2' })
    `)
    const engine = project.engine()
    const result = await engine.up()
    assert.ok(result.ok)
    assert.deepEqual(result.summary, { create: 2, import: 2, update: 1 })
    assert.equal(state('same')?.['importID'], 'x1')
    assert.equal(project.provider.world.get('x2')?.['size'], 2)
    assert.deepEqual(changes(await engine.up()), [])
  })

  it('import: says when there is no such object', async () => {
    project.program(`new Thing('a', { size: 1 }, { import: 'nothing' })`)
    const result = await project.engine().preview()
    assert.match(result.diagnostics[0]?.message ?? '', /resource 'nothing' does not exist/)
  })

  it('id: reads an object that is not managed, and only discards it', async () => {
    project.provider.world.set('x1', { size: 7, sid: 'x1' })
    const engine = await change(
      `const a = Thing.get('a', 'x1'); export const sid = a.sid`,
      `new Thing('b')`,
    )
    assert.deepEqual(await engine.outputs(), { sid: 'x1' })
    assert.equal(state('a')?.['external'], true)
    assert.ok(changes(await engine.up()).includes('discard a'))
    assert.ok(project.provider.world.has('x1'))
  })

  it('provider: an explicit one configures its own process and is kept in the state', async () => {
    const engine = await change(
      `const mine = new Provider('mine', { account: 'one' }); new Thing('a', {}, { provider: mine })`,
      `const mine = new Provider('mine', { account: 'two' }); new Thing('a', {}, { provider: mine })`,
    )
    assert.match(String(state('a')?.['provider']), /pulumi:providers:test::mine::/)
    assert.deepEqual(project.provider.configurations, [{ account: 'one' }])
    const result = await engine.up()
    // DiffConfig demands another provider, and with it go its resources.
    assert.deepEqual(result.summary, { same: 1, replace: 2 })
    assert.deepEqual(
      result.steps.find(({ op, urn }) => op === 'replace' && urn.endsWith('::a'))?.replaceKeys,
      ['provider'],
    )
  })
})
