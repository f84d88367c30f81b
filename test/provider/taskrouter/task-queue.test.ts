import assert from 'node:assert/strict'
import { assertGone, sidOf, useWorkspace } from '../engine/story.ts'
import { unknown } from '../engine/wire.ts'

const activityType = 'twilio:taskrouter:Activity'
const queueType = 'twilio:taskrouter:TaskQueue'
const workflowType = 'twilio:taskrouter:Workflow'

describe('taskrouter.TaskQueue', () => {
  const story = useWorkspace()

  it('is made, changed, imported; goes once no workflow refers to it', async () => {
    const program = { friendlyName: 'Spanish', targetWorkers: 'languages HAS "es"' }
    const made = await story.up(queueType, undefined, program)
    assert.equal(
      (await story.inWorkspace().taskQueues(sidOf(made)).fetch()).targetWorkers,
      program.targetWorkers,
    )
    const changed = await story.up(queueType, made, {
      ...program,
      maxReservedWorkers: 3,
      taskOrder: 'LIFO',
    })
    const there = await story.inWorkspace().taskQueues(sidOf(made)).fetch()
    assert.deepEqual([there.maxReservedWorkers, there.taskOrder], [3, 'LIFO'])
    const back = await story.up(queueType, changed, { friendlyName: 'Spanish' })
    const reset = await story.inWorkspace().taskQueues(sidOf(made)).fetch()
    assert.deepEqual(
      [reset.targetWorkers, reset.maxReservedWorkers, reset.taskOrder],
      ['1==1', 1, 'FIFO'],
    )
    assert.deepEqual((await story.engine.import(queueType, made.id))?.inputs, {
      workspaceSid: story.workspaceSid,
      friendlyName: 'Spanish',
    })

    const workflow = await story.up(workflowType, undefined, {
      friendlyName: 'in the way',
      configuration: { task_routing: { default_filter: { queue: sidOf(back) } } },
    })
    const going = story.engine.destroy(queueType, back)
    await story.engine.destroy(workflowType, workflow)
    await going
    await assertGone(story, queueType, back)
  })

  it('an empty expression matches nobody, which is not the default', async () => {
    const program = { friendlyName: 'nobody', targetWorkers: '' }
    const made = await story.up(queueType, undefined, program)
    assert.equal((await story.inWorkspace().taskQueues(sidOf(made)).fetch()).targetWorkers, '')
    assert.equal((await story.engine.refresh(queueType, made))?.drift.changes, 'none')
    const step = await story.stepOf(queueType, made, { friendlyName: 'nobody' })
    assert.equal(step, 'update')
  })

  it('keeps the activities that its tasks move workers to, tells them by name, and lets go of them', async () => {
    const busy = await story.up(activityType, undefined, { friendlyName: 'Busy' })
    const activities = {
      reservationActivitySid: await story.ownActivity('Unavailable'),
      assignmentActivitySid: sidOf(busy),
    }
    const program = { friendlyName: 'one at a time' }
    const made = await story.up(queueType, undefined, { ...program, ...activities })
    const there = () => story.inWorkspace().taskQueues(sidOf(made)).fetch()
    const live = await there()
    assert.deepEqual(
      [live.reservationActivityName, live.assignmentActivityName],
      ['Unavailable', 'Busy'],
    )
    const imported = await story.engine.import(queueType, made.id)
    assert.deepEqual(imported?.inputs, {
      workspaceSid: story.workspaceSid,
      ...program,
      ...activities,
      reservationActivity: 'Unavailable',
      assignmentActivity: 'Busy',
    })
    const bare = await story.up(queueType, made, program)
    assert.deepEqual(
      [(await there()).reservationActivitySid, (await there()).assignmentActivitySid],
      [null, null],
    )
    assert.equal((await story.engine.refresh(queueType, bare))?.drift.changes, 'none')
    const odd = { ...program, assignmentActivitySid: sidOf(made) }
    await assert.rejects(story.up(queueType, bare, odd), /assignmentActivitySid/)
  })

  it('moves to another workspace by replacement, known or not', async () => {
    const made = await story.up(queueType, undefined, { friendlyName: 'mover' })
    const difference = await story.engine.diff(queueType, made, {
      ...made.inputs,
      workspaceSid: unknown,
    })
    assert.deepEqual(difference.replaces, ['workspaceSid'])
    assert.deepEqual(difference.detailed, { workspaceSid: 'update-replace' })
  })
})
