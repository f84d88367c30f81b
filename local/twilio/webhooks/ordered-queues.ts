/** Runs jobs of one key one after another, jobs of different keys side by side. */
export interface OrderedQueues {
  /** Resolves when this job has run. A job never rejects. */
  add(key: string, job: () => Promise<void>): Promise<void>
}

/** Queues that forget their key as soon as they are empty. */
export function createOrderedQueues(): OrderedQueues {
  const last = new Map<string, Promise<void>>()
  return {
    add(key, job) {
      const before = last.get(key)
      const run = (before ? before.then(job) : job()).finally(() => {
        if (last.get(key) === run) last.delete(key)
      })
      last.set(key, run)
      return run
    },
  }
}
