import type { State } from '../../engine/engine.ts'
import { sidOf, type WorkspaceStory } from '../../engine/story.ts'

/** A queue with a workflow to it, made by the provider. */
export type Route = { readonly queue: State; readonly workflow: State }

const queueType = 'twilio:taskrouter:TaskQueue'
const workflowType = 'twilio:taskrouter:Workflow'

/** Declares one that this worker, or anybody, serves. */
export async function declareRoute(
  story: WorkspaceStory,
  name: string,
  more: Readonly<Record<string, unknown>> = {},
): Promise<Route> {
  const queue = await story.up(queueType, undefined, {
    friendlyName: `${name} queue`,
    targetWorkers: `serves == "${name}"`,
    ...more,
  })
  const workflow = await story.up(workflowType, undefined, {
    friendlyName: `${name} workflow`,
    configuration: { task_routing: { default_filter: { queue: sidOf(queue) } } },
    ...more,
  })
  return { queue, workflow }
}

/** An available worker who serves that route, made behind the provider's back. */
export async function hire(story: WorkspaceStory, name: string): Promise<string> {
  const { sid } = await story.inWorkspace().workers.create({
    friendlyName: `${name} agent`,
    attributes: JSON.stringify({ serves: name }),
    activitySid: await story.ownActivity('Available'),
  })
  return sid
}

/** A new task of the route; the agent, if there is one, is asked. */
export async function ask(story: WorkspaceStory, { workflow }: Route): Promise<string> {
  return (await story.inWorkspace().tasks.create({ workflowSid: sidOf(workflow) })).sid
}

/** The agent who was asked takes the task. */
export async function take(story: WorkspaceStory, taskSid: string): Promise<void> {
  const task = story.inWorkspace().tasks(taskSid)
  const [reservation] = await task.reservations.list({ reservationStatus: 'pending' })
  await task.reservations(reservation?.sid ?? '').update({ reservationStatus: 'accepted' })
}

/** The conversation is over; the task is wrapped up next, or is done. */
export async function end(
  story: WorkspaceStory,
  taskSid: string,
  assignmentStatus: 'wrapping' | 'completed',
): Promise<void> {
  await story.inWorkspace().tasks(taskSid).update({ assignmentStatus, reason: 'over' })
}
