import { countCommon, hasBit } from './bits.ts'
import { reasons } from './choices.ts'
import { dispatch } from './dispatch.ts'
import { emitTask } from './events.ts'
import { hasEligible, joinLine, leaveLine, queueUp } from './lines.ts'
import { forgetTask } from './live-tasks.ts'
import type { SkipIf, Step } from './plan.ts'
import { reserve } from './reserve.ts'
import type { Queue, RouterState, Task } from './state.ts'
import { armTimer } from './timers.ts'

/** How a step or a filter was left. */
type Exit = 'timeout' | 'skip'

/** A task enters its workflow, or starts again at the first filter: it is placed, but not offered to anybody yet. */
export function enterWorkflow(state: RouterState, task: Task): void {
  task.baseAge = 0
  task.timedOut = false
  if (task.routingTarget !== null) {
    const queue = state.queues.get(task.routingTarget)
    if (queue !== undefined) {
      enterStep(state, task, queue.directStep)
      return
    }
  }
  enterFilter(state, task, 0, null)
}

/**
 * Offers a placed task to workers. Where nobody is eligible and its step's `skip_if` holds it goes on to the next step;
 * afterwards it is reserved, waits with its timer set, or has left the workflow.
 */
export function offer(state: RouterState, task: Task, maySkip = true): void {
  while (task.line !== null) {
    // While no worker has become free, nobody who waits longer can be passed over.
    if (!state.freed && hasEligible(task.line) && reserve(state, task, task.line)) return
    queueUp(state, task)
    dispatch(state)
    if (task.line === null) return
    if (!maySkip || !skips(state, task)) break
    leaveLine(state, task)
    nextStep(state, task, 'skip')
  }
  if (task.status === 'pending' && task.line !== null) armTimer(state, task)
}

/** The deadline of the task's step has passed: it goes on to the next. */
export function timeOutStep(state: RouterState, task: Task): void {
  leaveLine(state, task)
  passDeadline(state, task)
  nextStep(state, task, 'timeout')
}

/**
 * Tasks whose reservations all failed wait in their step again, or go on if its deadline passed meanwhile.
 * All are placed before any is offered, so that the first of them comes first.
 */
export function resumeTasks(state: RouterState, tasks: readonly Task[]): void {
  const placed = tasks.map((task) => ({ task, stayed: resumeStep(state, task) }))
  for (const task of tasks) queueUp(state, task)
  state.freed = true
  for (const { task, stayed } of placed) {
    offer(state, task, !stayed || state.choices.skipIfAfterReservation)
  }
}

/** Tasks that wait start again at the first filter. */
export function restartTasks(state: RouterState, tasks: readonly Task[]): void {
  for (const task of tasks) leaveLine(state, task)
  for (const task of tasks) enterWorkflow(state, task)
  for (const task of tasks) queueUp(state, task)
  state.freed = true
  for (const task of tasks) offer(state, task)
}

function resumeStep(state: RouterState, task: Task): boolean {
  const { step } = task
  if (step === null) return false
  const late = state.now >= task.deadline
  const leavesEarly =
    !state.choices.stayInStepAfterReservation && task.deadline !== Number.POSITIVE_INFINITY
  if (late || leavesEarly) {
    passDeadline(state, task)
    nextStep(state, task, 'timeout')
    return false
  }
  joinLine(state, task, step)
  return true
}

function passDeadline(state: RouterState, task: Task): void {
  task.outOfQueue = true
  emitTask(state, 'task-queue.timeout', task, undefined, task.queue?.sid)
}

function nextStep(state: RouterState, task: Task, exit: Exit): void {
  const from = task.step
  if (from === null) return
  const next = task.plan.filters[from.filterIndex]?.steps[from.targetIndex + 1]
  if (next !== undefined) {
    enterStep(state, task, next)
    return
  }
  if (exit === 'timeout') {
    task.timedOut = true
    if (state.choices.deadlinesGoOnInNextFilter) task.baseAge = task.deadline - task.createdAt
  }
  // Behind the default filter there is nothing.
  const nextFilter = from.filterIndex < 0 ? task.plan.filters.length : from.filterIndex + 1
  enterFilter(state, task, nextFilter, exit)
}

function enterFilter(state: RouterState, task: Task, from: number, exit: Exit | null): void {
  const { filters, defaultStep } = task.plan
  for (let i = from; i < filters.length; i++) {
    const filter = filters[i]
    const first = filter?.steps[0]
    if (first !== undefined && filter?.matches(task.attributes)) {
      enterStep(state, task, first)
      return
    }
  }
  const wasInDefault = exit !== null && task.step !== null && task.step.filterIndex < 0
  if (defaultStep !== null && !task.timedOut && !wasInDefault) enterStep(state, task, defaultStep)
  else leaveWorkflow(state, task, exit)
}

/** Nothing is left for the task: it is canceled. */
function leaveWorkflow(state: RouterState, task: Task, exit: Exit | null): void {
  const skipped = exit === 'skip'
  const reason = skipped ? reasons.workflowSkipped : reasons.workflowTimeout
  emitTask(state, skipped ? 'workflow.skipped' : 'workflow.timeout', task, reason)
  task.status = 'canceled'
  task.reason = reason
  task.view = null
  emitTask(state, 'task.canceled', task, reason)
  forgetTask(state, task)
}

function enterStep(state: RouterState, task: Task, step: Step): void {
  const previous = task.queue
  task.step = step
  if (step.priority !== null) task.priority = step.priority
  task.deadline = task.createdAt + task.baseAge + step.deadlineAge
  task.view = null
  const stays = previous === step.queue && !task.outOfQueue
  if (stays) {
    emitTask(state, 'workflow.target-matched', task)
  } else {
    changeQueue(state, task, step.queue)
    emitTask(state, 'workflow.target-matched', task)
    if (previous === null || previous === step.queue) emitTask(state, 'task-queue.entered', task)
    else emitTask(state, 'task-queue.moved', task, undefined, previous.sid)
  }
  if (state.now >= task.deadline) {
    // Started again at an age that this step no longer serves: falls through without being offered.
    passDeadline(state, task)
    nextStep(state, task, 'timeout')
  } else {
    joinLine(state, task, step)
  }
}

function changeQueue(state: RouterState, task: Task, queue: Queue): void {
  if (task.queue !== null) task.queue.liveTasks--
  queue.liveTasks++
  task.queue = queue
  task.queueEnteredAt = state.now
  task.outOfQueue = false
}

function skips(state: RouterState, task: Task): boolean {
  const { step, queue } = task
  if (step === null || queue === null || step.skipIf === null) return false
  return step.skipIf.holds({ workers: countWorkers(state, queue, step.skipIf) })
}

/** The counts that `skip_if` looks at, over the workers of the queue, whatever the step's expression says. */
function countWorkers(state: RouterState, { members }: Queue, { names }: SkipIf) {
  const counts: Record<string, number> = {}
  const available = countCommon(members, state.availableWorkers)
  for (const name of names) {
    if (name === 'available') counts[name] = available
    else if (name === 'unavailable') counts[name] = countCommon(members, members) - available
    else counts[name] = countInActivity(state, members, name)
  }
  return counts
}

function countInActivity(state: RouterState, members: Queue['members'], activitySid: string) {
  let count = 0
  for (const worker of state.workers.values()) {
    if (worker.activity.sid === activitySid && hasBit(members, worker.index)) count++
  }
  return count
}
