/** A job that waits for its time. */
export type Due = {
  readonly atMs: number
  readonly job: () => void | Promise<void>
}

/** Jobs in the order in which they are due; of those due at the same time, the one that came first. */
export interface DueQueue {
  add(due: Due): void
  /** Takes it out; one that is not in it any more is left alone. */
  remove(due: Due): void
  /** Takes out the first that is due at that time. */
  take(nowMs: number): Due | undefined
}

type Entry = { readonly due: Due; readonly order: number }

/** An empty queue: a heap, in which what was removed is passed over, and cleared out when it is the greater part. */
export function createDueQueue(): DueQueue {
  let heap: Entry[] = []
  const waiting = new Set<Due>()
  let order = 0

  const before = (left: Entry, right: Entry) =>
    left.due.atMs < right.due.atMs || (left.due.atMs === right.due.atMs && left.order < right.order)

  function rise(entry: Entry): void {
    let index = heap.length
    heap.push(entry)
    while (index > 0) {
      const above = (index - 1) >> 1
      const parent = heap[above]
      if (!parent || !before(entry, parent)) break
      heap[index] = parent
      index = above
    }
    heap[index] = entry
  }

  function takeFirst(): void {
    const last = heap.pop()
    if (!last || heap.length === 0) return
    let index = 0
    for (;;) {
      const left = heap[2 * index + 1]
      const right = heap[2 * index + 2]
      if (!left) break
      const [child, at] =
        right && before(right, left) ? [right, 2 * index + 2] : [left, 2 * index + 1]
      if (!before(child, last)) break
      heap[index] = child
      index = at
    }
    heap[index] = last
  }

  return {
    add(due) {
      waiting.add(due)
      rise({ due, order: order++ })
    },
    remove(due) {
      if (!waiting.delete(due) || heap.length < 64 || waiting.size > heap.length / 2) return
      const left = heap.filter((entry) => waiting.has(entry.due))
      heap = left.sort((one, other) => (before(one, other) ? -1 : 1))
    },
    take(nowMs) {
      for (let first = heap[0]; first && first.due.atMs <= nowMs; first = heap[0]) {
        takeFirst()
        if (waiting.delete(first.due)) return first.due
      }
      return undefined
    },
  }
}
