import type { ReservationStatus, RouterEvent } from '../../../routing/index.ts'
import type { Context } from '../context.ts'
import type { Publish } from '../events/index.ts'
import type { TaskRouterForVoice, VoiceForTaskRouter } from '../instructions.ts'
import type { Route } from '../rest/route.ts'
import { callBackAssignment } from './assignment.ts'
import { createWorkspace } from './create-workspace.ts'
import { callBackEvent } from './event-callback.ts'
import { describeRouted } from './event-data.ts'
import { publishEvent } from './event-stream.ts'
import { checkKnownWorker } from './known-worker.ts'
import { viewTaskRouter } from './live-view.ts'
import { createRegistry, type Registry } from './registry.ts'
import { createTaskRouterRoutes } from './routes.ts'
import { tell } from './sentences.ts'
import { createTaskRouterForVoice } from './task-router-for-voice.ts'
import {
  snapshotOf,
  type Workspace,
  type WorkspaceListener,
  type WorkspaceSnapshot,
} from './workspace.ts'

/** TaskRouter: its endpoints, its side for Voice, and what a restart needs. */
export interface TaskRouter {
  readonly routes: readonly Route[]
  readonly registry: Registry
  readonly forVoice: TaskRouterForVoice
  view(): ReturnType<typeof viewTaskRouter>
  /** Once Voice is there: ends the tasks of calls that did not outlive the process before. */
  resume(): void
  snapshot(): unknown
  close(): void
}

/** What a snapshot of TaskRouter holds. */
type Snapshot = {
  readonly workspaces: readonly WorkspaceSnapshot[]
  /** Tasks of calls: a call does not outlive its process. */
  readonly callTasks: readonly string[]
}

/** TaskRouter with the workspaces of the snapshot, if one is given. */
export function createTaskRouter(
  context: Context,
  voice: VoiceForTaskRouter,
  publish: Publish,
  restore?: unknown,
): TaskRouter {
  const registry = createRegistry()
  const listener = createListener(context, voice, publish)
  const callTasks = new Set<string>()
  const forVoice = createTaskRouterForVoice(context, registry, callTasks)

  const snapshot = restore as Snapshot | undefined
  for (const restored of snapshot?.workspaces ?? []) {
    registry.all.put(createWorkspace(context, restored.row, listener, restored))
  }
  return {
    routes: createTaskRouterRoutes(context, registry, listener, voice),
    registry,
    forVoice,
    view: () => viewTaskRouter(registry),
    resume() {
      for (const taskSid of snapshot?.callTasks ?? []) {
        for (const workspace of registry.all.values()) endCallTask(workspace, taskSid)
      }
    },
    snapshot: (): Snapshot => ({
      workspaces: [...registry.all.values()].map(snapshotOf),
      callTasks: [...callTasks],
    }),
    close() {
      for (const workspace of registry.all.values()) workspace.close()
    },
  }
}

// Not to `wrapping`: the application that would end that may not be up yet to hear of it.
function endCallTask(workspace: Workspace, sid: string): void {
  const status = workspace.router.task(sid)?.status
  if (status === 'pending' || status === 'reserved') {
    workspace.drive({ kind: 'cancel-task', sid, reason: 'hangup' })
  } else if (status === 'assigned') {
    workspace.drive({ kind: 'complete-task', sid, reason: 'hangup' })
  }
}

const ENDED_WITHOUT_ACCEPTANCE: Readonly<Record<string, ReservationStatus>> = {
  'reservation.rejected': 'rejected',
  'reservation.timeout': 'timeout',
  'reservation.canceled': 'canceled',
  'reservation.rescinded': 'rescinded',
}

function createListener(
  context: Context,
  voice: VoiceForTaskRouter,
  publish: Publish,
): WorkspaceListener {
  const { clock, live } = context
  return {
    recorded(workspace, event) {
      callBackEvent(context, workspace, event)
      publishEvent(publish, workspace, event)
    },
    routed(workspace, event) {
      workspace.record(describeRouted(workspace, event))
      if (event.kind === 'workflow.target-matched') checkKnownWorker(context, workspace, event.task)
      const line = live.watched ? tell(workspace, event) : undefined
      if (line) live.emit(line)
    },
    react(workspace: Workspace, event: RouterEvent) {
      if (!('reservation' in event)) return
      const { sid } = event.reservation
      if (event.kind === 'reservation.created') {
        void clock.track(callBackAssignment({ context, voice }, workspace, sid))
      }
      const status = ENDED_WITHOUT_ACCEPTANCE[event.kind]
      if (status) voice.reservationEnded(sid, status)
    },
  }
}
