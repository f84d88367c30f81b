import type { Attributes } from '../router-contract.ts'
import { hasBit, intersects, setBit } from './bits.ts'
import { idsOf, isIn, newHeap, put, remove } from './heap.ts'
import { taskOf } from './live-tasks.ts'
import type { Step } from './plan.ts'
import type { Line, Queue, RouterState, Task, Worker } from './state.ts'

// A step whose tasks all differ (a customer's number in the expression) must not keep a line for each for ever.
const keptEmptyLines = 256

/** Chooses the line of a step where tasks like this one wait. It waits there from `queueUp` on. */
export function joinLine(state: RouterState, task: Task, step: Step): void {
  task.line = findLine(state, task, step)
}

/** The task waits in its line, if it does not yet. */
export function queueUp(state: RouterState, task: Task): void {
  const { line } = task
  if (line === null || isIn(state.waitingSlots, task.index)) return
  positionInLine(task, line)
  if (line.openIndex < 0) {
    line.openIndex = state.openLines.length
    state.openLines.push(line)
  }
}

/** Takes the task out of its line, if it is in one. */
export function leaveLine(state: RouterState, task: Task): void {
  const { line } = task
  if (line === null) return
  task.line = null
  if (!isIn(state.waitingSlots, task.index)) return
  remove(line.waiting, task.index)
  if (line.waiting.size > 0) return
  const last = state.openLines.pop()
  if (last !== undefined && last !== line) {
    state.openLines[line.openIndex] = last
    last.openIndex = line.openIndex
  }
  line.openIndex = -1
  const kept = line.step.lines[line.channel.index]
  if (kept !== undefined && kept.size > keptEmptyLines) dropLine(state, line)
}

/** Moves the task within its line after its priority or its start time changed. */
export function positionInLine(task: Task, { waiting, queue }: Line): void {
  const { index, priority, virtualStartTime, order } = task
  if (queue.taskOrder === 'FIFO') {
    put(waiting, index, -priority, virtualStartTime, order)
  } else {
    // Newest first; a LIFO queue ignores priorities.
    put(waiting, index, 0, -virtualStartTime, -order)
  }
}

/** Sorts a queue's lines again after its order of tasks changed. */
export function reorderLines(state: RouterState, queue: Queue): void {
  for (const line of state.openLines) {
    if (line.queue !== queue) continue
    const tasks = idsOf(line.waiting).map((index) => taskOf(state, index))
    // All out before the first goes in: a heap cannot hold two orders.
    for (const { index } of tasks) remove(line.waiting, index)
    for (const task of tasks) positionInLine(task, line)
  }
}

/** Forgets a line in which nobody waits. */
export function dropLine(state: RouterState, line: Line): void {
  line.step.lines[line.channel.index]?.delete(line.key)
  if (state.lines.delete(line) && line.step.expression?.volatile) state.volatileLines--
}

/** Brings a worker's place among a line's candidates up to date. */
export function updateCandidate(line: Line, worker: Worker): void {
  setBit(line.candidates, worker.index, accepts(line, worker))
}

/** Could somebody take a task of this line now? */
export function hasEligible(line: Line): boolean {
  return line.ignoreCapacity
    ? line.candidates.some((word) => word !== 0)
    : intersects(line.candidates, line.channel.eligible)
}

/** For an expression that looks at what the worker is doing, its answer at this moment; else true. */
export function matchesNow(line: Line, worker: Worker): boolean {
  const expression = line.step.expression
  if (expression === null || !expression.volatile || line.targetWorkerSid !== null) return true
  return expression.matches({ task: line.attributes, worker: worker.scope })
}

function findLine(state: RouterState, task: Task, step: Step): Line {
  const key = keyOf(task, step)
  let lines = step.lines[task.channel.index]
  if (lines === undefined) {
    lines = new Map()
    // Filled up to the index, so that the array has no holes.
    while (step.lines.length < task.channel.index) step.lines.push(new Map())
    step.lines[task.channel.index] = lines
  }
  const kept = lines.get(key)
  if (kept !== undefined) return kept
  const line = newLine(state, task, step, key)
  lines.set(key, line)
  return line
}

function newLine(state: RouterState, task: Task, step: Step, key: unknown): Line {
  const { channel, attributes, targetWorkerSid } = task
  const line: Line = {
    step,
    queue: step.queue,
    channel,
    key,
    attributes,
    knownWorker: knownWorkerOf(step, attributes),
    targetWorkerSid,
    ignoreCapacity: targetWorkerSid !== null && task.ignoreCapacity,
    candidates: new Uint32Array(state.words),
    waiting: newHeap(state.waitingSlots),
    openIndex: -1,
  }
  for (const worker of possibleWorkers(state, line)) updateCandidate(line, worker)
  state.lines.add(line)
  if (step.expression?.volatile) state.volatileLines++
  return line
}

// Of thousands of workers, only those whom the task names are looked at.
function possibleWorkers({ workers }: RouterState, line: Line): Iterable<Worker> {
  const named = line.targetWorkerSid === null ? line.step.expression?.named : undefined
  if (named === undefined) return workers.values()
  const sids = named(line.attributes)
  return Array.isArray(sids) ? sids.flatMap((sid: unknown) => workers.get(String(sid)) ?? []) : []
}

function knownWorkerOf(step: Step, attributes: Attributes): string | null | undefined {
  if (step.knownWorker === null) return undefined
  const value = step.knownWorker.value(attributes)
  return typeof value === 'string' ? value : null
}

function accepts(line: Line, worker: Worker): boolean {
  // A worker whom the task names gets it whatever queue and expression the step has.
  if (line.targetWorkerSid !== null) return worker.sid === line.targetWorkerSid
  if (!hasBit(line.queue.members, worker.index)) return false
  if (line.knownWorker !== undefined && !isKnown(line, worker)) return false
  const { expression } = line.step
  if (expression === null) return true
  const holds = expression.volatile ? expression.lasting : expression.matches
  return holds === undefined || holds({ task: line.attributes, worker: worker.scope })
}

function isKnown({ step, knownWorker }: Line, worker: Worker): boolean {
  if (typeof knownWorker !== 'string') return false
  return step.knownWorker?.by === 'sid'
    ? worker.sid === knownWorker
    : worker.friendlyName.toLowerCase() === knownWorker.toLowerCase()
}

/** What of the task decides who may take it; equal keys share a line. */
function keyOf(task: Task, step: Step): unknown {
  if (task.targetWorkerSid !== null) return `\0${task.targetWorkerSid} ${task.ignoreCapacity}`
  const values = step.expression === null ? [] : step.expression.taskValues
  if (values.length === 0 && step.knownWorker === null) return null
  const [only] = values
  if (only !== undefined && values.length === 1 && step.knownWorker === null) {
    const value = only(task.attributes)
    const plain = typeof value !== 'object' && !(typeof value === 'string' && value[0] === '\0')
    return plain ? value : `\0${JSON.stringify(value)}`
  }
  const seen = values.map((value) => value(task.attributes))
  return `\0${JSON.stringify([seen, knownWorkerOf(step, task.attributes)])}`
}
