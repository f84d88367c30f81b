/** Says what comes up, and how long it took. */
export interface Progress {
  /** Runs one phase; it is printed when it is done, with its time where that is wanted. */
  phase<T>(name: string, work: Promise<T>): Promise<T>
  /** A line beside the phases. */
  note(text: string): void
  /** Milliseconds since the start. */
  elapsedMs(): number
}

/** Progress as lines. */
export function createProgress(print: (line: string) => void, timings: boolean): Progress {
  const begun = performance.now()
  return {
    async phase(name, work) {
      const from = performance.now()
      const result = await work
      const now = performance.now()
      const took = timings ? `  ${Math.round(now - from)} ms, at ${Math.round(now - begun)} ms` : ''
      print(`  ✓ ${name}${took}`)
      return result
    },
    note: (text) => print(`    ${text}`),
    elapsedMs: () => performance.now() - begun,
  }
}
