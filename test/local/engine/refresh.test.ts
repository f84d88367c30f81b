import assert from 'node:assert/strict'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createTestProject, type TestProject } from './test-project.ts'

describe('refresh', () => {
  let project: TestProject
  beforeEach(async () => {
    project = await createTestProject(`
      const g = new Group('g')
      const a = new Thing('a', { size: 1 }, { parent: g })
      new Thing('b', { peer: a.sid })
      new Thing('child', {}, { parent: a })
    `)
  })
  afterEach(() => project.close())

  const state = (name: string) =>
    project.checkpoint().checkpoint.latest.resources?.find(({ urn }) => urn.endsWith(`::${name}`))

  it('finds nothing in a world that did not change, and the next preview is empty', async () => {
    const engine = project.engine()
    await engine.up()
    const result = await engine.refresh()
    assert.deepEqual(result.summary, { same: 3 })
    assert.equal((await engine.preview()).summary.update, undefined)
  })

  it('takes over what changed in the world, shown from what was to what is', async () => {
    const engine = project.engine()
    await engine.up()
    const id = state('a')?.id ?? ''
    project.provider.world.set(id, { size: 9, extra: true, sid: id })
    const previewed = await engine.refresh({ previewOnly: true })
    assert.deepEqual(previewed.summary, { same: 2, update: 1 })
    assert.equal(state('a')?.inputs?.['size'], 1)
    const result = await engine.refresh()
    const step = result.steps.find(({ urn }) => urn.endsWith('::a'))
    assert.deepEqual(step?.detailedDiff, {
      size: { kind: 'update', inputDiff: true },
      extra: { kind: 'add', inputDiff: true },
    })
    assert.deepEqual(state('a')?.inputs, { size: 9, extra: true })
    assert.notEqual(state('a')?.['modified'], state('a')?.['created'])
    assert.deepEqual((await engine.up()).summary.update, 1)
  })

  it('removes what is gone, with every reference to it', async () => {
    const engine = project.engine()
    await engine.up()
    project.provider.world.delete(state('a')?.id ?? '')
    const result = await engine.refresh()
    assert.deepEqual(result.summary, { same: 2, delete: 1 })
    assert.equal(state('a'), undefined)
    assert.equal(state('b')?.['dependencies'], undefined)
    // An entry without dependencies vanishes, as with Pulumi.
    assert.equal(state('b')?.['propertyDependencies'], undefined)
    assert.equal(state('child')?.['parent'], state('g')?.urn)
    // The child is declared under a again and is known by another URN: the program makes both.
    assert.ok((await engine.up()).ok)
    assert.ok(state('a'))
  })

  it('does the same as part of an up', async () => {
    const engine = project.engine()
    await engine.up()
    project.provider.world.delete(state('b')?.id ?? '')
    const result = await engine.up({ refresh: true })
    assert.ok(result.ok)
    assert.equal(result.summary.create, 1)
    assert.ok(state('b'))
  })
})

describe('pending operations', () => {
  let project: TestProject
  beforeEach(async () => {
    project = await createTestProject(`new Thing('a', { size: 1 })`)
  })
  afterEach(() => project.close())

  const urn = 'urn:pulumi:dev::p::test:index:Thing::lost'

  // As a killed engine leaves it: a creation that began and did not end.
  function leavePending(): void {
    const content = JSON.parse(readFileSync(project.checkpointFile, 'utf8'))
    const { latest } = content.checkpoint
    const { parent, provider } = latest.resources.at(-1)
    const resource = { urn, custom: true, type: 'test:index:Thing', parent, provider }
    latest.pending_operations = [{ resource, type: 'creating' }]
    writeFileSync(project.checkpointFile, JSON.stringify(content))
  }

  it('are named by the next up, with the ways to clear or import them, and stay', async () => {
    const engine = project.engine()
    await engine.up()
    leavePending()
    assert.deepEqual(await engine.pendingOperations(), [{ urn, type: 'creating' }])
    const result = await engine.up()
    assert.ok(result.ok)
    const [warning] = result.diagnostics
    assert.equal(warning?.severity, 'warning')
    assert.match(warning?.message ?? '', /1 pending operations/)
    assert.match(warning?.message ?? '', /::lost, interrupted while creating/)
    assert.match(warning?.message ?? '', /--clear-pending-creates/)
    assert.match(warning?.message ?? '', /--import-pending-creates/)
    assert.equal((await engine.pendingOperations()).length, 1)
  })

  it('go when they are cleared, by name or by a refresh', async () => {
    const engine = project.engine()
    await engine.up()
    leavePending()
    await assert.rejects(engine.clearPending([`${urn}-misspelt`]), /-misspelt is pending/)
    await engine.clearPending([urn])
    assert.deepEqual(await engine.pendingOperations(), [])
    leavePending()
    await engine.refresh()
    assert.equal((await engine.pendingOperations()).length, 1)
    await engine.refresh({ clearPendingCreates: true })
    assert.deepEqual(await engine.pendingOperations(), [])
  })

  it('become resources when a refresh is given their ids', async () => {
    const engine = project.engine()
    await engine.up()
    leavePending()
    project.provider.world.set('found', { size: 4, sid: 'found' })
    const result = await engine.refresh({ importPendingCreates: { [urn]: 'found' } })
    assert.ok(result.ok)
    const lost = project.checkpoint().checkpoint.latest.resources?.find((r) => r.urn === urn)
    assert.deepEqual(lost?.inputs, { size: 4 })
    assert.deepEqual(await engine.pendingOperations(), [])
  })
})

describe('importResources', () => {
  let project: TestProject
  beforeEach(async () => {
    project = await createTestProject(`new Thing('a', { size: 1 })`)
  })
  afterEach(() => project.close())

  const importing = (resources: object[], nameTable = {}) => {
    const file = join(project.dir, 'import.json')
    writeFileSync(file, JSON.stringify({ nameTable, resources }))
    return project.engine().importResources(file)
  }

  it('brings objects into the state, protected, and the program then finds them', async () => {
    await project.engine().up()
    project.provider.world.set('x1', { size: 3, sid: 'x1' })
    const result = await importing([{ type: 'test:index:Thing', name: 'x', id: 'x1' }])
    assert.ok(result.ok, JSON.stringify(result.diagnostics))
    const x = project.checkpoint().checkpoint.latest.resources?.find(({ id }) => id === 'x1')
    assert.equal(x?.['protect'], true)
    assert.equal(x?.['importID'], undefined)
    assert.deepEqual(x?.inputs, { size: 3 })
    project.program(`new Thing('a', { size: 1 }); new Thing('x', { size: 3 }, { protect: true })`)
    assert.deepEqual((await project.engine().preview()).summary, { same: 4 })
  })

  it('makes the stack and the provider when there is nothing yet', async () => {
    project.provider.world.set('x1', { size: 3, sid: 'x1' })
    const result = await importing([{ type: 'test:index:Thing', name: 'x', id: 'x1' }])
    assert.ok(result.ok, JSON.stringify(result.diagnostics))
    assert.deepEqual(result.summary, { create: 2, import: 1 })
  })

  it('refuses a name that exists, and an object that does not', async () => {
    await project.engine().up()
    const twice = await importing([{ type: 'test:index:Thing', name: 'a', id: 'x1' }])
    assert.match(twice.diagnostics[0]?.message ?? '', /already exists in the stack/)
    const missing = await importing([{ type: 'test:index:Thing', name: 'y', id: 'nothing' }])
    assert.match(missing.diagnostics[0]?.message ?? '', /resource 'nothing' does not exist/)
  })
})
