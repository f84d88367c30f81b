import { defineSchema, InvalidInput, Type } from '../../../../schemas/index.ts'
import type { Context } from '../../context.ts'
import { pageV1 } from '../../rest/paging.ts'
import { badRequest } from '../../rest/refusal.ts'
import { type Call, ok } from '../../rest/route.ts'
import { part, type Registry } from '../registry.ts'
import { selectTaskQueues } from '../task-queues.ts'
import { readWindow } from '../window.ts'
import type { Workspace } from '../workspace.ts'
import { cumulativeQueue } from './cumulative.ts'
import { readChannel, readThresholds } from './parameters.ts'
import { realTimeQueue } from './real-time.ts'

// The body of the bulk call is not documented; this is what the SDK's users send.
const bulkRequest = defineSchema(
  'body of the bulk request',
  Type.Object({
    TaskQueueSids: Type.Array(Type.String(), { maxItems: 50, description: 'at most 50 SIDs' }),
    TaskChannel: Type.Optional(Type.String()),
  }),
)

/** `/Workspaces/{WorkspaceSid}/TaskQueues/{TaskQueueSid}/…Statistics`, and for many queues at once. */
export function createTaskQueueStatistics({ clock }: Context, registry: Registry) {
  const realTime = (call: Call, workspace: Workspace, sid: string) =>
    realTimeQueue(workspace, sid, readChannel(call, workspace), clock.now())
  const cumulative = (call: Call, workspace: Workspace, sid: string) =>
    cumulativeQueue(
      workspace,
      sid,
      readChannel(call, workspace),
      readWindow(call.query, clock.now()),
      readThresholds(call),
    )
  const read = (call: Call) => {
    const workspace = registry.of(call)
    const { sid } = part(call, workspace.taskQueues, 'TaskQueueSid')
    return { workspace, sid, about: { ...about(workspace, sid), url: call.url.href } }
  }
  return {
    realTime(call: Call) {
      const { workspace, sid, about } = read(call)
      return ok({ ...realTime(call, workspace, sid), ...about })
    },

    cumulative(call: Call) {
      const { workspace, sid, about } = read(call)
      return ok({ ...cumulative(call, workspace, sid), ...about })
    },

    both(call: Call) {
      const { workspace, sid, about } = read(call)
      return ok({
        realtime: realTime(call, workspace, sid),
        cumulative: cumulative(call, workspace, sid),
        ...about,
      })
    },

    list(call: Call) {
      const workspace = registry.of(call)
      const rows = selectTaskQueues(workspace, call)
      return pageV1(call, 'task_queues_statistics', rows, ({ sid }) => ({
        realtime: realTime(call, workspace, sid),
        cumulative: cumulative(call, workspace, sid),
        ...about(workspace, sid),
      }))
    },

    bulk(call: Call) {
      const workspace = registry.of(call)
      const wanted = new Set(readBulk(call.body).TaskQueueSids)
      const data = [...workspace.taskQueues.values()]
        .filter(({ sid }) => wanted.has(sid))
        .map(({ sid }) => ({ task_queue_sid: sid, ...realTime(call, workspace, sid) }))
      return ok({
        account_sid: workspace.accountSid,
        workspace_sid: workspace.sid,
        task_queue_data: data,
        task_queue_response_count: data.length,
        url: call.url.href,
      })
    },
  }
}

function about(workspace: Workspace, taskQueueSid: string) {
  return {
    account_sid: workspace.accountSid,
    workspace_sid: workspace.sid,
    task_queue_sid: taskQueueSid,
  }
}

function readBulk(body: string) {
  try {
    return bulkRequest.parse(JSON.parse(body))
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof InvalidInput) {
      throw badRequest(`The body must be {"TaskQueueSids": ["WQ…"]}: ${error.message}`)
    }
    throw error
  }
}
