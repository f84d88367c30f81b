import type { Context } from '../context.ts'
import type { TaskRouterForVoice } from '../instructions.ts'
import { badRequest, TwilioRefusal } from '../rest/refusal.ts'
import { parseAttributes } from './attributes.ts'
import { instructedReservation } from './instruction.ts'
import { checkPending } from './pending.ts'
import type { Registry } from './registry.ts'
import { findTaskChannel } from './task-channels.ts'
import { taskView, type Workspace } from './workspace.ts'

/** TaskRouter as Voice sees it. `callTasks` collects the tasks that calls stand behind. */
export function createTaskRouterForVoice(
  { newSid, alerts }: Context,
  registry: Registry,
  callTasks: Set<string>,
): TaskRouterForVoice {
  function home(has: (workspace: Workspace) => boolean): Workspace | undefined {
    for (const workspace of registry.all.values()) if (has(workspace)) return workspace
    return undefined
  }
  const homeOfTask = (sid: string) => home(({ tasks }) => tasks.get(sid) !== undefined)
  const homeOfReservation = (sid: string) =>
    home(({ reservations }) => reservations.get(sid) !== undefined)

  return {
    enqueue({ workflowSid, attributes, priority, timeoutSeconds }) {
      const workspace = home(({ workflows }) => workflows.get(workflowSid) !== undefined)
      if (!workspace) throw badRequest(`Workflow ${workflowSid} does not exist`)
      const channel = findTaskChannel(workspace, 'voice')
      if (!channel) throw badRequest(`Workspace ${workspace.sid} has no task channel 'voice'`)
      // What a call and its <Task> say together has the same bound as what comes by REST.
      const text = JSON.stringify(attributes)
      parseAttributes(text)
      const sid = newSid('WT')
      const task = { sid, workflowSid, attributes, priority, timeoutSeconds }
      workspace.drive({ kind: 'create-task', taskChannelSid: channel.sid, ...task }, text)
      callTasks.add(sid)
      return { workspaceSid: workspace.sid, taskSid: sid }
    },

    callLeftQueue(taskSid, reason) {
      const workspace = homeOfTask(taskSid)
      const status = workspace?.router.task(taskSid)?.status
      callTasks.delete(taskSid)
      if (status !== 'pending' && status !== 'reserved') return
      workspace?.drive({ kind: 'cancel-task', sid: taskSid, reason })
    },

    callEnded(taskSid) {
      callTasks.delete(taskSid)
      const workspace = homeOfTask(taskSid)
      if (workspace?.router.task(taskSid)?.status !== 'assigned') return
      workspace.drive({ kind: 'wrap-up-task', sid: taskSid })
    },

    reservation(sid) {
      const workspace = homeOfReservation(sid)
      const row = workspace?.reservations.get(sid)
      if (!workspace || !row) return undefined
      return { ...instructedReservation(workspace, row), status: row.status }
    },

    acceptReservation(sid) {
      const workspace = homeOfReservation(sid)
      const row = workspace?.reservations.get(sid)
      if (!workspace || !row) throw badRequest(`Reservation ${sid} does not exist`)
      checkPending(row, 'accept')
      workspace.drive({ kind: 'accept-reservation', sid })
    },

    cancelReservation(sid) {
      const workspace = homeOfReservation(sid)
      if (workspace?.reservations.get(sid)?.status !== 'pending') return
      workspace.drive({ kind: 'cancel-reservation', sid })
    },

    mergeTaskAttributes(taskSid, patch) {
      const workspace = homeOfTask(taskSid)
      const row = workspace?.tasks.get(taskSid)
      if (!workspace || !row || !workspace.router.task(taskSid)) return
      const attributes = { ...taskView(workspace, row).attributes, ...patch }
      workspace.drive({ kind: 'update-task', sid: taskSid, attributes })
    },

    setWorkerActivity(workerSid, activitySid) {
      try {
        const workspace = home(({ workers }) => workers.get(workerSid) !== undefined)
        if (!workspace) throw badRequest(`Worker ${workerSid} does not exist`)
        workspace.drive({ kind: 'set-worker-activity', sid: workerSid, activitySid })
      } catch (error) {
        if (!(error instanceof TwilioRefusal)) throw error
        alerts.add(40130, `post-work activity ${activitySid}: ${error.message}`, { workerSid })
      }
    },
  }
}
