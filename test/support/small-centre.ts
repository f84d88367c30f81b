import type { LocalTwilio } from './local-twilio.ts'

/** A workspace with one queue, one workflow to it, and Ann and Bob, both available. */
export type SmallCentre = {
  readonly workspaceSid: string
  readonly queueSid: string
  readonly workflowSid: string
  readonly annSid: string
  readonly bobSid: string
  readonly availableSid: string
  readonly offlineSid: string
}

/** Declares it with the SDK. Ann joins first, so that she gets the first task. */
export async function declareSmallCentre(
  { client }: LocalTwilio,
  workflow: {
    readonly assignmentCallbackUrl?: string
    readonly fallbackAssignmentCallbackUrl?: string
    readonly taskReservationTimeout?: number
  } = {},
): Promise<SmallCentre> {
  const { sid: workspaceSid } = await client.taskrouter.v1.workspaces.create({
    friendlyName: 'Small centre',
  })
  const workspace = client.taskrouter.v1.workspaces(workspaceSid)
  const activities = await workspace.activities.list()
  const sidOf = (name: string) =>
    activities.find(({ friendlyName }) => friendlyName === name)?.sid ?? ''
  const queue = await workspace.taskQueues.create({ friendlyName: 'Everyone' })
  const { sid: workflowSid } = await workspace.workflows.create({
    friendlyName: 'Calls',
    configuration: JSON.stringify({
      task_routing: {
        filters: [
          {
            filter_friendly_name: 'Urgent',
            expression: 'urgent == true',
            targets: [{ queue: queue.sid, priority: 10, timeout: 60 }, { queue: queue.sid }],
          },
        ],
        default_filter: { queue: queue.sid },
      },
    }),
    ...workflow,
  })
  const activitySid = sidOf('Available')
  const ann = await workspace.workers.create({ friendlyName: 'Ann', activitySid })
  const bob = await workspace.workers.create({ friendlyName: 'Bob', activitySid })
  return {
    workspaceSid,
    queueSid: queue.sid,
    workflowSid,
    annSid: ann.sid,
    bobSid: bob.sid,
    availableSid: activitySid,
    offlineSid: sidOf('Offline'),
  }
}
