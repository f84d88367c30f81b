import {
  type Attributes,
  type Command,
  createRouter,
  type Router,
  type RouterEvent,
  type RouterOptions,
  type Sid,
  type TaskView,
} from '../../../routing/index.ts'
import type { WorkflowTarget } from '../../../schemas/index.ts'

export type Centre = {
  readonly router: Router
  /** Carries a command out at the current time; returns its events. */
  act(command: Command): readonly RouterEvent[]
  /** Moves the time to `seconds` after the start; returns the events of all timers until then. */
  at(seconds: number): readonly RouterEvent[]
  task(sid: Sid): TaskView
  /** SIDs of the workers who have a pending or accepted reservation of that task. */
  holders(taskSid: Sid): readonly Sid[]
  /** SID of the task's newest reservation. */
  newest(taskSid: Sid): Sid
}

export const start = Date.UTC(2026, 0, 5, 9)
export const available = 'WA-available'
export const busy = 'WA-busy'
export const offline = 'WA-offline'
export const voice = 'TC-voice'
export const chat = 'TC-chat'

/** A workspace with activities, two channels, and the workers given: attributes by SID, all available. */
export function createCentre(
  workers: Readonly<Record<Sid, Attributes>> = {},
  options: RouterOptions = {},
): Centre {
  const router = createRouter(options)
  let now = start
  const act = (command: Command) => [...router.step(command, now)]
  for (const [sid, isAvailable] of [
    [available, true],
    [busy, false],
    [offline, false],
  ] as const) {
    act({ kind: 'put-activity', sid, friendlyName: sid.slice(3), available: isAvailable })
  }
  act({ kind: 'put-workspace', timeoutActivitySid: offline })
  for (const sid of [voice, chat]) {
    act({
      kind: 'put-task-channel',
      sid,
      uniqueName: sid.slice(3),
      channelOptimizedRouting: false,
    })
  }
  for (const [sid, attributes] of Object.entries(workers)) {
    act({ kind: 'put-worker', sid, friendlyName: sid, attributes, activitySid: available })
  }
  return {
    router,
    act,
    at(seconds) {
      now = start + seconds * 1000
      return act({ kind: 'tick' })
    },
    task(sid) {
      const task = router.task(sid)
      if (!task) throw new Error(`The router has no task ${sid}`)
      return task
    },
    holders: (taskSid) =>
      router
        .reservations({ taskSid })
        .filter(({ status }) => ['pending', 'accepted', 'wrapping'].includes(status))
        .map(({ workerSid }) => workerSid),
    newest(taskSid) {
      const newest = router.reservations({ taskSid }).at(-1)
      if (!newest) throw new Error(`Task ${taskSid} has no reservation`)
      return newest.sid
    },
  }
}

/** A queue command with defaults: everybody, one at a time, oldest first. */
export function queue(
  sid: Sid,
  more: Partial<Extract<Command, { kind: 'put-task-queue' }>> = {},
): Command {
  const defaults = { targetWorkers: '1==1', maxReservedWorkers: 1, taskOrder: 'FIFO' } as const
  return { kind: 'put-task-queue', sid, friendlyName: sid, ...defaults, ...more }
}

/** A workflow command: filters as `[expression, targets]`, reservations of 120 s. */
export function workflow(
  sid: Sid,
  filters: readonly (readonly [string, WorkflowTarget[]])[],
  more: Partial<Extract<Command, { kind: 'put-workflow' }>> & { defaultQueue?: Sid } = {},
): Command {
  const { defaultQueue, ...rest } = more
  return {
    kind: 'put-workflow',
    sid,
    friendlyName: sid,
    taskReservationTimeoutSeconds: 120,
    configuration: {
      task_routing: {
        filters: filters.map(([expression, targets], index) => ({
          filter_friendly_name: `filter ${index}`,
          expression,
          targets,
        })),
        ...(defaultQueue ? { default_filter: { queue: defaultQueue } } : {}),
      },
    },
    ...rest,
  }
}

/** A task command on the voice channel of workflow `WW`. */
export function task(
  sid: Sid,
  attributes: Attributes = {},
  more: Partial<Extract<Command, { kind: 'create-task' }>> = {},
): Command {
  const defaults = { workflowSid: 'WW', taskChannelSid: voice }
  return { kind: 'create-task', sid, attributes, ...defaults, ...more }
}

/** The kinds of the events, in order. */
export function kinds(events: readonly RouterEvent[]): readonly string[] {
  return events.map(({ kind }) => kind)
}
