/** A thing's place in a heap, by which it can be moved or taken out at any time. */
export type Place<T> = {
  /** Index within the heap that holds it; −1 while none does. */
  slot: number
  /** What has this place; set once, right after the place was made. */
  item: T | null
}

/** A binary heap, ordered by three numbers, all ascending. Keys lie apart from the places: comparing them is cheap. */
export type Heap<T> = {
  readonly places: Place<T>[]
  /** Three numbers a slot. */
  keys: Float64Array
}

export function newHeap<T>(): Heap<T> {
  return { places: [], keys: new Float64Array(3 * 8) }
}

/** A place that is in no heap and belongs to nobody yet. */
export function newPlace<T>(): Place<T> {
  return { slot: -1, item: null }
}

/** What comes first, or null when the heap is empty. */
export function firstItem<T>({ places }: Heap<T>): T | null {
  const place = places[0]
  return place === undefined ? null : place.item
}

/** The first two keys of a place that is in the heap. */
export function keysOf<T>({ keys }: Heap<T>, { slot }: Place<T>): readonly [number, number] {
  return [keys[3 * slot] ?? 0, keys[3 * slot + 1] ?? 0]
}

/** The first key of what comes first; Infinity when the heap is empty. */
export function firstKey<T>({ places, keys }: Heap<T>): number {
  return places.length === 0 ? Number.POSITIVE_INFINITY : (keys[0] ?? 0)
}

/** Puts the place where its keys belong, whether it was in this heap or not. */
export function put<T>(
  heap: Heap<T>,
  place: Place<T>,
  first: number,
  second: number,
  third: number,
): void {
  if (place.slot < 0) {
    place.slot = heap.places.length
    heap.places.push(place)
    if (heap.keys.length < 3 * heap.places.length) grow(heap)
  }
  const { keys } = heap
  const at = 3 * place.slot
  keys[at] = first
  keys[at + 1] = second
  keys[at + 2] = third
  settle(heap, place.slot)
}

/** Takes the place out; nothing happens if it is in none. */
export function remove<T>(heap: Heap<T>, place: Place<T>): void {
  const { slot } = place
  if (slot < 0) return
  const last = heap.places.length - 1
  if (slot !== last) swap(heap, slot, last)
  heap.places.pop()
  place.slot = -1
  if (slot !== last) settle(heap, slot)
}

/** Does the first of the left heap come before the first of the right one? */
export function isBefore<T>({ keys: left }: Heap<T>, { keys: right }: Heap<T>): boolean {
  return isLess(left, 0, right, 0)
}

// Everything below takes slots and reads keys from the array: a fraction that is handed to a function costs an allocation.

function settle<T>(heap: Heap<T>, start: number): void {
  const { keys, places } = heap
  let slot = start
  while (slot > 0) {
    const above = (slot - 1) >> 1
    if (!isLess(keys, slot, keys, above)) break
    swap(heap, slot, above)
    slot = above
  }
  if (slot !== start) return
  for (let below = 2 * slot + 1; below < places.length; below = 2 * slot + 1) {
    if (below + 1 < places.length && isLess(keys, below + 1, keys, below)) below++
    if (!isLess(keys, below, keys, slot)) break
    swap(heap, slot, below)
    slot = below
  }
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

function swap<T>({ places, keys }: Heap<T>, left: number, right: number): void {
  const leftPlace = places[left] as Place<T>
  const rightPlace = places[right] as Place<T>
  places[left] = rightPlace
  places[right] = leftPlace
  rightPlace.slot = left
  leftPlace.slot = right
  for (let key = 0; key < 3; key++) {
    const kept = keys[3 * left + key] ?? 0
    keys[3 * left + key] = keys[3 * right + key] ?? 0
    keys[3 * right + key] = kept
  }
}

function grow<T>(heap: Heap<T>): void {
  const larger = new Float64Array(2 * heap.keys.length)
  larger.set(heap.keys)
  heap.keys = larger
}
