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

// The distribution around 1, cut into equal parts: a logarithm for each call would cost more than what is measured.
const parts = 4096
const exponential = Float64Array.from({ length: parts }, (_, i) => -Math.log(1 - (i + 0.5) / parts))

/** Whole seconds, exponentially distributed around `mean`. */
export function exponentialSeconds(random: () => number, mean: number): number {
  return Math.round((exponential[Math.floor(random() * parts)] ?? 0) * mean)
}
