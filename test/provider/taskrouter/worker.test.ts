import assert from 'node:assert/strict'
import { assertGone, sidOf, useWorkspace } from '../engine/story.ts'

const type = 'twilio:taskrouter:Worker'

describe('taskrouter.Worker', () => {
  const story = useWorkspace()

  it('is made in an activity, changed, imported, and goes while available', async () => {
    const available = await story.ownActivity('Available')
    const attributes = { languages: ['en'], contact_uri: 'client:alice', level: { billing: 2 } }
    const program = { friendlyName: 'alice', attributes, activitySid: available }
    const made = await story.up(type, undefined, program)
    const there = story.inWorkspace().workers(sidOf(made))
    assert.deepEqual(JSON.parse((await there.fetch()).attributes), attributes)
    assert.equal((await there.fetch()).available, true)

    const difference = await story.engine.diff(type, made, {
      ...made.inputs,
      attributes: { ...attributes, level: { billing: 3 }, skills: ['vip'] },
    })
    assert.deepEqual(difference.detailed, {
      'attributes.level.billing': 'update',
      'attributes.skills': 'add',
    })
    assert.ok(difference.ofInputs)
    const changed = await story.up(type, made, {
      ...program,
      attributes: { languages: ['es'] },
    })
    assert.deepEqual(JSON.parse((await there.fetch()).attributes), { languages: ['es'] })
    assert.deepEqual((await story.engine.import(type, made.id))?.inputs, {
      workspaceSid: story.workspaceSid,
      friendlyName: 'alice',
      attributes: { languages: ['es'] },
    })

    await story.engine.destroy(type, changed)
    await assertGone(story, type, changed)
  })

  it('may be in any activity: where it is now is not configuration', async () => {
    const available = await story.ownActivity('Available')
    const offline = await story.ownActivity('Offline')
    const program = { friendlyName: 'mover', activitySid: available }
    const made = await story.up(type, undefined, program)
    await story.inWorkspace().workers(sidOf(made)).update({ activitySid: offline })
    const seen = await story.engine.refresh(type, made)
    assert.ok(seen)
    assert.equal(seen.drift.changes, 'none')
    assert.equal(await story.stepOf(type, seen.state, program), 'same')
    const renamed = await story.up(type, seen.state, { ...program, friendlyName: 'moved' })
    const after = await story.inWorkspace().workers(sidOf(renamed)).fetch()
    assert.deepEqual([after.friendlyName, after.activitySid], ['moved', offline])
  })
})
