import assert from 'node:assert/strict'
import { demoAccount } from '../../../../local/demo-account.ts'
import { contextOf } from '../../../../provider/lifecycle/deletion.ts'
import { createClient } from '../../../../provider/requests/client.ts'
import { TwilioError } from '../../../../provider/requests/errors.ts'
import { taskQueue } from '../../../../provider/taskrouter/task-queue.ts'
import { tasksOnOldSteps } from '../../../../provider/taskrouter/tasks-on-old-steps.ts'
import { startEngine } from '../../engine/engine.ts'
import { assertGone, sidOf, useWorkspace } from '../../engine/story.ts'
import { ask, declareRoute, end, hire, take } from './busy-workspace.ts'

const queueType = 'twilio:taskrouter:TaskQueue'
const workflowType = 'twilio:taskrouter:Workflow'
const workerType = 'twilio:taskrouter:Worker'
const workspaceType = 'twilio:taskrouter:Workspace'

describe('a deletion of what has live tasks', () => {
  const story = useWorkspace()

  it('is refused with their number, and leaves everything as it was', async () => {
    const route = await declareRoute(story, 'busy')
    await hire(story, 'busy')
    const first = await ask(story, route)
    await take(story, first)
    await ask(story, route)
    story.twilio.forget()
    await assert.rejects(story.engine.destroy(workflowType, route.workflow), (error: Error) => {
      assert.match(
        error.message,
        /Workflow “busy workflow” \(WW\w+\) is not deleted: 2 tasks are in it \(1 pending, 1 assigned\)\. Let them end/,
      )
      assert.match(error.message, /TWILIO_FORCE=true/)
      return true
    })
    await assert.rejects(
      story.engine.destroy(queueType, route.queue),
      /TaskQueue “busy queue” .* 2 tasks are in it \(1 pending, 1 assigned\)/,
    )
    assert.deepEqual(story.twilio.writes(), [])
    await story.inWorkspace().tasks(first).update({ assignmentStatus: 'completed', reason: 'over' })
  })

  it('waits for tasks in wrap-up, and tells how many when they do not end', async () => {
    const route = await declareRoute(story, 'late')
    await hire(story, 'late')
    const task = await ask(story, route)
    await take(story, task)
    await end(story, task, 'wrapping')
    await assert.rejects(
      story.engine.destroy(workflowType, route.workflow, 0.3),
      /Workflow “late workflow” .* is not deleted: 1 task is in it \(1 wrapping\)/,
    )
    await end(story, task, 'completed')
    await story.engine.destroy(workflowType, route.workflow)
    await assertGone(story, workflowType, route.workflow)
    await story.engine.destroy(queueType, route.queue)
  })

  it('takes them along with force on the resource', async () => {
    const route = await declareRoute(story, 'forced', { force: true })
    await hire(story, 'forced')
    await take(story, await ask(story, route))
    const waiting = await ask(story, route)
    await story.engine.destroy(workflowType, route.workflow)
    await assertGone(story, workflowType, route.workflow)
    await assert.rejects(story.inWorkspace().tasks(waiting).fetch(), { status: 404 })
    await story.engine.destroy(queueType, route.queue)
    await assertGone(story, queueType, route.queue)
  })

  it('takes them along for one run with TWILIO_FORCE', async () => {
    const route = await declareRoute(story, 'one run')
    await ask(story, route)
    const other = await startEngine(story.twilio.url, { TWILIO_FORCE: 'true' })
    try {
      await other.destroy(workflowType, route.workflow)
      await other.destroy(queueType, route.queue)
    } finally {
      other.close()
    }
    await assertGone(story, queueType, route.queue)
  })

  it('counts what a worker is busy with, not what is only offered', async () => {
    const route = await declareRoute(story, 'staff')
    const worker = await story.up(workerType, undefined, {
      friendlyName: 'declared',
      attributes: { serves: 'staff' },
      activitySid: await story.ownActivity('Available'),
    })
    const task = await ask(story, route)
    await take(story, task)
    await assert.rejects(
      story.engine.destroy(workerType, worker),
      /Worker “declared” .* is not deleted: 1 task is the worker’s \(1 assigned\)/,
    )
    const there = await story.inWorkspace().workers(sidOf(worker)).fetch()
    assert.equal(there.activityName, 'Available')
    await end(story, task, 'completed')
    await ask(story, route)
    await story.engine.destroy(workerType, worker)
    await assertGone(story, workerType, worker)
  })

  it('counts the tasks of a channel', async () => {
    const channelType = 'twilio:taskrouter:TaskChannel'
    const route = await declareRoute(story, 'post')
    const program = { friendlyName: 'Post', uniqueName: 'post' }
    const channel = await story.up(channelType, undefined, program)
    const task = await story
      .inWorkspace()
      .tasks.create({ workflowSid: sidOf(route.workflow), taskChannel: 'post' })
    await ask(story, route)
    await assert.rejects(
      story.engine.destroy(channelType, channel),
      /TaskChannel “post” .* is not deleted: 1 task is of it \(1 pending\)/,
    )
    const forced = await story.up(channelType, channel, { ...program, force: true })
    await story.engine.destroy(channelType, forced)
    await assertGone(story, channelType, forced)
    await assert.rejects(story.inWorkspace().tasks(task.sid).fetch(), { status: 404 })
    assert.equal((await story.inWorkspace().tasks.list()).length > 0, true)
  })

  it('of a whole workspace asks as well', async () => {
    const { state } = await story.engine.up(workspaceType, undefined, {
      friendlyName: 'whole',
      template: 'FIFO',
    })
    const workspace = story.twilio.sdk.taskrouter.v1.workspaces(state.id)
    await workspace.tasks.create()
    await assert.rejects(
      story.engine.destroy(workspaceType, state),
      /Workspace “whole” .* is not deleted: 1 task is in it \(1 pending\)/,
    )
    const forced = await story.engine.up(workspaceType, state, {
      friendlyName: 'whole',
      template: 'FIFO',
      force: true,
    })
    story.twilio.forget()
    await story.engine.destroy(workspaceType, forced.state)
    assert.equal(await story.engine.refresh(workspaceType, forced.state), undefined)
  })

  it('of a queue to which tasks are led by former steps names them at once', async () => {
    const { queue, tasks } = await declareFormer('former', 2)
    story.twilio.forget()
    await assert.rejects(
      story.engine.destroy(queueType, queue),
      /TaskQueue “former” .* is not deleted: 2 tasks are on steps from before the last change of the workflow \(2 pending\), which may lead to it: WT\w+ of former flow, WT\w+ of former flow\. Let them end, or cancel them; .*reEvaluateTasks: true\. With TWILIO_FORCE=true/,
    )
    assert.equal(story.twilio.writes().length, 1, 'Twilio is asked to delete it once')
    for (const sid of tasks) {
      await story.inWorkspace().tasks(sid).update({ assignmentStatus: 'canceled', reason: 'test' })
    }
    await story.engine.destroy(queueType, queue)
    await assertGone(story, queueType, queue)
  })

  it('of such a queue is carried out with force, and takes those tasks along', async () => {
    const { queue, tasks } = await declareFormer('former and forced', 1)
    await ask(story, await declareRoute(story, 'bystander'))
    const others = (await story.inWorkspace().tasks.list()).length
    const forced = await startEngine(story.twilio.url, { TWILIO_FORCE: 'true' })
    await forced.destroy(queueType, queue)
    forced.close()
    await assertGone(story, queueType, queue)
    await assert.rejects(story.inWorkspace().tasks(String(tasks[0])).fetch(), { status: 404 })
    assert.equal((await story.inWorkspace().tasks.list()).length, others - 1)
  })

  it('of such a queue leaves the tasks alone, and names them, where a refusal names nobody', async () => {
    const { queue, tasks } = await declareFormer('former and guessed', 1)
    const { accountSid, authToken: password } = demoAccount
    const credentials = { accountSid, username: accountSid, password, baseUrl: story.twilio.url }
    const id = { client: createClient(credentials), id: queue.id, known: queue.outputs }
    const context = contextOf({ resource: taskQueue, ...id })
    const asked = { method: 'DELETE', host: taskQueue.host, path: context.path } as const
    const refusal = new TwilioError(asked, 400, { message: 'it is in use' })
    assert.equal(await tasksOnOldSteps(context, refusal), undefined)
    const reason = await taskQueue.inTheWay?.(context)
    assert.match(
      String(reason),
      new RegExp(`which may lead to it: .*${tasks[0]} of .*Let them end`),
    )
    await story.inWorkspace().tasks(String(tasks[0])).remove()
  })

  it('of such a queue is no matter once its tasks go by the new steps', async () => {
    const { queue } = await declareFormer('former and led on', 1, { reEvaluateTasks: true })
    await story.engine.destroy(queueType, queue)
    await assertGone(story, queueType, queue)
  })

  // A queue that a workflow led to when these tasks came, and leads to no more.
  async function declareFormer(name: string, count: number, more = {}) {
    const first = await story.up(queueType, undefined, { friendlyName: `before ${name}` })
    const queue = await story.up(queueType, undefined, { friendlyName: name })
    const program = (targets: readonly unknown[]) => ({
      friendlyName: `${name} flow`,
      configuration: {
        task_routing: {
          filters: [{ filter_friendly_name: 'All', expression: '1==1', targets }],
          default_filter: { queue: sidOf(first) },
        },
      },
      ...more,
    })
    const start = { queue: sidOf(first), timeout: 600, expression: 'worker.nobody == true' }
    const made = await story.up(workflowType, undefined, program([start, { queue: sidOf(queue) }]))
    const tasks: string[] = []
    for (let i = 0; i < count; i++) {
      tasks.push(await ask(story, { queue: first, workflow: made }))
    }
    await story.up(workflowType, made, program([start]))
    return { queue, tasks }
  }

  it('of a queue that workflows lead to names them', async () => {
    const route = await declareRoute(story, 'needed')
    await assert.rejects(
      story.engine.destroy(queueType, route.queue, 0.3),
      /TaskQueue “needed queue” .* is not deleted: workflows lead to it: needed workflow \(WW\w+\)\. Take the queue out .* Twilio refused DELETE/,
    )
  })
})
