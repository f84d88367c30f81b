/** Ids in the order of their costs. */
export type Heap = {
  push(id: number, cost: number): void
  /** The cheapest; undefined when none is left. */
  pop(): number | undefined
  clear(): void
}

/** An empty binary heap. */
export function createHeap(): Heap {
  // Two lists of numbers: no object is made for what is pushed.
  const ids: number[] = []
  const costs: number[] = []
  const costAt = (i: number) => costs[i] ?? Number.POSITIVE_INFINITY
  function put(i: number, id: number, cost: number): void {
    ids[i] = id
    costs[i] = cost
  }
  return {
    push(id, cost) {
      let i = ids.length
      while (i > 0) {
        const parent = (i - 1) >> 1
        if (costAt(parent) <= cost) break
        put(i, ids[parent] ?? 0, costAt(parent))
        i = parent
      }
      put(i, id, cost)
    },
    pop() {
      const [first] = ids
      const id = ids.pop()
      const cost = costs.pop()
      if (id === undefined || cost === undefined || ids.length === 0) return first
      let i = 0
      for (;;) {
        const [left, right] = [2 * i + 1, 2 * i + 2]
        const least = costAt(right) < costAt(left) ? right : left
        if (costAt(least) >= cost) break
        put(i, ids[least] ?? 0, costAt(least))
        i = least
      }
      put(i, id, cost)
      return first
    },
    clear() {
      ids.length = 0
      costs.length = 0
    },
  }
}
