import assert from 'node:assert/strict'
import { setTimeout as sleep } from 'node:timers/promises'
import { assertGone, sidOf, useWorkspace } from '../engine/story.ts'

const queueType = 'twilio:taskrouter:TaskQueue'
const workflowType = 'twilio:taskrouter:Workflow'

describe('taskrouter.Workflow', () => {
  const story = useWorkspace()

  it('leads waiting tasks by its new steps only where that is declared', async () => {
    const [first, second] = [
      await story.up(queueType, undefined, { friendlyName: 'first' }),
      await story.up(queueType, undefined, { friendlyName: 'second' }),
    ]
    const to = (queue: typeof first, more = {}) => ({
      friendlyName: 'Mover',
      configuration: { task_routing: { default_filter: { queue: sidOf(queue) } } },
      ...more,
    })
    const made = await story.up(workflowType, undefined, to(first))
    const { sid } = await story.inWorkspace().tasks.create({ workflowSid: sidOf(made) })
    const queueOf = async () => (await story.inWorkspace().tasks(sid).fetch()).taskQueueFriendlyName
    const left = await story.up(workflowType, made, to(second))
    assert.equal(await queueOf(), 'first')

    const told = { reEvaluateTasks: true }
    story.twilio.forget()
    const willing = await story.up(workflowType, left, to(second, told))
    assert.deepEqual(story.twilio.writes(), [], 'by itself it says nothing to Twilio')
    const renamed = await story.up(workflowType, willing, {
      ...to(second, told),
      friendlyName: 'Renamed',
    })
    assert.deepEqual([...(story.twilio.writes()[0]?.form.keys() ?? [])], ['FriendlyName'])
    const back = await story.up(workflowType, renamed, to(first, told))
    const there = await story.up(workflowType, back, to(second, told))
    assert.equal(await queueOf(), 'second')
    assert.equal((await story.engine.refresh(workflowType, there))?.drift.changes, 'none')
    await story.inWorkspace().tasks(sid).remove()
  })

  it('is made, changed deep inside, cleared, imported, goes', async () => {
    const queue = await story.up(queueType, undefined, { friendlyName: 'for a workflow' })
    const configuration = (timeout: number | string) => ({
      task_routing: {
        filters: [
          {
            filter_friendly_name: 'Billing',
            expression: 'topic == "billing"',
            targets: [
              { queue: sidOf(queue), timeout },
              { queue: sidOf(queue), priority: 5 },
            ],
          },
        ],
        default_filter: { queue: sidOf(queue) },
      },
    })
    const program = {
      friendlyName: 'Calls',
      configuration: configuration(30),
      assignmentCallbackUrl: 'https://example.com/assignment',
      taskReservationTimeout: 15,
    }
    const made = await story.up(workflowType, undefined, program)
    const there = story.inWorkspace().workflows(sidOf(made))
    assert.deepEqual(JSON.parse((await there.fetch()).configuration), configuration(30))
    assert.equal(
      await story.stepOf(workflowType, made, { ...program, configuration: configuration('30') }),
      'same',
    )

    const difference = await story.engine.diff(workflowType, made, {
      ...made.inputs,
      configuration: configuration(60),
    })
    assert.deepEqual(difference.detailed, {
      'routing.Billing["tier 1"].timeout': 'update',
    })
    assert.deepEqual(difference.diffs, ['configuration', 'routing'])

    const changed = await story.up(workflowType, made, {
      friendlyName: 'Calls',
      configuration: configuration(60),
    })
    const after = await there.fetch()
    assert.deepEqual(JSON.parse(after.configuration), configuration(60))
    assert.equal(after.assignmentCallbackUrl || null, null)
    assert.equal(after.taskReservationTimeout, 120)
    assert.deepEqual((await story.engine.import(workflowType, made.id))?.inputs, {
      workspaceSid: story.workspaceSid,
      friendlyName: 'Calls',
      configuration: configuration(60),
      routing: {
        Billing: {
          position: 1,
          when: { topic: "== 'billing'" },
          'tier 1': { queue: 'for a workflow', timeout: '60 s' },
          'tier 2': { queue: 'for a workflow', priority: 5 },
        },
        'default filter': { queue: 'for a workflow' },
      },
    })
    await story.engine.destroy(workflowType, changed)
    await assertGone(story, workflowType, changed)
  })

  it('goes once its last task is wrapped up', async () => {
    const made = await story.up(workflowType, undefined, {
      friendlyName: 'Busy',
      configuration: { task_routing: { default_filter: { queue: await anyQueue() } } },
    })
    const activitySid = await story.ownActivity('Available')
    const agent = await story.inWorkspace().workers.create({ friendlyName: 'agent', activitySid })
    const { sid } = await story.inWorkspace().tasks.create({ workflowSid: sidOf(made) })
    const task = story.inWorkspace().tasks(sid)
    const [reservation] = await task.reservations.list({ workerSid: agent.sid })
    await task.reservations(reservation?.sid ?? '').update({ reservationStatus: 'accepted' })
    await task.update({ assignmentStatus: 'wrapping' })
    story.twilio.forget()
    story.said()
    const gone = story.engine.destroy(workflowType, made)
    while (!story.twilio.writes().some(({ method }) => method === 'DELETE')) await sleep(5)
    await task.update({ assignmentStatus: 'completed', reason: 'done' })
    await gone
    assert.deepEqual(
      story.said().map(({ message }) => message),
      ['waits with its deletion: 1 task is in it (1 wrapping)'],
    )
    await assertGone(story, workflowType, made)
  })

  async function anyQueue(): Promise<string> {
    return sidOf(await story.up(queueType, undefined, { friendlyName: 'any' }))
  }
})
