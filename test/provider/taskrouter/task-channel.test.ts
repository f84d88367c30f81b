import assert from 'node:assert/strict'
import { assertGone, sidOf, useWorkspace } from '../engine/story.ts'

const type = 'twilio:taskrouter:TaskChannel'

describe('taskrouter.TaskChannel', () => {
  const story = useWorkspace()

  it('is made, changed, imported, goes; an own one of the workspace stays', async () => {
    const program = { friendlyName: 'Callback', uniqueName: 'callback' }
    const made = await story.up(type, undefined, program)
    const changed = await story.up(type, made, { ...program, channelOptimizedRouting: true })
    const there = await story.inWorkspace().taskChannels('callback').fetch()
    assert.equal(there.channelOptimizedRouting, true)
    const back = await story.up(type, changed, program)
    assert.equal(
      (await story.inWorkspace().taskChannels('callback').fetch()).channelOptimizedRouting,
      false,
    )
    assert.deepEqual((await story.engine.import(type, made.id))?.inputs, {
      workspaceSid: story.workspaceSid,
      ...program,
    })
    await story.engine.destroy(type, back)
    await assertGone(story, type, back)

    const voice = await story.up(type, undefined, {
      friendlyName: 'Calls',
      uniqueName: 'voice',
    })
    assert.equal((await story.inWorkspace().taskChannels('voice').fetch()).friendlyName, 'Calls')
    await story.engine.destroy(type, voice)
    assert.equal((await story.inWorkspace().taskChannels('voice').fetch()).sid, sidOf(voice))
  })
})
