import type { RouterState, Task } from './state.ts'
import { disarmTimer } from './timers.ts'

// A map keeps the room of what was deleted until it makes a new table, and the old table keeps the new one and all that
// was ever in it alive until the next full garbage collection, which halves the speed. A new map has no such chain.
const forgottenPerMap = 1024

/** An index for a new task. */
export function newTaskIndex({ taskAt, freeTaskIndexes }: RouterState): number {
  return freeTaskIndexes.pop() ?? taskAt.length
}

/** Lets a task into the router. */
export function admitTask(state: RouterState, task: Task): void {
  state.tasks.set(task.sid, task)
  state.taskAt[task.index] = task
  if (task.queue !== null) task.queue.liveTasks++
  task.workflow.liveTasks++
  task.plan.liveTasks++
  task.channel.liveTasks++
}

/** Takes an ended task, which stands in no line any more, out of the router, with its reservations. */
export function forgetTask(state: RouterState, task: Task): void {
  disarmTimer(state, task)
  for (const reservation of task.reservations) state.reservations.delete(reservation.sid)
  state.tasks.delete(task.sid)
  state.taskAt[task.index] = null
  state.freeTaskIndexes.push(task.index)
  if (task.queue !== null) task.queue.liveTasks--
  task.workflow.liveTasks--
  task.plan.liveTasks--
  task.channel.liveTasks--
  if (++state.forgotten >= forgottenPerMap && state.forgotten >= state.tasks.size) renewMaps(state)
}

/** The task of an index that is in use. */
export function taskOf({ taskAt }: RouterState, index: number): Task {
  const task = taskAt[index]
  if (!task) throw new Error(`No task has index ${index}`)
  return task
}

/** The live tasks in the order of their creation. */
export function tasksInOrder({ tasks }: RouterState): readonly Task[] {
  return [...tasks.values()]
}

function renewMaps(state: RouterState): void {
  state.tasks = new Map(state.tasks)
  state.reservations = new Map(state.reservations)
  state.forgotten = 0
}
