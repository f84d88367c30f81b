import assert from 'node:assert/strict'
import { assertGone, useTwilio } from '../engine/story.ts'

const type = 'twilio:taskrouter:Workspace'

describe('taskrouter.Workspace', () => {
  const story = useTwilio()

  it('is made, renamed, drifts, is imported, goes', async () => {
    const program = { friendlyName: 'one', eventCallbackUrl: 'https://example.com/events' }
    const made = await story.engine.up(type, undefined, program)
    const there = story.twilio.sdk.taskrouter.v1.workspaces(made.state.id)
    assert.equal((await there.fetch()).eventCallbackUrl, 'https://example.com/events')

    const renamed = await story.engine.up(type, made.state, { friendlyName: 'two' })
    assert.equal(renamed.step, 'update')
    const fetched = await there.fetch()
    assert.equal(fetched.friendlyName, 'two')
    assert.equal(fetched.eventCallbackUrl || null, null)
    const quiet = await story.engine.refresh(type, renamed.state)
    assert.equal(quiet?.drift.changes, 'none')

    await there.update({ friendlyName: 'by hand' })
    const drifted = await story.engine.refresh(type, renamed.state)
    assert.deepEqual(Object.keys(drifted?.drift.detailed ?? {}), ['friendlyName'])
    assert.ok(drifted)
    const mended = await story.engine.up(type, drifted.state, { friendlyName: 'two' })
    assert.equal(mended.step, 'update')
    assert.equal((await there.fetch()).friendlyName, 'two')

    const imported = await story.engine.import(type, made.state.id)
    assert.deepEqual(imported?.inputs, { friendlyName: 'two' })
    await story.engine.destroy(type, mended.state)
    await assertGone(story, type, mended.state)
    assert.equal(await story.engine.import(type, made.state.id), undefined)
  })
})
