import { createRandom, exponentialSeconds } from './random.ts'

/**
 * The least that a simulation of waiting can cost: one queue, `workers` servers, patience, typed arrays, no events and
 * no rules. Returns tasks per second.
 */
export function measureBareQueue(tasks: number, workers: number): number {
  const startedAt = performance.now()
  const random = createRandom(42)
  const freeAt = new Float64Array(workers)
  let now = 0
  let abandoned = 0
  for (let task = 0; task < tasks; task++) {
    now += exponentialSeconds(random, 3)
    const earliest = freeAt[0] ?? 0
    const begins = Math.max(earliest, now)
    if (begins - now > exponentialSeconds(random, 90)) abandoned++
    else replaceFirst(freeAt, begins + 19 + exponentialSeconds(random, 120))
  }
  const seconds = (performance.now() - startedAt) / 1000
  if (abandoned >= tasks) throw new Error('Everybody gave up')
  return tasks / seconds
}

// The array is a heap: the server who is free first stands at its head.
function replaceFirst(heap: Float64Array, value: number): void {
  let slot = 0
  for (;;) {
    let child = 2 * slot + 1
    if (child >= heap.length) break
    if (child + 1 < heap.length && (heap[child + 1] ?? 0) < (heap[child] ?? 0)) child++
    if ((heap[child] ?? 0) >= value) break
    heap[slot] = heap[child] ?? 0
    slot = child
  }
  heap[slot] = value
}
