/** Ids in the order of their costs. */
export type Heap = {
  push(id: number, cost: number): void
  /** The cheapest; undefined when none is left. */
  pop(): number | undefined
}

/** An empty binary heap. */
export function createHeap(): Heap {
  const items: { readonly id: number; readonly cost: number }[] = []
  const costAt = (i: number) => items[i]?.cost ?? Number.POSITIVE_INFINITY
  function swap(i: number, j: number): void {
    const [one, other] = [items[i], items[j]]
    if (one && other) [items[i], items[j]] = [other, one]
  }
  return {
    push(id, cost) {
      items.push({ id, cost })
      for (let i = items.length - 1; i > 0; ) {
        const parent = (i - 1) >> 1
        if (costAt(parent) <= cost) return
        swap(i, parent)
        i = parent
      }
    },
    pop() {
      const first = items[0]
      const last = items.pop()
      if (last === undefined || items.length === 0) return first?.id
      items[0] = last
      for (let i = 0; ; ) {
        const [left, right] = [2 * i + 1, 2 * i + 2]
        const least = costAt(right) < costAt(left) ? right : left
        if (costAt(least) >= costAt(i)) return first?.id
        swap(i, least)
        i = least
      }
    },
  }
}
