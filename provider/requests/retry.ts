/** How long and why something is tried again. */
export type Patience = {
  /** The wait before each further try, ms. */
  readonly waitsMs: readonly number[]
  /** Whether this failure may pass by itself. */
  readonly passes: (error: unknown) => boolean
  /** Ends the waiting; the last failure is then final. */
  readonly signal: AbortSignal | undefined
}

/** Does `work` until it succeeds, fails for good, or patience ends; then its last failure is thrown. */
export async function retry<T>(work: () => Promise<T>, patience: Patience): Promise<T> {
  for (const waitMs of patience.waitsMs) {
    try {
      return await work()
    } catch (error) {
      if (patience.signal?.aborted || !patience.passes(error)) throw error
      await wait(waitMs, patience.signal)
    }
  }
  return work()
}

/** Waits, at most until the signal. */
export function wait(ms: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve) => {
    if (signal?.aborted) return resolve()
    const end = () => {
      clearTimeout(timer)
      signal?.removeEventListener('abort', end)
      resolve()
    }
    const timer = setTimeout(end, ms)
    signal?.addEventListener('abort', end)
  })
}
