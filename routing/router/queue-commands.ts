import { compileExpression, type Predicate } from '../expression/compile.ts'
import { parseExpression } from '../expression/parse.ts'
import type { Command } from '../router-contract.ts'
import { setBit } from './bits.ts'
import { limits } from './choices.ts'
import { dropLine, reorderLines, updateCandidate } from './lines.ts'
import { find } from './lookup.ts'
import { directStep } from './plan.ts'
import { RouterRefusal } from './router-refusal.ts'
import type { Queue, RouterState } from './state.ts'
import { livePlans } from './workflow-commands.ts'

type Of<K extends Command['kind']> = Extract<Command, { readonly kind: K }>

export function putTaskQueue(state: RouterState, command: Of<'put-task-queue'>): void {
  const { sid, friendlyName, targetWorkers, maxReservedWorkers, taskOrder } = command
  if (!(maxReservedWorkers >= 1 && maxReservedWorkers <= limits.maxReservedWorkers)) {
    throw new RouterRefusal(
      'invalid',
      sid,
      `Invalid MaxReservedWorkers: ${maxReservedWorkers} is not between 1 and ${limits.maxReservedWorkers}`,
    )
  }
  const matches = compileMembership(sid, targetWorkers)
  const known = state.queues.get(sid)
  const queue = known ?? newQueue(state, command)
  const wasOrder = queue.taskOrder
  queue.friendlyName = friendlyName
  queue.targetWorkers = targetWorkers
  queue.matches = matches
  queue.maxReservedWorkers = maxReservedWorkers
  queue.taskOrder = taskOrder
  for (const worker of state.workers.values()) {
    setBit(queue.members, worker.index, matches?.(worker.attributes) ?? false)
  }
  for (const line of state.lines) {
    if (line.queue !== queue) continue
    for (const worker of state.workers.values()) updateCandidate(line, worker)
  }
  if (taskOrder !== wasOrder) reorderLines(state, queue)
  state.freed = true
}

export function deleteTaskQueue(state: RouterState, { sid }: Of<'delete-task-queue'>): void {
  const queue = find(state.queues, 'TaskQueues', sid)
  for (const plan of livePlans(state)) {
    if (!plan.queues.has(queue)) continue
    throw new RouterRefusal(
      'invalid',
      sid,
      `Cannot delete task queue ${sid} because workflow ${plan.workflowSid} refers to it, or tasks of an earlier version of it do`,
    )
  }
  if (queue.liveTasks > 0) {
    throw new RouterRefusal(
      'invalid',
      sid,
      `Cannot delete task queue ${sid} because ${queue.liveTasks} task(s) are in it`,
    )
  }
  for (const line of state.lines) if (line.queue === queue) dropLine(state, line)
  state.queues.delete(sid)
}

function newQueue(state: RouterState, command: Of<'put-task-queue'>): Queue {
  const queue: Omit<Queue, 'directStep'> & { directStep: Queue['directStep'] | null } = {
    sid: command.sid,
    friendlyName: command.friendlyName,
    targetWorkers: command.targetWorkers,
    matches: null,
    maxReservedWorkers: command.maxReservedWorkers,
    taskOrder: command.taskOrder,
    members: new Uint32Array(state.words),
    directStep: null,
    liveTasks: 0,
  }
  const whole = queue as Queue
  queue.directStep = directStep(whole)
  state.queues.set(command.sid, whole)
  return whole
}

/** Null for an empty `TargetWorkers`, which matches nobody: tasks wait until they are moved or deleted. */
function compileMembership(sid: string, targetWorkers: string): Predicate | null {
  if (targetWorkers.trim() === '') return null
  try {
    return compileExpression(parseExpression(targetWorkers))
  } catch (cause) {
    const problem = cause instanceof Error ? cause.message : String(cause)
    throw new RouterRefusal('invalid', sid, `Invalid TargetWorkers of ${sid}: ${problem}`, cause)
  }
}
