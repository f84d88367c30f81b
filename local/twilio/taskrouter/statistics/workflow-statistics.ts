import type { Context } from '../../context.ts'
import { type Call, ok } from '../../rest/route.ts'
import { part, type Registry } from '../registry.ts'
import { readWindow } from '../window.ts'
import { cumulativeTasks } from './cumulative.ts'
import { readChannel, readThresholds } from './parameters.ts'
import { realTimeTasks } from './real-time.ts'

/** `/Workspaces/{WorkspaceSid}/Workflows/{WorkflowSid}/…Statistics` */
export function createWorkflowStatistics({ clock }: Context, registry: Registry) {
  const read = (call: Call) => {
    const workspace = registry.of(call)
    const workflowSid = part(call, workspace.workflows, 'WorkflowSid').sid
    const scope = { ...readChannel(call, workspace), workflowSid }
    return {
      about: {
        account_sid: workspace.accountSid,
        workspace_sid: workspace.sid,
        workflow_sid: workflowSid,
        url: call.url.href,
      },
      realTime: () => realTimeTasks(workspace, scope, clock.now()),
      cumulative: () => {
        const window = readWindow(call.query, clock.now())
        const { tasks_created: _, ...counts } = cumulativeTasks(
          workspace,
          scope,
          window,
          readThresholds(call),
        )
        return counts
      },
    }
  }
  return {
    realTime(call: Call) {
      const { about, realTime } = read(call)
      return ok({ ...realTime(), ...about })
    },
    cumulative(call: Call) {
      const { about, cumulative } = read(call)
      return ok({ ...cumulative(), ...about })
    },
    both(call: Call) {
      const { about, realTime, cumulative } = read(call)
      return ok({ realtime: realTime(), cumulative: cumulative(), ...about })
    },
  }
}
