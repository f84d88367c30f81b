import type { Millis, Router, RouterOptions, TaskView } from '../router-contract.ts'
import { hasBit } from './bits.ts'
import { carryOut } from './carry-out.ts'
import { defaultChoices, limits, reasons } from './choices.ts'
import { createSidWriter } from './counted-sid.ts'
import { dispatch } from './dispatch.ts'
import { takeEvents } from './events.ts'
import { offer, timeOutStep } from './flow.ts'
import { newSlots } from './heap.ts'
import { taskOf, tasksInOrder } from './live-tasks.ts'
import { timeOutReservations } from './reservation-commands.ts'
import { restoreSnapshot } from './restore.ts'
import { takeSnapshot } from './snapshot.ts'
import type { RouterState, Task } from './state.ts'
import { removeTask } from './task-commands.ts'
import { cancelTask } from './task-end.ts'
import { expiresAt, newTimers, nextDue, nextTimed } from './timers.ts'
import { viewReservation, viewTask, viewWorker, viewWorkerChannel } from './views.ts'

/** A router with nothing in it, or with what a snapshot holds. */
export function createRouter(options: RouterOptions = {}): Router {
  const state = newState(options)
  if (options.restore !== undefined) restoreSnapshot(state, options.restore)
  return {
    step(command, now) {
      fireTimers(state, now)
      carryOut(state, command)
      while (state.freed) dispatch(state)
      return takeEvents(state)
    },
    nextTimerAt() {
      // Events that a refused command left behind are handed out as soon as possible.
      if (state.eventCount > 0) return state.now
      const due = nextDue(state)
      return due === Number.POSITIVE_INFINITY ? null : due
    },
    task(sid) {
      const task = state.tasks.get(sid)
      return task && viewTask(task)
    },
    *tasks(): Iterable<TaskView> {
      for (const task of tasksInOrder(state)) yield viewTask(task)
    },
    reservation(sid) {
      const reservation = state.reservations.get(sid)
      return reservation && viewReservation(reservation)
    },
    reservations(of) {
      const found =
        'taskSid' in of
          ? state.tasks.get(of.taskSid)?.reservations
          : state.workers.get(of.workerSid)?.reservations
      return (found ?? []).map(viewReservation)
    },
    worker(sid) {
      const worker = state.workers.get(sid)
      return worker && viewWorker(worker)
    },
    workerChannels(workerSid) {
      const worker = state.workers.get(workerSid)
      if (worker === undefined) return []
      return [...state.channels.values()].flatMap(({ sid, index }) => {
        const own = worker.channels[index]
        return own === undefined ? [] : [viewWorkerChannel(sid, own)]
      })
    },
    queueMembers(taskQueueSid) {
      const queue = state.queues.get(taskQueueSid)
      if (queue === undefined) return []
      return [...state.workers.values()]
        .filter(({ index }) => hasBit(queue.members, index))
        .map(({ sid }) => sid)
    },
    snapshot: () => takeSnapshot(state),
  }
}

function newState(options: RouterOptions): RouterState {
  const counters = { task: 0, worker: 0, assignment: 0, reservation: 0, timer: 0, plan: 0 }
  const writeSid = createSidWriter('WR')
  const workspace = options.workspaceSid ? ` in workspace ${options.workspaceSid}` : ''
  const account = options.accountSid ? ` for account ${options.accountSid}` : ''
  return {
    choices: { ...defaultChoices, ...options.choices },
    maxAssignments: options.maxAssignments ?? limits.maxAssignments,
    newReservationSid: options.newReservationSid ?? (() => writeSid(++counters.reservation)),
    place: workspace + account,
    now: Number.NEGATIVE_INFINITY,
    timeoutActivitySid: null,
    prioritizeQueueOrder: 'FIFO',
    activities: new Map(),
    channels: new Map(),
    workers: new Map(),
    queues: new Map(),
    workflows: new Map(),
    tasks: new Map(),
    taskAt: [],
    freeTaskIndexes: [],
    reservations: new Map(),
    forgotten: 0,
    workerAt: [],
    freeIndexes: [],
    words: 1,
    availableWorkers: new Uint32Array(1),
    lines: new Set(),
    openLines: [],
    freed: false,
    timers: newTimers(),
    waitingSlots: newSlots(),
    volatileLines: 0,
    counters,
    events: [],
    eventCount: 0,
  }
}

/** Everything that was due up to `now` happens at its own time. Time never goes back. */
function fireTimers(state: RouterState, now: Millis): void {
  for (;;) {
    const due = nextDue(state)
    if (due > now || due === Number.POSITIVE_INFINITY) break
    if (due > state.now) state.now = due
    fire(state, taskOf(state, nextTimed(state)))
    while (state.freed) dispatch(state)
  }
  if (now > state.now) state.now = now
}

function fire(state: RouterState, task: Task): void {
  if (task.status === 'assigned') {
    removeTask(state, task, 'task.system-deleted')
  } else if (expiresAt(task) <= state.now) {
    cancelTask(state, task, reasons.ttl)
  } else if (task.status === 'reserved') {
    timeOutReservations(state, task)
  } else {
    timeOutStep(state, task)
    offer(state, task)
  }
}
