import type { Command } from '../router-contract.ts'
import { limits } from './choices.ts'
import { emitReservation, emitTask } from './events.ts'
import { enterWorkflow, offer, restartTasks, resumeTasks } from './flow.ts'
import { joinLine, leaveLine, positionInLine } from './lines.ts'
import { admitTask, forgetTask, newTaskIndex } from './live-tasks.ts'
import { find, findNamed, findTask } from './lookup.ts'
import { setReservationStatus } from './reserve.ts'
import { RouterRefusal } from './router-refusal.ts'
import type { RouterState, Task } from './state.ts'
import { cancelTask, endReservations } from './task-end.ts'
import { armTimer } from './timers.ts'

type Of<K extends Command['kind']> = Extract<Command, { readonly kind: K }>

export function createTask(state: RouterState, command: Of<'create-task'>): void {
  const { sid, routingTarget = null } = command
  if (state.tasks.has(sid)) {
    throw new RouterRefusal('invalid', sid, `A task ${sid} exists already`)
  }
  const { workflow, targetWorkerSid } = resolveTarget(state, command)
  const channel = findNamed(state.channels, 'TaskChannel', command.taskChannelSid)
  const timeoutSeconds = command.timeoutSeconds ?? limits.taskTimeoutSeconds
  const priority = command.priority ?? 0
  checkTimeout(sid, timeoutSeconds)
  checkPriority(sid, priority)
  checkStart(state, sid, command.virtualStartTime)

  const createdAt = state.now
  const task: Task = {
    sid,
    index: newTaskIndex(state),
    workflow,
    plan: workflow.plan,
    channel,
    attributes: command.attributes,
    status: 'pending',
    priority,
    createdAt,
    virtualStartTime: command.virtualStartTime ?? createdAt,
    timeoutSeconds,
    routingTarget,
    targetWorkerSid,
    ignoreCapacity: command.ignoreCapacity ?? targetWorkerSid !== null,
    order: ++state.counters.task,
    step: null,
    queue: null,
    queueEnteredAt: createdAt,
    outOfQueue: false,
    deadline: Number.POSITIVE_INFINITY,
    baseAge: 0,
    timedOut: false,
    endsAt: createdAt,
    assignments: 0,
    reason: null,
    line: null,
    reservations: [],
    view: null,
  }
  admitTask(state, task)
  emitTask(state, 'task.created', task)
  emitTask(state, 'workflow.entered', task)
  enterWorkflow(state, task)
  offer(state, task)
}

export function updateTask(state: RouterState, command: Of<'update-task'>): void {
  const task = find(state.tasks, 'Tasks', command.sid)
  const { attributes, priority, virtualStartTime } = command
  const channel =
    command.taskChannelSid === undefined
      ? task.channel
      : findNamed(state.channels, 'TaskChannel', command.taskChannelSid)
  if (priority !== undefined) checkPriority(task.sid, priority)
  checkStart(state, task.sid, virtualStartTime)

  const movesLine = channel !== task.channel && task.line !== null
  if (movesLine) leaveLine(state, task)
  task.attributes = attributes ?? task.attributes
  task.priority = priority ?? task.priority
  task.virtualStartTime = virtualStartTime ?? task.virtualStartTime
  task.channel.liveTasks--
  channel.liveTasks++
  task.channel = channel
  task.view = null
  emitTask(state, 'task.updated', task)
  if (task.status !== 'pending') return
  if (attributes !== undefined) {
    restartTasks(state, [task])
  } else if (movesLine && task.step !== null) {
    joinLine(state, task, task.step)
    offer(state, task, false)
  } else if (task.line !== null) {
    positionInLine(task, task.line)
  }
}

export function cancelByCommand(state: RouterState, command: Of<'cancel-task'>): void {
  const because = 'it is not pending or reserved'
  const task = findTask(state, command.sid, ['pending', 'reserved'], 'cancel', because)
  cancelTask(state, task, command.reason)
}

