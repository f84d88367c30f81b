/** Runs jobs, at most so many at a time, first come first served. */
export type Limit = <T>(job: () => Promise<T>) => Promise<T>

/** A limit of `most` jobs at a time. */
export function createLimit(most: number): Limit {
  let running = 0
  // A list with a moving start: taking from the front of an array costs its length.
  const waiting: (() => void)[] = []
  let first = 0
  return async (job) => {
    if (running >= most) await new Promise<void>((resolve) => waiting.push(resolve))
    else running++
    try {
      return await job()
    } finally {
      const next = waiting[first]
      if (next) {
        first++
        if (first > 1024) waiting.splice(0, first)
        if (first > 1024) first = 0
        next()
      } else running--
    }
  }
}
