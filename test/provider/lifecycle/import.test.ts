import assert from 'node:assert/strict'
import { resources } from '../../../provider/resources.ts'
import { centre, type Stack, upCentre } from '../engine/centre.ts'
import { useTwilio } from '../engine/story.ts'

describe('import', () => {
  const story = useTwilio()
  let stack: Stack = {}
  before(async () => {
    stack = (await upCentre(story.engine)).stack
  })

  it('of every resource of a centre gives a state that a preview finds nothing to do for', async () => {
    for (const { name, type } of centre) {
      const imported = await story.engine.import(type, String(stack[name]?.id))
      assert.ok(imported, `${name} is not found`)
      // The engine hands its inputs back to Check, then to Diff.
      const inputs = await story.engine.check(type, imported.inputs, imported.inputs)
      const difference = await story.engine.diff(type, imported, inputs)
      assert.deepEqual([name, difference.changes], [name, 'none'])
      assert.deepEqual((await story.engine.refresh(type, imported))?.drift.changes, 'none', name)
    }
  })

  it('takes every id that List tells, also of what nobody declared', async () => {
    for (const { token } of resources.filter(({ listing }) => listing?.kind !== 'none')) {
      const { objects } = await story.engine.list(token)
      for (const { id } of objects) {
        const imported = await story.engine.import(token, id)
        assert.ok(imported, `${token} ${id}`)
        const inputs = await story.engine.check(token, imported.inputs, imported.inputs)
        const { changes } = await story.engine.diff(token, imported, inputs)
        assert.deepEqual([token, id, changes], [token, id, 'none'])
      }
    }
  })

  it('is tried here for every resource type', () => {
    const tried = new Set(centre.map(({ type }) => type))
    const missing = resources.map(({ token }) => token).filter((token) => !tried.has(token))
    assert.deepEqual(missing, [])
  })
})
