/** Runs a job now, or when it is its turn. */
export type Turns = <T>(job: () => Promise<T>) => Promise<T>

/** Lets at most `most` jobs be under way at once; the others wait in the order in which they came. */
export function createTurns(most: number): Turns {
  const waiting: (() => void)[] = []
  let underWay = 0
  return async (job) => {
    // Who has waited takes over the place of the one that ended.
    if (underWay < most) underWay++
    else await new Promise<void>((resolve) => waiting.push(resolve))
    try {
      return await job()
    } finally {
      const next = waiting.shift()
      if (next) next()
      else underWay--
    }
  }
}
