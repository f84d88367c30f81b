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

  it('is in the activity that it has, whatever the program said and whoever imports it', async () => {
    const available = await story.ownActivity('Available')
    const unavailable = await story.ownActivity('Unavailable')
    const program = { friendlyName: 'resting', activitySid: available }
    const made = await story.up(type, undefined, program)
    const there = story.inWorkspace().workers(sidOf(made))
    await there.update({ activitySid: unavailable })
    const imported = await story.engine.import(type, made.id)
    assert.deepEqual(imported?.inputs, {
      workspaceSid: story.workspaceSid,
      friendlyName: 'resting',
    })
    const elsewhere = { ...program, activitySid: await story.ownActivity('Offline') }
    for (const next of [elsewhere, { friendlyName: 'resting' }]) {
      assert.equal(await story.stepOf(type, made, next), 'same')
    }
    await story.up(type, imported, { ...program, attributes: { skills: ['vip'] } })
    assert.equal((await there.fetch()).activitySid, unavailable)
  })

  it('that moves to another workspace starts there as the program says', async () => {
    const made = await story.up(type, undefined, { friendlyName: 'moving' })
    const other = await story.engine.up('twilio:taskrouter:Workspace', undefined, {
      friendlyName: 'elsewhere',
    })
    const workspace = story.twilio.sdk.taskrouter.v1.workspaces(other.state.id)
    const [available] = await workspace.activities.list({ friendlyName: 'Available' })
    const moved = await story.engine.up(type, made, {
      workspaceSid: other.state.id,
      friendlyName: 'moving',
      activitySid: available?.sid,
    })
    assert.equal(moved.step, 'replace')
    const [worker] = await workspace.workers.list()
    assert.deepEqual([worker?.sid, worker?.activityName], [sidOf(moved.state), 'Available'])
    await assertGone(story, type, made)
  })
})
