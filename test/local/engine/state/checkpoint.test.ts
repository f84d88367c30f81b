import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { CheckpointRefused } from '../../../../local/engine/index.ts'
import { digest } from '../../../../local/engine/state/checkpoint.ts'
import { openState, stackFiles } from '../../../../local/engine/state/state-store.ts'

const urn = 'urn:pulumi:dev::p::t:m:R::a'
const resource = { urn, custom: true, type: 't:m:R', id: '1' }

function checkpoint(latest: object, version: unknown = 3, stack = 'organization/p/dev'): string {
  const manifest = { time: '2026-01-01T00:00:00Z', magic: digest('3.260.0'), version: '3.260.0' }
  return JSON.stringify({ version, checkpoint: { stack, latest: { manifest, ...latest } } })
}

describe('openState', () => {
  let stateDir = ''
  beforeEach(() => {
    stateDir = mkdtempSync(join(tmpdir(), 'state-'))
  })
  afterEach(() => rmSync(stateDir, { recursive: true }))

  const location = () => ({ stateDir, project: 'p', stack: 'dev' })
  const put = (text: string) => {
    const file = stackFiles(location()).checkpoint
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, text)
    return file
  }
  const open = () => openState(location(), { passphrase: 'x', writable: true })

  async function refuses(text: string, reason: RegExp): Promise<void> {
    const file = put(text)
    await assert.rejects(open(), (error: unknown) => {
      assert.ok(error instanceof CheckpointRefused, String(error))
      assert.equal(error.file, file)
      assert.match(error.reason, reason)
      assert.ok(error.remedy.length > 0)
      return true
    })
    assert.equal(readFileSync(file, 'utf8'), text)
  }

  it('refuses what is not JSON and leaves it untouched', () =>
    refuses('{"version":3,', /not valid JSON/))
  it('refuses JSON that is no checkpoint', () => refuses('{"hello":1}', /no version/))
  it('refuses version 4 by name', () => refuses(checkpoint({}, 4), /format version 4/))
  it('refuses a wrong magic', () =>
    refuses(checkpoint({ manifest: { magic: 'x', version: '3.260.0' } }), /magic does not fit/))
  it('refuses the checkpoint of another stack', () =>
    refuses(checkpoint({}, 3, 'organization/other/dev'), /other\/dev/))
  it('refuses resources of another stack', () =>
    refuses(
      checkpoint({ resources: [{ ...resource, urn: urn.replace('dev', 'prod') }] }),
      /resources of another stack/,
    ))
  it('refuses broken integrity', () =>
    refuses(
      checkpoint({ resources: [{ ...resource, dependencies: [urn.replace('::a', '::b')] }] }),
      /integrity is broken: .*::b, which is not listed before it/,
    ))
  it('refuses a resource of the wrong shape', () =>
    refuses(checkpoint({ resources: [{ urn: 1 }] }), /shape of a checkpoint/))
  it('refuses secrets of another provider', () =>
    refuses(checkpoint({ secrets_providers: { type: 'service' } }), /kept by "service"/))

  it('gives the lock back when it refuses', async () => {
    put('nonsense')
    await assert.rejects(open(), CheckpointRefused)
    await assert.rejects(open(), CheckpointRefused)
  })

  it('loads a checkpoint without a deployment', async () => {
    put(JSON.stringify({ version: 3, checkpoint: { stack: 'organization/p/dev', latest: null } }))
    const store = await open()
    assert.deepEqual(store.snapshot.resources(), [])
    store.release()
  })

  it('does not write a file that nothing changed', async () => {
    const file = put(checkpoint({ resources: [resource] }))
    const before = readFileSync(file, 'utf8')
    const store = await open()
    store.record({ kind: 'same', handle: 0 })
    await store.commit([], 'up')
    store.release()
    assert.equal(readFileSync(file, 'utf8'), before)
  })

  it('recovers from the journal what a killed engine had recorded, and names what was under way', async () => {
    put(checkpoint({ resources: [resource] }))
    const state = { ...resource, inputs: {} }
    const killed = await open()
    killed.record({ kind: 'same', handle: 0 })
    const other = { ...state, urn: `${urn}2`, dependencies: [urn] }
    killed.record({ kind: 'begin', operation: 1, type: 'creating', resource: other })
    killed.record({ kind: 'put', state: other, operation: 1 })
    const third = { ...state, urn: `${urn}3` }
    killed.record({ kind: 'begin', operation: 2, type: 'creating', resource: third })
    await killed.durable()
    killed.release()

    const store = await open()
    assert.deepEqual(
      store.snapshot.resources().map((found) => found.urn),
      [urn, `${urn}2`],
    )
    assert.deepEqual(
      store.pending.map(({ resource: found, type }) => [found.urn, type]),
      [[`${urn}3`, 'creating']],
    )
    assert.match(store.notes.join(), /recovered/)
    store.release()
    const again = await open()
    assert.equal(again.pending.length, 1)
    assert.deepEqual(again.notes, [])
    again.release()
  })

  it('leaves out a last journal line that was cut short', async () => {
    put(checkpoint({ resources: [resource] }))
    const killed = await open()
    killed.record({ kind: 'put', state: { ...resource, urn: `${urn}2`, inputs: {} } })
    await killed.durable()
    killed.release()
    const { journal } = stackFiles(location())
    writeFileSync(journal, `${readFileSync(journal, 'utf8')}{"kind":"put","sta`)
    const store = await open()
    assert.equal(store.snapshot.resources().length, 2)
    store.release()
  })

  it('refuses a journal that continues another checkpoint', async () => {
    put(checkpoint({ resources: [resource] }))
    const killed = await open()
    killed.record({ kind: 'drop', handle: 0 })
    await killed.durable()
    killed.release()
    put(checkpoint({ resources: [] }))
    await assert.rejects(open(), /continues another checkpoint/)
  })
})
