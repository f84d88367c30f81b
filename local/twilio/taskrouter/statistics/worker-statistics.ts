import type { Context } from '../../context.ts'
import { type Call, ok } from '../../rest/route.ts'
import { part, type Registry } from '../registry.ts'
import { readWindow } from '../window.ts'
import { selectWorkers } from '../worker-filter.ts'
import type { Workspace } from '../workspace.ts'
import { readChannel } from './parameters.ts'
import { cumulativeWorkers, realTimeWorkers, type WorkerScope } from './workers.ts'

/** `/Workspaces/{WorkspaceSid}/Workers/…Statistics`, of all that the filters select, or of one. */
export function createWorkerStatistics({ clock }: Context, registry: Registry) {
  const scopeOf = (call: Call, workspace: Workspace): WorkerScope => ({
    ...readChannel(call, workspace),
    workerSids: new Set(selectWorkers(workspace, call).map(({ sid }) => sid)),
  })
  const cumulative = (call: Call, workspace: Workspace, scope: WorkerScope) =>
    cumulativeWorkers(workspace, scope, readWindow(call.query, clock.now()))
  const about = (call: Call, workspace: Workspace) => ({
    account_sid: workspace.accountSid,
    workspace_sid: workspace.sid,
    url: call.url.href,
  })
  return {
    realTime(call: Call) {
      const workspace = registry.of(call)
      return ok({
        ...realTimeWorkers(workspace, scopeOf(call, workspace)),
        ...about(call, workspace),
      })
    },
    cumulative(call: Call) {
      const workspace = registry.of(call)
      const counts = cumulative(call, workspace, scopeOf(call, workspace))
      return ok({ ...counts, ...about(call, workspace) })
    },
    both(call: Call) {
      const workspace = registry.of(call)
      const scope = scopeOf(call, workspace)
      return ok({
        realtime: realTimeWorkers(workspace, scope),
        cumulative: cumulative(call, workspace, scope),
        ...about(call, workspace),
      })
    },
    one(call: Call) {
      const workspace = registry.of(call)
      const { sid } = part(call, workspace.workers, 'WorkerSid')
      const scope = { ...readChannel(call, workspace), workerSids: new Set([sid]) }
      return ok({
        cumulative: cumulative(call, workspace, scope),
        worker_sid: sid,
        ...about(call, workspace),
      })
    },
  }
}
