import type { Context } from '../../context.ts'
import { type Call, ok } from '../../rest/route.ts'
import type { Registry } from '../registry.ts'
import { readWindow } from '../window.ts'
import type { Workspace } from '../workspace.ts'
import { cumulativeTasks } from './cumulative.ts'
import { readChannel, readThresholds } from './parameters.ts'
import { activityStatistics, realTimeTasks } from './real-time.ts'

/** `/Workspaces/{WorkspaceSid}/…Statistics` */
export function createWorkspaceStatistics({ clock }: Context, registry: Registry) {
  const realTime = (call: Call, workspace: Workspace) => {
    const { workers } = workspace
    return {
      ...realTimeTasks(workspace, readChannel(call, workspace), clock.now()),
      total_workers: workers.size,
      activity_statistics: activityStatistics(
        workspace,
        [...workers.values()].map(({ sid }) => sid),
      ),
    }
  }
  const cumulative = (call: Call, workspace: Workspace) => {
    const { tasks_entered: _, ...counts } = cumulativeTasks(
      workspace,
      readChannel(call, workspace),
      readWindow(call.query, clock.now()),
      readThresholds(call),
    )
    return counts
  }
  const about = (call: Call, workspace: Workspace) => ({
    account_sid: workspace.accountSid,
    workspace_sid: workspace.sid,
    url: call.url.href,
  })
  return {
    realTime(call: Call) {
      const workspace = registry.of(call)
      return ok({ ...realTime(call, workspace), ...about(call, workspace) })
    },
    cumulative(call: Call) {
      const workspace = registry.of(call)
      return ok({ ...cumulative(call, workspace), ...about(call, workspace) })
    },
    both(call: Call) {
      const workspace = registry.of(call)
      return ok({
        realtime: realTime(call, workspace),
        cumulative: cumulative(call, workspace),
        ...about(call, workspace),
      })
    },
  }
}
