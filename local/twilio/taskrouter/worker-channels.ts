import type { Context } from '../context.ts'
import { isoDate } from '../rest/date.ts'
import { pageV1 } from '../rest/paging.ts'
import { type Call, ok, pathPart } from '../rest/route.ts'
import { workerData } from './event-data.ts'
import { part, type Registry, refuseMissing } from './registry.ts'
import type { TaskChannelRow, WorkerChannelRow, WorkerRow } from './rows.ts'
import { findTaskChannel } from './task-channels.ts'
import { type Workspace, workerChannelKey } from './workspace.ts'

/** `/Workspaces/{WorkspaceSid}/Workers/{WorkerSid}/Channels`; `{Sid}` may also be a task channel's SID or unique name. */
export function createWorkerChannels(context: Context, registry: Registry) {
  const { clock } = context

  function found(call: Call) {
    const workspace = registry.of(call)
    const worker = part(call, workspace.workers, 'WorkerSid')
    const key = pathPart(call, 'Sid')
    const row = allOf(context, workspace, worker).find(
      ({ sid, taskChannelSid }) =>
        sid === key || findTaskChannel(workspace, key)?.sid === taskChannelSid,
    )
    return { workspace, worker, row: row ?? refuseMissing(call) }
  }

  return {
    list(call: Call) {
      const workspace = registry.of(call)
      const worker = part(call, workspace.workers, 'WorkerSid')
      const rows = allOf(context, workspace, worker)
      return pageV1(call, 'channels', rows, (row) => body(workspace, row))
    },

    fetch(call: Call) {
      const { workspace, row } = found(call)
      return ok(body(workspace, row))
    },

    update(call: Call) {
      const { workspace, worker, row } = found(call)
      const next = {
        ...row,
        capacity: call.form.integer('Capacity', { min: 0, max: 2 ** 31 - 1 }) ?? row.capacity,
        available: call.form.boolean('Available') ?? row.available,
        dateUpdated: clock.now(),
      }
      const { workerSid, taskChannelSid, capacity, available } = next
      workspace.drive({
        kind: 'put-worker-channel',
        workerSid,
        taskChannelSid,
        capacity,
        available,
      })
      workspace.workerChannels.put(next)
      if (capacity !== row.capacity) record(workspace, worker, row, next, 'capacity.update')
      if (available !== row.available) {
        record(workspace, worker, row, next, 'channel.availability.update')
      }
      return ok(body(workspace, next))
    },
  }
}

// A channel has no create: it exists with its worker and its task channel, and its row when somebody first looks.
function allOf({ newSid }: Context, workspace: Workspace, worker: WorkerRow): WorkerChannelRow[] {
  return [...workspace.taskChannels.values()].map((channel: TaskChannelRow) => {
    const key = { workerSid: worker.sid, taskChannelSid: channel.sid }
    const since = Math.max(worker.dateCreated, channel.dateCreated)
    return (
      workspace.workerChannels.byName(workerChannelKey(key)) ??
      workspace.workerChannels.put({
        ...key,
        sid: newSid('WC'),
        capacity: 1,
        available: true,
        dateCreated: since,
        dateUpdated: since,
      })
    )
  })
}

function record(
  workspace: Workspace,
  worker: WorkerRow,
  before: WorkerChannelRow,
  row: WorkerChannelRow,
  what: 'capacity.update' | 'channel.availability.update',
): void {
  const channel = workspace.taskChannels.get(row.taskChannelSid)
  workspace.record({
    type: `worker.${what}`,
    description: `Channel ${channel?.uniqueName} of worker ${worker.friendlyName} updated`,
    resourceType: 'worker',
    resourceSid: worker.sid,
    data: {
      ...workerData(workspace, worker),
      worker_channel_available: String(row.available),
      worker_channel_available_capacity: String(usage(workspace, row).availableCapacityPercentage),
      worker_channel_previous_capacity: String(before.capacity),
      worker_channel_task_count: String(usage(workspace, row).assignedTasks),
      task_channel_sid: row.taskChannelSid,
      task_channel_unique_name: channel?.uniqueName ?? '',
    },
    facts: { workerSid: worker.sid, taskChannelSid: row.taskChannelSid },
  })
}

function usage({ router }: Workspace, { workerSid, taskChannelSid }: WorkerChannelRow) {
  const view = router
    .workerChannels(workerSid)
    .find((channel) => channel.taskChannelSid === taskChannelSid)
  return view ?? { assignedTasks: 0, availableCapacityPercentage: 100 }
}

function body(workspace: Workspace, row: WorkerChannelRow) {
  const { assignedTasks, availableCapacityPercentage } = usage(workspace, row)
  return {
    sid: row.sid,
    account_sid: workspace.accountSid,
    workspace_sid: workspace.sid,
    worker_sid: row.workerSid,
    task_channel_sid: row.taskChannelSid,
    task_channel_unique_name: workspace.taskChannels.get(row.taskChannelSid)?.uniqueName ?? null,
    configured_capacity: row.capacity,
    available: row.available,
    assigned_tasks: assignedTasks,
    available_capacity_percentage: availableCapacityPercentage,
    date_created: isoDate(row.dateCreated),
    date_updated: isoDate(row.dateUpdated),
    url: `${workspace.url}/Workers/${row.workerSid}/Channels/${row.sid}`,
  }
}
