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
  move(heap, place, first, second, third)
}

/** Takes the place out; nothing happens if it is in none. */
export function remove<T>(heap: Heap<T>, place: Place<T>): void {
  const { slot } = place
  if (slot < 0) return
  place.slot = -1
  const last = heap.places.pop()
  if (last === undefined || last === place) return
  const { keys } = heap
  const from = 3 * heap.places.length
  last.slot = slot
  move(heap, last, keys[from] ?? 0, keys[from + 1] ?? 0, keys[from + 2] ?? 0)
}

/** Does the first of the left heap come before the first of the right one? */
export function isBefore<T>({ keys: left }: Heap<T>, { keys: right }: Heap<T>): boolean {
  return comesBefore(left[0] ?? 0, left[1] ?? 0, left[2] ?? 0, right, 0)
}

/** Lets the place rise or sink from its slot to where the keys belong. */
function move<T>(
  { places, keys }: Heap<T>,
  place: Place<T>,
  first: number,
  second: number,
  third: number,
): void {
  let { slot } = place
  while (slot > 0) {
    const above = (slot - 1) >> 1
    if (!comesBefore(first, second, third, keys, 3 * above)) break
    shift(places, keys, above, slot)
    slot = above
  }
  for (let below = 2 * slot + 1; below < places.length; below = 2 * slot + 1) {
    if (below + 1 < places.length && isLess(keys, below + 1, below)) below++
    if (comesBefore(first, second, third, keys, 3 * below)) break
    shift(places, keys, below, slot)
    slot = below
  }
  places[slot] = place
  place.slot = slot
  keys[3 * slot] = first
  keys[3 * slot + 1] = second
  keys[3 * slot + 2] = third
}

function comesBefore(
  first: number,
  second: number,
  third: number,
  keys: Float64Array,
  at: number,
): boolean {
  const otherFirst = keys[at] ?? 0
  if (first !== otherFirst) return first < otherFirst
  const otherSecond = keys[at + 1] ?? 0
  if (second !== otherSecond) return second < otherSecond
  return third < (keys[at + 2] ?? 0)
}

function isLess(keys: Float64Array, left: number, right: number): boolean {
  const at = 3 * left
  return comesBefore(keys[at] ?? 0, keys[at + 1] ?? 0, keys[at + 2] ?? 0, keys, 3 * right)
}

function shift<T>(places: Place<T>[], keys: Float64Array, from: number, to: number): void {
  const place = places[from] as Place<T>
  places[to] = place
  place.slot = to
  keys[3 * to] = keys[3 * from] ?? 0
  keys[3 * to + 1] = keys[3 * from + 1] ?? 0
  keys[3 * to + 2] = keys[3 * from + 2] ?? 0
}

function grow<T>(heap: Heap<T>): void {
  const larger = new Float64Array(2 * heap.keys.length)
  larger.set(heap.keys)
  heap.keys = larger
}
