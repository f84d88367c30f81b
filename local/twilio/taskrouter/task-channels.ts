import type { Context } from '../context.ts'
import { isoDate } from '../rest/date.ts'
import { pageV1 } from '../rest/paging.ts'
import { badRequest } from '../rest/refusal.ts'
import { type Call, created, noContent, ok, pathPart } from '../rest/route.ts'
import { friendlyName } from './friendly-name.ts'
import { type Registry, refuseMissing } from './registry.ts'
import type { TaskChannelRow } from './rows.ts'
import type { Workspace } from './workspace.ts'

/** `/Workspaces/{WorkspaceSid}/TaskChannels`; `{Sid}` may be the unique name. */
export function createTaskChannels({ clock, newSid }: Context, registry: Registry) {
  return {
    list(call: Call) {
      const workspace = registry.of(call)
      return pageV1(call, 'channels', workspace.taskChannels.values(), (row) =>
        body(workspace, row),
      )
    },

    create(call: Call) {
      const workspace = registry.of(call)
      const now = clock.now()
      const row = addTaskChannel(workspace, {
        sid: newSid('TC'),
        friendlyName: friendlyName(call.form.required('FriendlyName')),
        uniqueName: uniqueName(workspace, call.form.required('UniqueName')),
        channelOptimizedRouting: call.form.boolean('ChannelOptimizedRouting') ?? false,
        dateCreated: now,
        dateUpdated: now,
      })
      return created(body(workspace, row))
    },

    fetch(call: Call) {
      const workspace = registry.of(call)
      return ok(body(workspace, channelOf(call, workspace)))
    },

    update(call: Call) {
      const workspace = registry.of(call)
      const row = channelOf(call, workspace)
      const next = {
        ...row,
        friendlyName: friendlyName(call.form.text('FriendlyName') ?? row.friendlyName),
        channelOptimizedRouting:
          call.form.boolean('ChannelOptimizedRouting') ?? row.channelOptimizedRouting,
        dateUpdated: clock.now(),
      }
      putTaskChannel(workspace, next)
      recordTaskChannel(workspace, next, 'updated')
      return ok(body(workspace, next))
    },

    remove(call: Call) {
      const workspace = registry.of(call)
      const row = channelOf(call, workspace)
      if (row.uniqueName === 'default') {
        throw badRequest(`Cannot delete task channel ${row.sid}: it is the workspace's default`)
      }
      for (const task of workspace.router.tasks()) {
        if (task.taskChannelSid !== row.sid) continue
        throw badRequest(`Cannot delete task channel ${row.sid}: task ${task.sid} uses it`)
      }
      workspace.drive({ kind: 'delete-task-channel', sid: row.sid })
      workspace.taskChannels.delete(row.sid)
      for (const channel of [...workspace.workerChannels.values()]) {
        if (channel.taskChannelSid === row.sid) workspace.workerChannels.delete(channel.sid)
      }
      recordTaskChannel(workspace, row, 'deleted')
      return noContent
    },
  }
}

/** Adds a task channel to the workspace, its router and its history. */
export function addTaskChannel(workspace: Workspace, row: TaskChannelRow): TaskChannelRow {
  putTaskChannel(workspace, row)
  recordTaskChannel(workspace, row, 'created')
  return row
}

/** The task channel of that SID or unique name. */
export function findTaskChannel(
  { taskChannels }: Workspace,
  sidOrName: string,
): TaskChannelRow | undefined {
  return taskChannels.get(sidOrName) ?? taskChannels.byName(sidOrName)
}

function putTaskChannel(workspace: Workspace, row: TaskChannelRow): void {
  const { sid, uniqueName, channelOptimizedRouting } = row
  workspace.drive({ kind: 'put-task-channel', sid, uniqueName, channelOptimizedRouting })
  workspace.taskChannels.put(row)
}

function channelOf(call: Call, workspace: Workspace): TaskChannelRow {
  return findTaskChannel(workspace, pathPart(call, 'Sid')) ?? refuseMissing(call)
}

function uniqueName(workspace: Workspace, text: string): string {
  if (!/^[A-Za-z_$][A-Za-z0-9_$]{0,63}$/.test(text)) {
    throw badRequest(
      `UniqueName '${text}' may hold letters, digits, _ and $, not start with a digit, and have at most 64 characters`,
    )
  }
  if (workspace.taskChannels.byName(text)) {
    throw badRequest(`A task channel of the unique name '${text}' exists already`)
  }
  return text
}

function recordTaskChannel(
  workspace: Workspace,
  row: TaskChannelRow,
  what: 'created' | 'updated' | 'deleted',
): void {
  workspace.record({
    type: `task-channel.${what}`,
    description: `TaskChannel ${row.friendlyName} ${what}`,
    resourceType: 'task-channel',
    resourceSid: row.sid,
    data: {
      task_channel_sid: row.sid,
      task_channel_name: row.friendlyName,
      task_channel_unique_name: row.uniqueName,
      task_channel_optimized_routing: String(row.channelOptimizedRouting),
    },
  })
}

function body(workspace: Workspace, row: TaskChannelRow) {
  return {
    sid: row.sid,
    account_sid: workspace.accountSid,
    workspace_sid: workspace.sid,
    friendly_name: row.friendlyName,
    unique_name: row.uniqueName,
    channel_optimized_routing: row.channelOptimizedRouting,
    date_created: isoDate(row.dateCreated),
    date_updated: isoDate(row.dateUpdated),
    url: `${workspace.url}/TaskChannels/${row.sid}`,
    links: { workspace: workspace.url },
  }
}