export function returnTask(state: RouterState, command: Of<'return-task'>): void {
  const because = 'it is not currently reserved'
  const task = findTask(state, command.sid, ['reserved'], 'set to pending the', because)
  task.status = 'pending'
  task.view = null
  endReservations(state, task, 'canceled')
  resumeTasks(state, [task])
}

export function wrapUpTask(state: RouterState, command: Of<'wrap-up-task'>): void {
  const because = "it's not currently assigned"
  const task = findTask(state, command.sid, ['assigned'], 'wrap up a', because)
  wrapUp(state, task, command.reason ?? null)
}

/** An assigned task goes to wrapping with its reservation, which still occupies its worker. */
export function wrapUp(state: RouterState, task: Task, reason: string | null): void {
  task.status = 'wrapping'
  task.reason = reason ?? task.reason
  task.view = null
  armTimer(state, task)
  emitTask(state, 'task.wrapup', task)
  for (const reservation of task.reservations) {
    if (reservation.status !== 'accepted') continue
    setReservationStatus(state, reservation, 'wrapping')
    emitReservation(state, 'reservation.wrapup', reservation)
  }
}

export function completeByCommand(state: RouterState, command: Of<'complete-task'>): void {
  const because = 'it is not currently assigned'
  const allowed = ['assigned', 'wrapping'] as const
  completeTask(state, findTask(state, command.sid, allowed, 'complete', because), command.reason)
}

/** The task and its reservation are done; its worker is free again. */
export function completeTask(state: RouterState, task: Task, reason: string | null): void {
  task.status = 'completed'
  task.reason = reason ?? task.reason
  task.view = null
  emitTask(state, 'task.completed', task, reason ?? undefined)
  endReservations(state, task, 'completed')
  forgetTask(state, task)
}

export function deleteTask(state: RouterState, command: Of<'delete-task'>): void {
  removeTask(state, find(state.tasks, 'Tasks', command.sid), 'task.deleted')
}

/** Takes a task out in whatever state it is; its reservations are canceled, accepted ones too. */
export function removeTask(
  state: RouterState,
  task: Task,
  kind: 'task.deleted' | 'task.system-deleted',
): void {
  leaveLine(state, task)
  endReservations(state, task, 'canceled')
  emitTask(state, kind, task)
  forgetTask(state, task)
}

/**
 * What the task names as its `RoutingTarget`: another workflow instead of its own, a queue (it waits there whatever the
 * workflow says), or a worker (the workflow says where it waits and for how long, but only he is asked).
 */
function resolveTarget(state: RouterState, command: Of<'create-task'>) {
  const { routingTarget } = command
  const named = routingTarget === undefined ? undefined : state.workflows.get(routingTarget)
  const workflow = named ?? findNamed(state.workflows, 'WorkflowSid', command.workflowSid)
  if (routingTarget === undefined || named || state.queues.has(routingTarget)) {
    return { workflow, targetWorkerSid: null }
  }
  const { sid } = findNamed(state.workers, 'RoutingTarget', routingTarget)
  return { workflow, targetWorkerSid: sid }
}

function checkTimeout(sid: string, seconds: number): void {
  if (seconds >= 1 && seconds <= limits.maxTaskTimeoutSeconds) return
  throw new RouterRefusal(
    'invalid',
    sid,
    `Invalid Timeout: ${seconds} is not between 1 and ${limits.maxTaskTimeoutSeconds} seconds`,
  )
}

function checkPriority(sid: string, priority: number): void {
  if (Number.isInteger(priority) && priority >= 0 && priority <= limits.maxPriority) return
  throw new RouterRefusal(
    'invalid',
    sid,
    `Invalid Priority: ${priority} is not a whole number from 0 to ${limits.maxPriority}`,
  )
}

function checkStart(state: RouterState, sid: string, virtualStartTime: number | undefined): void {
  if (virtualStartTime === undefined || virtualStartTime <= state.now) return
  throw new RouterRefusal('invalid', sid, 'Invalid VirtualStartTime: it lies in the future')
}
