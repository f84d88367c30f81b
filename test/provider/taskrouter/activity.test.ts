import assert from 'node:assert/strict'
import { assertGone, sidOf, useWorkspace } from '../engine/story.ts'

const type = 'twilio:taskrouter:Activity'

describe('taskrouter.Activity', () => {
  const story = useWorkspace()

  it('is made, renamed, replaced when its availability changes, goes', async () => {
    const made = await story.up(type, undefined, { friendlyName: 'Busy' })
    assert.equal((await story.inWorkspace().activities(sidOf(made)).fetch()).available, false)
    assert.equal(made.id, `${story.workspaceSid}/${sidOf(made)}`)

    const renamed = await story.up(type, made, { friendlyName: 'On a call' })
    assert.equal(sidOf(renamed), sidOf(made))
    const step = await story.engine.up(type, renamed, {
      workspaceSid: story.workspaceSid,
      friendlyName: 'On a call',
      available: true,
    })
    assert.equal(step.step, 'replace')
    assert.notEqual(sidOf(step.state), sidOf(made))
    const named = await story.inWorkspace().activities.list({ friendlyName: 'On a call' })
    assert.deepEqual(
      named.map(({ available }) => available),
      [true],
    )

    const imported = await story.engine.import(type, step.state.id)
    assert.deepEqual(imported?.inputs, step.state.inputs)
    await story.engine.destroy(type, step.state)
    await assertGone(story, type, step.state)
  })

  it('one of the workspace’s own is taken over, and left to it', async () => {
    const own = await story.ownActivity('Available')
    const adopted = await story.up(type, undefined, {
      friendlyName: 'Available',
      available: true,
    })
    assert.equal(sidOf(adopted), own)
    await story.engine.destroy(type, adopted)
    assert.equal(
      (await story.inWorkspace().activities.list({ friendlyName: 'Available' })).length,
      1,
    )
  })

  it('waits with its end until the worker in it has left', async () => {
    const lunch = await story.up(type, undefined, { friendlyName: 'Lunch' })
    const worker = await story.inWorkspace().workers.create({
      friendlyName: 'hungry',
      activitySid: sidOf(lunch),
    })
    const going = story.engine.destroy(type, lunch)
    const offline = await story.ownActivity('Offline')
    await story.inWorkspace().workers(worker.sid).update({ activitySid: offline })
    await going
    assert.deepEqual(await story.inWorkspace().activities.list({ friendlyName: 'Lunch' }), [])
  })

  it('hands its roles on before it goes or is replaced', async () => {
    const made = await story.up(type, undefined, { friendlyName: 'Timed out' })
    const sid = sidOf(made)
    await story.inWorkspace().update({ timeoutActivitySid: sid })
    const program = { friendlyName: 'Timed out', available: true }
    const replaced = await story.up(type, made, program)
    const offline = await story.ownActivity('Offline')
    assert.equal((await story.inWorkspace().fetch()).timeoutActivitySid, offline)
    await story.engine.destroy(type, replaced)
  })

  it('of the workspace’s own names is refused with another availability', async () => {
    const program = { friendlyName: 'Available', available: false }
    await assert.rejects(story.up(type, undefined, program), /available: must be true/)
  })
})
