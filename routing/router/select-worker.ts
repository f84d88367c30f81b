import { matchesNow } from './lines.ts'
import type { OrderKey } from './plan.ts'
import type { Line, RouterState, Worker } from './state.ts'

/** The eligible workers who come first for a task of this line, at most `count` of them. */
export function selectWorkers(state: RouterState, line: Line, count: number): readonly Worker[] {
  if (count === 1) {
    const first = selectFirst(state, line)
    return first === null ? [] : [first]
  }
  const eligible: Worker[] = []
  forEachEligible(state, line, (worker) => eligible.push(worker))
  return eligible.sort((left, right) => compareWorkers(line, left, right)).slice(0, count)
}

/** The eligible worker who comes first for a task of this line. */
export function selectFirst(state: RouterState, line: Line): Worker | null {
  let best: Worker | null = null
  forEachEligible(state, line, (worker) => {
    if (best === null || compareWorkers(line, worker, best) < 0) best = worker
  })
  return best
}

function forEachEligible(state: RouterState, line: Line, visit: (worker: Worker) => void): void {
  const { candidates, channel, ignoreCapacity } = line
  const { eligible } = channel
  for (let word = 0; word < candidates.length; word++) {
    const mask = ignoreCapacity ? -1 : (eligible[word] ?? 0)
    for (let rest = (candidates[word] ?? 0) & mask; rest !== 0; rest &= rest - 1) {
      const worker = state.workerAt[(word << 5) + 31 - Math.clz32(rest & -rest)]
      if (worker !== undefined && matchesNow(line, worker)) visit(worker)
    }
  }
}

/** Negative if `left` comes first: the step's order, then the longest without an assignment, then the oldest. */
function compareWorkers(line: Line, left: Worker, right: Worker): number {
  const { orderBy } = line.step
  for (let i = 0; i < orderBy.length; i++) {
    const byKey = compareByKey(orderBy[i] as OrderKey, left, right)
    if (byKey !== 0) return byKey
  }
  const { channel } = line
  const since = channel.channelOptimizedRouting
    ? (left.channels[channel.index]?.lastAssignment ?? 0) -
      (right.channels[channel.index]?.lastAssignment ?? 0)
    : left.lastAssignment - right.lastAssignment
  return since !== 0 ? since : left.order - right.order
}

// Whoever lacks the number comes after all who have it, in both directions.
function compareByKey(key: OrderKey, left: Worker, right: Worker): number {
  const a = key.value(left.scope)
  const b = key.value(right.scope)
  if (typeof a !== 'number' || typeof b !== 'number') {
    return Number(typeof a !== 'number') - Number(typeof b !== 'number')
  }
  return key.descending ? b - a : a - b
}
