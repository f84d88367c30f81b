import assert from 'node:assert/strict'
import type { OperationResult } from '../../../local/engine/index.ts'
import { createTestProject, type TestProject } from './test-project.ts'

const changes = ({ steps }: OperationResult) =>
  steps.filter(({ op }) => op !== 'same').map(({ op, urn }) => `${op} ${urn.split('::').at(-1)}`)

describe('a replacement', () => {
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

  it('creates first and deletes the old object at the end', async () => {
    const engine = await change(
      `const a = new Thing('a', { forceX: 1 }); new Thing('b', { peer: a.sid })`,
      `const a = new Thing('a', { forceX: 2 }); new Thing('b', { peer: a.sid })`,
    )
    const expected = ['create-replacement a', 'replace a', 'update b', 'delete-replaced a']
    assert.deepEqual(changes(await engine.preview()), expected)
    const result = await engine.up()
    assert.deepEqual(changes(result), expected)
    assert.deepEqual(result.summary, { same: 2, replace: 1, update: 1 })
    assert.deepEqual(result.steps.find(({ op }) => op === 'replace')?.replaceKeys, ['forceX'])
    assert.equal(project.provider.world.size, 2)
  })

  it('checks the inputs anew, without the old ones', async () => {
    const engine = await change(`new Thing('a', { forceX: 1 })`, `new Thing('a', { forceX: 2 })`)
    await engine.up()
    const olds = project.provider.calls
      .filter(({ method }) => method === 'check')
      .map((call) => call.olds)
    assert.deepEqual(olds, [{ forceX: 1 }, {}])
  })

  it('deletes first when asked, and takes along dependents that would be replaced', async () => {
    const engine = await change(
      `const a = new Thing('a', { forceX: 1, dbr: true })
       const b = new Thing('b', { forcePeer: a.sid })
       new Thing('c', { peer: a.sid })
       new Thing('d', {}, { dependsOn: a })`,
      `const a = new Thing('a', { forceX: 2, dbr: true })
       const b = new Thing('b', { forcePeer: a.sid })
       new Thing('c', { peer: a.sid })
       new Thing('d', {}, { dependsOn: a })`,
    )
    const result = await engine.up()
    assert.deepEqual(changes(result).slice(0, 4), [
      'delete-replaced b',
      'delete-replaced a',
      'replace a',
      'create-replacement a',
    ])
    assert.deepEqual(changes(result).slice(4).sort(), [
      'create-replacement b',
      'replace b',
      'update c',
    ])
    assert.deepEqual(project.provider.named('delete'), ['b', 'a'])
    assert.ok(
      project.checkpoint().checkpoint.latest.resources?.every((r) => !r['pendingReplacement']),
    )
  })

  it('is overridden by the option deleteBeforeReplace', async () => {
    const engine = await change(
      `new Thing('a', { forceX: 1, dbr: true })`,
      `new Thing('a', { forceX: 2, dbr: true }, { deleteBeforeReplace: false })`,
    )
    assert.deepEqual(changes(await engine.up()), [
      'create-replacement a',
      'replace a',
      'delete-replaced a',
    ])
  })

  it('that cannot delete the old object keeps it in the state and deletes it the next time', async () => {
    const engine = await change(
      `new Thing('a', { forceX: 1, fail: 'delete' })`,
      `new Thing('a', { forceX: 2 })`,
    )
    const result = await engine.up()
    assert.ok(!result.ok)
    const list = project.checkpoint().checkpoint.latest.resources ?? []
    assert.deepEqual(
      list.filter(({ urn }) => urn.endsWith('::a')).map((r) => r['delete']),
      [undefined, true],
    )
    assert.equal(list.at(-1)?.['delete'], true)
    project.provider.onChange = () => {}
    // The old inputs are in the state: only a provider that thinks better of it can help.
    const { checkpointFile } = project
    const { readFileSync, writeFileSync } = await import('node:fs')
    writeFileSync(
      checkpointFile,
      readFileSync(checkpointFile, 'utf8').replaceAll('"fail":"delete",', ''),
    )
    const next = await engine.up()
    assert.deepEqual(changes(next), ['delete-replaced a'])
    assert.equal(project.provider.world.size, 1)
  })

  it('whose creation fails after the deletion is made up for the next time', async () => {
    const engine = await change(
      `new Thing('a', { forceX: 1, dbr: true })`,
      `new Thing('a', { forceX: 2, dbr: true, fail: 'create' })`,
    )
    assert.ok(!(await engine.up()).ok)
    const a = project.checkpoint().checkpoint.latest.resources?.at(-1)
    assert.equal(a?.['pendingReplacement'], true)
    assert.equal(a?.inputs?.['forceX'], 1)
    project.program(`new Thing('a', { forceX: 1, dbr: true })`)
    assert.deepEqual(changes(await engine.up()), ['replace a', 'create-replacement a'])
  })

  it('forgets what was deleted early and is no longer declared', async () => {
    const engine = await change(
      `new Thing('a', { forceX: 1, dbr: true })`,
      `new Thing('a', { forceX: 2, dbr: true, fail: 'create' })`,
    )
    await engine.up()
    project.program('')
    const result = await engine.up()
    assert.deepEqual(changes(result).slice(0, 1), ['remove-pending-replace a'])
    assert.ok(result.ok)
  })

  it('follows from replaceOnChanges and from a changed replacementTrigger', async () => {
    const engine = await change(
      `new Thing('a', { size: 1 }, { replaceOnChanges: ['size'] })
       new Thing('b', {}, { replacementTrigger: 'one' })
       new Thing('c', { size: 1 }, { replaceOnChanges: ['other'] })`,
      `new Thing('a', { size: 2 }, { replaceOnChanges: ['size'] })
       new Thing('b', {}, { replacementTrigger: 'two' })
       new Thing('c', { size: 2 }, { replaceOnChanges: ['other'] })`,
    )
    assert.deepEqual((await engine.up()).summary, { same: 2, replace: 2, update: 1 })
  })

  it('of what a resource is deletedWith replaces the resource too', async () => {
    const engine = await change(
      `const a = new Thing('a', { forceX: 1 }); new Thing('b', {}, { deletedWith: a })`,
      `const a = new Thing('a', { forceX: 2 }); new Thing('b', {}, { deletedWith: a })`,
    )
    const result = await engine.up()
    assert.deepEqual(result.summary, { same: 2, replace: 2 })
    const b = result.steps.find(({ op, urn }) => op === 'replace' && urn.endsWith('::b'))
    assert.deepEqual(b?.replaceKeys, ['deletedWith'])
  })
})
