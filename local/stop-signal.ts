// npm passes a Ctrl-C on that the terminal has sent to us already: the same key press arrives twice.
const SAME_KEY_MS = 1_000

/** Calls `stop` at the first Ctrl-C (or the end of the terminal), and `insist` at a later one. */
export function onStopSignal(stop: () => void, insist: () => void): void {
  let firstAt: number | undefined
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      const now = performance.now()
      if (firstAt === undefined) {
        firstAt = now
        stop()
      } else if (now - firstAt > SAME_KEY_MS) {
        insist()
      }
    })
  }
}
