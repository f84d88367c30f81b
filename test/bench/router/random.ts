/** Numbers 0 ≤ x < 1 that are the same for the same seed (mulberry32). */
export function createRandom(seed: number): () => number {
  let state = seed | 0
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/** Whole seconds, exponentially distributed around `mean`, at most an hour. */
export function exponentialSeconds(random: () => number, mean: number): number {
  return Math.min(3600, Math.round(-Math.log(1 - random()) * mean))
}
