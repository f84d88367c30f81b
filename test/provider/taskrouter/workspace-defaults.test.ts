import assert from 'node:assert/strict'
import { sidOf, useWorkspace } from '../engine/story.ts'

const activityType = 'twilio:taskrouter:Activity'
const defaultsType = 'twilio:taskrouter:WorkspaceDefaults'

describe('taskrouter.WorkspaceDefaults', () => {
  const story = useWorkspace()

  it('gives the roles, changes them, gives them back', async () => {
    const busy = await story.up(activityType, undefined, { friendlyName: 'Role' })
    const offline = await story.ownActivity('Offline')
    const program = { defaultActivitySid: offline, timeoutActivitySid: sidOf(busy) }
    const made = await story.up(defaultsType, undefined, program)
    assert.equal((await story.inWorkspace().fetch()).timeoutActivitySid, sidOf(busy))

    const both = { defaultActivitySid: sidOf(busy), timeoutActivitySid: sidOf(busy) }
    story.said()
    const inputs = await story.engine.check(defaultsType, made.inputs, { ...made.inputs, ...both })
    const { detailed } = await story.engine.diff(defaultsType, made, inputs)
    assert.deepEqual(detailed, { defaultActivity: 'update' })
    assert.deepEqual(
      story.said().map(({ message }) => message),
      [`default activity ${offline} (not in this stack) → Role`],
    )
    const changed = await story.up(defaultsType, made, both)
    assert.equal((await story.inWorkspace().fetch()).defaultActivitySid, sidOf(busy))
    assert.equal((await story.engine.refresh(defaultsType, changed))?.drift.changes, 'none')
    assert.deepEqual((await story.engine.import(defaultsType, changed.id))?.inputs, {
      workspaceSid: story.workspaceSid,
      ...both,
      defaultActivity: 'Role',
      timeoutActivity: 'Role',
    })

    await story.engine.destroy(defaultsType, changed)
    const after = await story.inWorkspace().fetch()
    assert.deepEqual([after.defaultActivitySid, after.timeoutActivitySid], [offline, offline])
    await story.engine.destroy(activityType, busy)
    assert.deepEqual(await story.inWorkspace().activities.list({ friendlyName: 'Role' }), [])
  })
})
