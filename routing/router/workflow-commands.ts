import type { Command } from '../router-contract.ts'
import { limits } from './choices.ts'
import { restartTasks } from './flow.ts'
import { dropLine, leaveLine } from './lines.ts'
import { tasksInOrder } from './live-tasks.ts'
import { find } from './lookup.ts'
import { compilePlan, type Plan } from './plan.ts'
import { RouterRefusal } from './router-refusal.ts'
import type { RouterState, Task } from './state.ts'

type Of<K extends Command['kind']> = Extract<Command, { readonly kind: K }>

export function putWorkflow(state: RouterState, command: Of<'put-workflow'>): void {
  const { sid, friendlyName, configuration, reEvaluateTasks = false } = command
  const reservationTimeoutMs = reservationTimeout(command)
  const plan = compilePlan(++state.counters.plan, sid, configuration, state.queues)
  const known = state.workflows.get(sid)
  if (known === undefined) {
    const workflow = { sid, friendlyName, reservationTimeoutMs, plan, liveTasks: 0 }
    state.workflows.set(sid, workflow)
    return
  }
  const previous = known.plan
  known.friendlyName = friendlyName
  known.reservationTimeoutMs = reservationTimeoutMs
  known.plan = plan
  if (reEvaluateTasks) reEvaluate(state, known.sid, plan)
  // Nothing will enter the old version again.
  dropEmptyLines(state, previous)
}

export function deleteWorkflow(state: RouterState, { sid }: Of<'delete-workflow'>): void {
  const workflow = find(state.workflows, 'Workflows', sid)
  if (workflow.liveTasks > 0) {
    throw new RouterRefusal(
      'invalid',
      sid,
      `Cannot delete workflow ${sid} because ${workflow.liveTasks} task(s) are in it`,
    )
  }
  dropEmptyLines(state, workflow.plan)
  state.workflows.delete(sid)
}

/** The current version of each workflow, and earlier ones that tasks still follow. */
export function livePlans(state: RouterState): ReadonlySet<Plan> {
  const plans = new Set([...state.workflows.values()].map((workflow) => workflow.plan))
  for (const task of state.tasks.values()) plans.add(task.plan)
  return plans
}

/** Waiting tasks start again in the new version; reserved and assigned ones are left alone. */
function reEvaluate(state: RouterState, workflowSid: string, plan: Plan): void {
  const waiting = tasksInOrder(state).filter(
    (task) => task.workflow.sid === workflowSid && task.status === 'pending',
  )
  for (const task of waiting) {
    leaveLine(state, task)
    followPlan(task, plan)
  }
  restartTasks(state, waiting)
}

function followPlan(task: Task, plan: Plan): void {
  task.plan.liveTasks--
  plan.liveTasks++
  task.plan = plan
}

function dropEmptyLines(state: RouterState, plan: Plan): void {
  for (const line of state.lines) {
    const isOfPlan =
      line.step === plan.defaultStep || plan.filters.some(({ steps }) => steps.includes(line.step))
    if (isOfPlan && line.waiting.size === 0) dropLine(state, line)
  }
}

// Twilio's schema says that the default is 0 while its text says 120, so 0 means 120.
function reservationTimeout({ sid, taskReservationTimeoutSeconds }: Of<'put-workflow'>): number {
  const seconds = taskReservationTimeoutSeconds || limits.reservationTimeoutSeconds
  if (seconds > 0 && seconds <= limits.maxReservationTimeoutSeconds) return seconds * 1000
  throw new RouterRefusal(
    'invalid',
    sid,
    `Invalid TaskReservationTimeout: ${seconds} is not between 1 and ${limits.maxReservationTimeoutSeconds} seconds`,
  )
}
