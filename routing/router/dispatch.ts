import { firstId, isBefore } from './heap.ts'
import { hasEligible } from './lines.ts'
import { taskOf } from './live-tasks.ts'
import { reserve } from './reserve.ts'
import type { Line, RouterState } from './state.ts'

/**
 * Gives waiting tasks to eligible workers, the first task first, until no waiting task has an eligible worker.
 * Everything that makes a worker eligible or a task wait ends with this.
 */
export function dispatch(state: RouterState): void {
  if (!state.freed) return
  state.freed = false
  // A volatile expression may turn down every candidate: then the line is passed over for this time.
  let passed: Set<Line> | null = null
  for (;;) {
    const line = firstLine(state, passed)
    if (line === null) return
    if (reserve(state, taskOf(state, firstId(line.waiting)), line)) continue
    passed ??= new Set()
    passed.add(line)
  }
}

/** The line whose first task comes before all others that somebody could take. */
function firstLine(state: RouterState, passed: ReadonlySet<Line> | null): Line | null {
  let first: Line | null = null
  for (const line of state.openLines) {
    // Most lines have nobody now; asking that is cheaper than comparing tasks.
    if (!hasEligible(line) || passed?.has(line)) continue
    if (first === null || comesBefore(state, line, first)) first = line
  }
  return first
}

function comesBefore(state: RouterState, left: Line, right: Line): boolean {
  const leftOrder = left.queue.taskOrder
  const rightOrder = right.queue.taskOrder
  if (leftOrder !== rightOrder) return leftOrder === state.prioritizeQueueOrder
  return isBefore(left.waiting, right.waiting)
}
