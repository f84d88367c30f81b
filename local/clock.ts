/** A timer that a clock holds. */
export interface Timer {
  /** Forgets the job; a job that already ran is left alone. */
  cancel(): void
}

/** The one source of time of everything local. Wall time in `npm start`, a clock that tests move in tests. */
export interface Clock {
  /** Milliseconds since the Unix epoch. */
  now(): number
  /** Runs `job` once when `now()` has reached `atMs`; in the past means as soon as possible. */
  schedule(atMs: number, job: () => void | Promise<void>): Timer
  /** Says that work is under way (a webhook, a delivery), so that a test clock waits for it before it moves on. */
  track<T>(work: Promise<T>): Promise<T>
}

/** A clock that moves only when a test says so. */
export interface TestClock extends Clock {
  /** Goes from timer to timer up to `now() + ms`, and waits before each step until no tracked work is under way. */
  advance(ms: number): Promise<void>
  /** Waits until no tracked work is under way, without moving the time. */
  settle(): Promise<void>
}

// setTimeout takes at most 2³¹−1 ms; a longer wait is cut in pieces.
const LONGEST_TIMEOUT_MS = 2 ** 31 - 1

/** The clock on the wall. Its timers do not keep the process alive. */
export function createWallClock(): Clock {
  return {
    now: () => Date.now(),
    schedule(atMs, job) {
      let handle: NodeJS.Timeout
      const arm = () => {
        const waitMs = Math.max(0, atMs - Date.now())
        handle = setTimeout(
          () => (waitMs > LONGEST_TIMEOUT_MS ? arm() : void job()),
          Math.min(waitMs, LONGEST_TIMEOUT_MS),
        )
        handle.unref()
      }
      arm()
      return { cancel: () => clearTimeout(handle) }
    },
    track: (work) => work,
  }
}

/** A test clock that starts at `startMs` (default 2026-01-05T09:00:00Z, a Monday). */
export function createTestClock(startMs = Date.UTC(2026, 0, 5, 9)): TestClock {
  type Entry = { atMs: number; order: number; job: () => void | Promise<void>; dead: boolean }
  let nowMs = startMs
  let order = 0
  let entries: Entry[] = []
  const underWay = new Set<Promise<unknown>>()

  async function settle(): Promise<void> {
    // Work that ends may start more work a few turns later (a reply that is read, then acted upon),
    // so quiet means: nothing under way for several turns of the event loop in a row.
    for (let quietTurns = 0; quietTurns < 5; quietTurns++) {
      while (underWay.size > 0) {
        quietTurns = 0
        await Promise.race(underWay)
      }
      await new Promise((resolve) => setImmediate(resolve))
    }
  }

  function nextDue(untilMs: number): Entry | undefined {
    let first: Entry | undefined
    for (const entry of entries) {
      if (entry.dead || entry.atMs > untilMs) continue
      if (
        !first ||
        entry.atMs < first.atMs ||
        (entry.atMs === first.atMs && entry.order < first.order)
      ) {
        first = entry
      }
    }
    return first
  }

  const clock: TestClock = {
    now: () => nowMs,
    schedule(atMs, job) {
      const entry: Entry = { atMs, order: order++, job, dead: false }
      entries.push(entry)
      return {
        cancel() {
          entry.dead = true
        },
      }
    },
    track(work) {
      const settled = work.then(
        () => {},
        () => {},
      )
      underWay.add(settled)
      void settled.then(() => underWay.delete(settled))
      return work
    },
    settle,
    async advance(ms) {
      const untilMs = nowMs + ms
      for (;;) {
        await settle()
        const entry = nextDue(untilMs)
        if (!entry) break
        nowMs = Math.max(nowMs, entry.atMs)
        entry.dead = true
        entries = entries.filter((other) => !other.dead)
        const result = entry.job()
        if (result) await clock.track(result)
      }
      nowMs = untilMs
      await settle()
    },
  }
  return clock
}
