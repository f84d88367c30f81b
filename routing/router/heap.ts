/**
 * A binary heap of small whole numbers (indexes of tasks), ordered by three keys each, all ascending. Everything lies in
 * typed arrays: moving an entry neither allocates nor tells the garbage collector.
 */
export type Heap = {
  size: number
  ids: Int32Array
  /** Three numbers an entry. */
  keys: Float64Array
  readonly slots: Slots
}

/** Where each id is: its slot, or −1. Heaps may share one, provided that an id is in one of them at a time. */
export type Slots = { of: Int32Array }

export function newSlots(): Slots {
  return { of: new Int32Array(64).fill(-1) }
}

export function newHeap(slots: Slots): Heap {
  return { size: 0, ids: new Int32Array(8), keys: new Float64Array(3 * 8), slots }
}

/** Is the id in the heap, or in one that shares its slots? */
export function isIn({ of }: Slots, id: number): boolean {
  return (of[id] ?? -1) >= 0
}

/** The first id; −1 when the heap is empty. */
export function firstId({ size, ids }: Heap): number {
  return size === 0 ? -1 : (ids[0] ?? -1)
}

/** The first key of the first entry; Infinity when the heap is empty. */
export function firstKey({ size, keys }: Heap): number {
  return size === 0 ? Number.POSITIVE_INFINITY : (keys[0] ?? 0)
}

/** One of the three keys, 0 to 2, of an id that is in the heap. */
export function keyOf({ keys, slots }: Heap, id: number, key: number): number {
  return keys[3 * (slots.of[id] ?? 0) + key] ?? 0
}

/** All ids, in no particular order. */
export function idsOf({ ids, size }: Heap): readonly number[] {
  return [...ids.subarray(0, size)]
}

/** Puts an id where its keys belong, whether it was in this heap or not. */
export function put(heap: Heap, id: number, first: number, second: number, third: number): void {
  const { slots } = heap
  if (id >= slots.of.length) growSlots(slots, id)
  let slot = slots.of[id] ?? -1
  if (slot < 0) {
    slot = heap.size++
    if (slot >= heap.ids.length) grow(heap)
    heap.ids[slot] = id
    slots.of[id] = slot
  }
  const { keys } = heap
  keys[3 * slot] = first
  keys[3 * slot + 1] = second
  keys[3 * slot + 2] = third
  settle(heap, slot)
}

/** Takes an id out; nothing happens if it is in none. */
export function remove(heap: Heap, id: number): void {
  const slot = heap.slots.of[id] ?? -1
  if (slot < 0) return
  const { ids, keys, slots } = heap
  heap.size--
  if (slot !== heap.size) {
    shift(ids, keys, slots.of, heap.size, slot)
    settle(heap, slot)
  }
  slots.of[id] = -1
}

/** Does the first entry of the left heap come before the first of the right one? */
export function isBefore({ keys: left }: Heap, { keys: right }: Heap): boolean {
  return isLess(left, 0, right, 0)
}

// What follows takes slots and reads keys from the array: a fraction that is handed to a function may cost an allocation.

/** Lets the entry of a slot rise or sink to where it belongs: the others move over, it is written once. */
function settle({ ids, keys, slots, size }: Heap, start: number): void {
  const id = ids[start] ?? 0
  const first = keys[3 * start] ?? 0
  const second = keys[3 * start + 1] ?? 0
  const third = keys[3 * start + 2] ?? 0
  let slot = start
  while (slot > 0) {
    const above = (slot - 1) >> 1
    const key = keys[3 * above] ?? 0
    if (key < first) break
    if (key === first) {
      const next = keys[3 * above + 1] ?? 0
      if (next < second || (next === second && (keys[3 * above + 2] ?? 0) < third)) break
    }
    shift(ids, keys, slots.of, above, slot)
    slot = above
  }
  for (let below = 2 * slot + 1; below < size; below = 2 * slot + 1) {
    if (below + 1 < size && isLess(keys, below + 1, keys, below)) below++
    const key = keys[3 * below] ?? 0
    if (key > first) break
    if (key === first) {
      const next = keys[3 * below + 1] ?? 0
      if (next > second || (next === second && (keys[3 * below + 2] ?? 0) > third)) break
    }
    shift(ids, keys, slots.of, below, slot)
    slot = below
  }
  ids[slot] = id
  slots.of[id] = slot
  keys[3 * slot] = first
  keys[3 * slot + 1] = second
  keys[3 * slot + 2] = third
}

function shift(ids: Int32Array, keys: Float64Array, slots: Int32Array, from: number, to: number) {
  const id = ids[from] ?? 0
  ids[to] = id
  slots[id] = to
  keys[3 * to] = keys[3 * from] ?? 0
  keys[3 * to + 1] = keys[3 * from + 1] ?? 0
  keys[3 * to + 2] = keys[3 * from + 2] ?? 0
}

function isLess(
  leftKeys: Float64Array,
  leftSlot: number,
  rightKeys: Float64Array,
  rightSlot: number,
): boolean {
  const left = 3 * leftSlot
  const right = 3 * rightSlot
  const first = (leftKeys[left] ?? 0) - (rightKeys[right] ?? 0)
  if (first !== 0) return first < 0
  const second = (leftKeys[left + 1] ?? 0) - (rightKeys[right + 1] ?? 0)
  if (second !== 0) return second < 0
  return (leftKeys[left + 2] ?? 0) < (rightKeys[right + 2] ?? 0)
}

function grow(heap: Heap): void {
  const ids = new Int32Array(2 * heap.ids.length)
  const keys = new Float64Array(2 * heap.keys.length)
  ids.set(heap.ids)
  keys.set(heap.keys)
  heap.ids = ids
  heap.keys = keys
}

function growSlots(slots: Slots, id: number): void {
  const larger = new Int32Array(Math.max(2 * slots.of.length, id + 1)).fill(-1)
  larger.set(slots.of)
  slots.of = larger
}
