import assert from 'node:assert/strict'
import { startEngine } from '../../engine/engine.ts'
import { assertGone, sidOf, useWorkspace } from '../../engine/story.ts'

const type = 'twilio:taskrouter:Activity'

describe('a deletion of an activity', () => {
  const story = useWorkspace()

  const workerIn = (friendlyName: string, activitySid: string) =>
    story.inWorkspace().workers.create({ friendlyName, activitySid })

  it('fails with the workers who do not leave it', async () => {
    const lunch = await story.up(type, undefined, { friendlyName: 'Lunch' })
    await workerIn('ann', sidOf(lunch))
    await workerIn('bob', sidOf(lunch))
    story.said()
    await assert.rejects(
      story.engine.destroy(type, lunch, 0.3),
      /Activity “Lunch” \(WA\w+\) is not deleted: 2 workers are in it \(ann, bob\)\. Move them to another activity\. With TWILIO_FORCE=true/,
    )
    assert.match(String(story.said()[0]?.message), /^waits with its deletion: 2 workers are in it/)
  })

  it('waits as long as they get fewer', async () => {
    const break_ = await story.up(type, undefined, { friendlyName: 'Break' })
    const offline = await story.ownActivity('Offline')
    const workers = await Promise.all(
      ['carl', 'dora', 'emil'].map((name) => workerIn(name, sidOf(break_))),
    )
    const begun = performance.now()
    const gone = story.engine.destroy(type, break_, 0.5)
    for (const { sid } of workers) {
      await new Promise((resolve) => setTimeout(resolve, 300))
      await story.inWorkspace().workers(sid).update({ activitySid: offline })
    }
    await gone
    assert.ok(performance.now() - begun > 600, 'the patience of half a second began anew')
    await assertGone(story, type, break_)
  })

  it('moves them to one without work with force, and so does a replacement', async () => {
    const program = { friendlyName: 'Training', force: true }
    const made = await story.up(type, undefined, program)
    const fay = await workerIn('fay', sidOf(made))
    const step = await story.engine.up(type, made, {
      workspaceSid: story.workspaceSid,
      ...program,
      available: true,
    })
    assert.equal(step.step, 'replace')
    assert.equal((await story.inWorkspace().workers(fay.sid).fetch()).activityName, 'Offline')
    await story
      .inWorkspace()
      .workers(fay.sid)
      .update({ activitySid: sidOf(step.state) })
    await story.engine.destroy(type, step.state)
    assert.equal((await story.inWorkspace().workers(fay.sid).fetch()).activityName, 'Offline')
  })

  it('of the workspace’s own asks nobody, since it is left to the workspace', async () => {
    const own = await story.up(type, undefined, { friendlyName: 'Unavailable' })
    await workerIn('gus', sidOf(own))
    const forced = await startEngine(story.twilio.url, { TWILIO_FORCE: 'true' })
    story.twilio.forget()
    await forced.destroy(type, own)
    forced.close()
    assert.deepEqual(story.twilio.writes(), [])
  })

  it('of a name that is there already, and not the workspace’s own, was never its to begin with', async () => {
    await story.inWorkspace().activities.create({ friendlyName: 'Somebody’s' })
    await assert.rejects(
      story.up(type, undefined, { friendlyName: 'Somebody’s' }),
      /Activity friendlyName “Somebody’s” is there already as .*pulumi import/,
    )
  })
})
