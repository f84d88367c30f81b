/** A place in a heap: ordered by `first`, then `second`, then `third`, all ascending. */
export type Entry<T> = {
  first: number
  second: number
  third: number
  /** Index within the heap that holds the entry; −1 while none does. */
  slot: number
  /** What has this place; set once, right after the entry was made. */
  item: T | null
}

/** A binary heap whose entries know their place, so that any of them can be moved or taken out. */
export type Heap<T> = Entry<T>[]

/** An entry that is in no heap and belongs to nobody yet. */
export function newEntry<T>(): Entry<T> {
  // Fractions, so that the engine keeps these fields as doubles from the start.
  return { first: 0.5, second: 0.5, third: 0.5, slot: -1, item: null }
}

/** The item of the first entry, or null when the heap is empty. */
export function firstItem<T>(heap: Heap<T>): T | null {
  const entry = heap[0]
  return entry === undefined ? null : entry.item
}

/** Puts the entry where its keys belong, whether it was in this heap or not. */
export function place<T>(heap: Heap<T>, entry: Entry<T>): void {
  if (entry.slot < 0) {
    entry.slot = heap.length
    heap.push(entry)
    rise(heap, entry)
  } else if (!rise(heap, entry)) {
    sink(heap, entry)
  }
}

/** Takes the entry out; nothing happens if it is in none. */
export function remove<T>(heap: Heap<T>, entry: Entry<T>): void {
  const { slot } = entry
  if (slot < 0) return
  entry.slot = -1
  const last = heap.pop()
  if (last === undefined || last === entry) return
  heap[slot] = last
  last.slot = slot
  if (!rise(heap, last)) sink(heap, last)
}

/** Does the left entry come first? */
export function isBefore<T>(left: Entry<T>, right: Entry<T>): boolean {
  if (left.first !== right.first) return left.first < right.first
  if (left.second !== right.second) return left.second < right.second
  return left.third < right.third
}

function rise<T>(heap: Heap<T>, entry: Entry<T>): boolean {
  const start = entry.slot
  let slot = start
  while (slot > 0) {
    const above = (slot - 1) >> 1
    const parent = heap[above] as Entry<T>
    if (!isBefore(entry, parent)) break
    heap[slot] = parent
    parent.slot = slot
    slot = above
  }
  if (slot === start) return false
  heap[slot] = entry
  entry.slot = slot
  return true
}

function sink<T>(heap: Heap<T>, entry: Entry<T>): void {
  const { length } = heap
  let { slot } = entry
  for (;;) {
    let below = 2 * slot + 1
    if (below >= length) break
    let child = heap[below] as Entry<T>
    const right = heap[below + 1]
    if (right !== undefined && isBefore(right, child)) {
      child = right
      below++
    }
    if (!isBefore(child, entry)) break
    heap[slot] = child
    child.slot = slot
    slot = below
  }
  heap[slot] = entry
  entry.slot = slot
}
