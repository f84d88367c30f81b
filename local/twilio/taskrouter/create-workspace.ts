import {
  type Command,
  createRouter,
  type RouterEvent,
  RouterRefusal,
} from '../../../routing/index.ts'
import type { Timer } from '../../clock.ts'
import type { Context } from '../context.ts'
import { createCollection } from '../objects/collection.ts'
import { TASKS_KEPT_MS } from '../objects/retention.ts'
import { TwilioRefusal } from '../rest/refusal.ts'
import { createEventLog } from './event-log.ts'
import { isOver, storeRouted } from './routed-rows.ts'
import type { ReservationRow, TaskChannelRow, WorkspaceRow } from './rows.ts'
import {
  forgetTask,
  type Workspace,
  type WorkspaceListener,
  type WorkspaceSnapshot,
  workerChannelKey,
} from './workspace.ts'

/** A workspace with nothing in it, or the one of a snapshot. */
export function createWorkspace(
  context: Context,
  row: WorkspaceRow,
  listener: WorkspaceListener,
  restored?: WorkspaceSnapshot,
): Workspace {
  const { clock, newSid } = context
  const router = createRouter({
    newReservationSid: () => newSid('WR'),
    restore: restored?.router,
  })
  const cleanUps = new Set<Timer>()
  const waiting: RouterEvent[] = []
  let reacting = false
  let timer: { at: number; timer: Timer } | undefined

  const workspace: Workspace = {
    sid: row.sid,
    accountSid: context.accountSid,
    url: `https://taskrouter.twilio.com/v1/Workspaces/${row.sid}`,
    row,
    activities: createCollection(nameOf, restored?.activities),
    workers: createCollection(lowerCaseNameOf, restored?.workers),
    workerChannels: createCollection(workerChannelKey, restored?.workerChannels),
    taskChannels: createCollection(uniqueNameOf, restored?.taskChannels),
    taskQueues: createCollection(nameOf, restored?.taskQueues),
    workflows: createCollection(nameOf, restored?.workflows),
    tasks: createCollection(undefined, restored?.tasks),
    reservations: createCollection(undefined, restored?.reservations, ownersOf),
    router,
    events: createEventLog(newSid, restored?.events),
    record(event) {
      const at = event.at ?? clock.now()
      listener.recorded(workspace, workspace.events.add({ ...event, at }))
    },
    drive(command, taskAttributes) {
      for (const event of step(command)) {
        const ended = storeRouted(workspace, event, taskAttributes)
        if (ended) cleanUpLater(ended, event.at)
        listener.routed(workspace, event)
        waiting.push(event)
      }
      arm()
      react()
    },
    close() {
      timer?.timer.cancel()
      for (const cleanUp of cleanUps) cleanUp.cancel()
    },
  }

  function step(command: Command): readonly RouterEvent[] {
    try {
      // The router's own events hold only until its next step.
      return router.step(command, clock.now()).map((event) => ({ ...event }))
    } catch (error) {
      if (!(error instanceof RouterRefusal)) throw error
      throw new TwilioRefusal(error.status, error.code, error.message)
    }
  }

  function arm(): void {
    const at = router.nextTimerAt()
    if (timer?.at === at) return
    timer?.timer.cancel()
    timer = undefined
    if (at === null) return
    const fire = () => {
      timer = undefined
      workspace.drive({ kind: 'tick' })
    }
    timer = { at, timer: clock.schedule(at, fire) }
  }

  // A reaction may drive the router again: its events wait until those before them have been reacted to.
  function react(): void {
    if (reacting) return
    reacting = true
    try {
      for (let event = waiting.shift(); event; event = waiting.shift()) {
        listener.react(workspace, event)
      }
    } finally {
      reacting = false
    }
  }

  function cleanUpLater(taskSid: string, endedAt: number): void {
    const cleanUp = clock.schedule(endedAt + TASKS_KEPT_MS, () => {
      cleanUps.delete(cleanUp)
      forgetTask(workspace, taskSid)
    })
    cleanUps.add(cleanUp)
  }

  for (const task of workspace.tasks.values()) {
    if (isOver(task.view)) cleanUpLater(task.sid, task.dateUpdated)
  }
  arm()
  return workspace
}

// Of a reservation; both are looked up all the time.
function ownersOf({ taskSid, workerSid }: ReservationRow): readonly string[] {
  return [taskSid, workerSid]
}

function nameOf(row: { readonly friendlyName: string }): string {
  return row.friendlyName
}

function uniqueNameOf({ uniqueName }: TaskChannelRow): string {
  return uniqueName
}

function lowerCaseNameOf(row: { readonly friendlyName: string }): string {
  return row.friendlyName.toLowerCase()
}
