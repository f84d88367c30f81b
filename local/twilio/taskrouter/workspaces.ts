import type { Context } from '../context.ts'
import { isoDate } from '../rest/date.ts'
import { pageV1 } from '../rest/paging.ts'
import { badRequest } from '../rest/refusal.ts'
import { type Call, created, noContent, ok } from '../rest/route.ts'
import { addActivity } from './activities.ts'
import { createWorkspace } from './create-workspace.ts'
import { friendlyName } from './friendly-name.ts'
import type { Registry } from './registry.ts'
import type { WorkspaceRow } from './rows.ts'
import { addTaskChannel } from './task-channels.ts'
import { addTaskQueue } from './task-queues.ts'
import { addWorkflow } from './workflows.ts'
import type { Workspace, WorkspaceListener } from './workspace.ts'

const DEFAULT_CHANNELS = ['default', 'voice', 'sms', 'chat', 'video']

/** `/Workspaces` */
export function createWorkspaces(
  context: Context,
  registry: Registry,
  listener: WorkspaceListener,
) {
  const { clock } = context
  return {
    list(call: Call) {
      const name = call.query.text('FriendlyName')
      const rows = [...registry.all.values()].filter(
        ({ row }) => name === undefined || row.friendlyName === name,
      )
      return pageV1(call, 'workspaces', rows, body)
    },

    create(call: Call) {
      const { form } = call
      const name = friendlyName(form.required('FriendlyName'))
      const template = form.oneOf('Template', ['NONE', 'FIFO']) ?? 'NONE'
      const settings = changes(call)
      const workspace = addWorkspace(context, listener, name, settings)
      registry.all.put(workspace)
      if (template === 'FIFO') addFifo(context, workspace)
      recordWorkspace(workspace, 'created')
      return created(body(workspace))
    },

    fetch: (call: Call) => ok(body(registry.of(call))),

    update(call: Call) {
      const workspace = registry.of(call)
      const { form } = call
      const role = (parameter: 'DefaultActivitySid' | 'TimeoutActivitySid') => {
        const sid = form.required(parameter)
        if (!workspace.activities.get(sid)) {
          throw badRequest(`${parameter} ${sid} is no activity of workspace ${workspace.sid}`)
        }
        return sid
      }
      putWorkspace(workspace, {
        ...workspace.row,
        ...changes(call),
        ...(form.has('FriendlyName') && {
          friendlyName: friendlyName(form.required('FriendlyName')),
        }),
        ...(form.has('DefaultActivitySid') && { defaultActivitySid: role('DefaultActivitySid') }),
        ...(form.has('TimeoutActivitySid') && { timeoutActivitySid: role('TimeoutActivitySid') }),
        dateUpdated: clock.now(),
      })
      recordWorkspace(workspace, 'updated')
      return ok(body(workspace))
    },

    remove(call: Call) {
      const workspace = registry.of(call)
      recordWorkspace(workspace, 'deleted')
      workspace.close()
      registry.all.delete(workspace.sid)
      return noContent
    },
  }
}

/** A new workspace with what Twilio puts into it: three activities and five task channels. */
function addWorkspace(
  context: Context,
  listener: WorkspaceListener,
  name: string,
  settings: Partial<WorkspaceRow>,
): Workspace {
  const { clock, newSid } = context
  const now = clock.now()
  const offlineSid = newSid('WA')
  const row = {
    sid: newSid('WS'),
    friendlyName: name,
    defaultActivitySid: offlineSid,
    timeoutActivitySid: offlineSid,
    eventCallbackUrl: null,
    eventsFilter: null,
    multiTaskEnabled: true,
    prioritizeQueueOrder: 'FIFO' as const,
    ...settings,
    dateCreated: now,
    dateUpdated: now,
  }
  const workspace = createWorkspace(context, row, listener)
  addActivity(workspace, offlineSid, 'Offline', false, now)
  addActivity(workspace, newSid('WA'), 'Unavailable', false, now)
  addActivity(workspace, newSid('WA'), 'Available', true, now)
  for (const channel of DEFAULT_CHANNELS) {
    addTaskChannel(workspace, {
      sid: newSid('TC'),
      friendlyName: channel === 'sms' ? 'SMS' : channel.replace(/^./, (c) => c.toUpperCase()),
      uniqueName: channel,
      channelOptimizedRouting: false,
      dateCreated: now,
      dateUpdated: now,
    })
  }
  putWorkspace(workspace, row)
  return workspace
}

/** `Template=FIFO`: one queue of everyone, and a workflow that leads to it. */
function addFifo({ clock, newSid }: Context, workspace: Workspace): void {
  const now = clock.now()
  const queue = addTaskQueue(workspace, {
    sid: newSid('WQ'),
    friendlyName: 'Sample Queue',
    targetWorkers: '1==1',
    maxReservedWorkers: 1,
    taskOrder: 'FIFO',
    reservationActivitySid: null,
    assignmentActivitySid: null,
    dateCreated: now,
    dateUpdated: now,
  })
  addWorkflow(workspace, {
    sid: newSid('WW'),
    friendlyName: 'Default Fifo Workflow',
    configuration: JSON.stringify({ task_routing: { default_filter: { queue: queue.sid } } }),
    assignmentCallbackUrl: null,
    fallbackAssignmentCallbackUrl: null,
    taskReservationTimeout: 120,
    dateCreated: now,
    dateUpdated: now,
  })
}

function putWorkspace(workspace: Workspace, row: WorkspaceRow): void {
  const { timeoutActivitySid, prioritizeQueueOrder } = row
  workspace.drive({ kind: 'put-workspace', timeoutActivitySid, prioritizeQueueOrder })
  workspace.row = row
}

/** What the form sets of the members that create and update share. */
function changes({ form }: Call): Partial<WorkspaceRow> {
  const multiTaskEnabled = form.boolean('MultiTaskEnabled')
  const prioritizeQueueOrder = form.oneOf('PrioritizeQueueOrder', ['FIFO', 'LIFO'])
  return {
    ...(form.has('EventCallbackUrl') && {
      eventCallbackUrl: form.text('EventCallbackUrl') || null,
    }),
    ...(form.has('EventsFilter') && { eventsFilter: form.text('EventsFilter') || null }),
    ...(multiTaskEnabled !== undefined && { multiTaskEnabled }),
    ...(prioritizeQueueOrder && { prioritizeQueueOrder }),
  }
}

function recordWorkspace(workspace: Workspace, what: 'created' | 'updated' | 'deleted'): void {
  const { sid, row } = workspace
  workspace.record({
    type: `workspace.${what}`,
    description: `Workspace ${row.friendlyName} ${what}`,
    resourceType: 'workspace',
    resourceSid: sid,
    data: { workspace_sid: sid, workspace_name: row.friendlyName },
  })
}

function body({ row, url, activities, accountSid }: Workspace) {
  const name = (sid: string) => activities.get(sid)?.friendlyName ?? null
  return {
    sid: row.sid,
    account_sid: accountSid,
    friendly_name: row.friendlyName,
    default_activity_sid: row.defaultActivitySid,
    default_activity_name: name(row.defaultActivitySid),
    timeout_activity_sid: row.timeoutActivitySid,
    timeout_activity_name: name(row.timeoutActivitySid),
    event_callback_url: row.eventCallbackUrl,
    events_filter: row.eventsFilter,
    multi_task_enabled: row.multiTaskEnabled,
    prioritize_queue_order: row.prioritizeQueueOrder,
    date_created: isoDate(row.dateCreated),
    date_updated: isoDate(row.dateUpdated),
    url,
    links: {
      activities: `${url}/Activities`,
      events: `${url}/Events`,
      task_channels: `${url}/TaskChannels`,
      task_queues: `${url}/TaskQueues`,
      tasks: `${url}/Tasks`,
      workers: `${url}/Workers`,
      workflows: `${url}/Workflows`,
      statistics: `${url}/Statistics`,
      real_time_statistics: `${url}/RealTimeStatistics`,
      cumulative_statistics: `${url}/CumulativeStatistics`,
    },
  }
}
