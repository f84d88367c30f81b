import { createDueQueue } from './due-queue.ts'

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
  const queue = createDueQueue()
  let nowMs = startMs
  let underWay = 0
  let whenIdle: (() => void)[] = []
  const ended = () => {
    if (--underWay > 0) return
    const waiting = whenIdle
    whenIdle = []
    for (const goOn of waiting) goOn()
  }

  async function settle(): Promise<void> {
    // Work that ends may start more work a few turns later (a reply that is read, then acted upon),
    // so quiet means: nothing under way for several turns of the event loop in a row.
    for (let quietTurns = 0; quietTurns < 5; quietTurns++) {
      while (underWay > 0) {
        quietTurns = 0
        await new Promise<void>((resolve) => whenIdle.push(resolve))
      }
      await new Promise((resolve) => setImmediate(resolve))
    }
  }

  const clock: TestClock = {
    now: () => nowMs,
    schedule(atMs, job) {
      const due = { atMs, job }
      queue.add(due)
      return { cancel: () => queue.remove(due) }
    },
    track(work) {
      underWay++
      work.then(ended, ended)
      return work
    },
    settle,
    async advance(ms) {
      const untilMs = nowMs + ms
      for (;;) {
        await settle()
        const due = queue.take(untilMs)
        if (!due) break
        nowMs = Math.max(nowMs, due.atMs)
        const result = due.job()
        if (result) await clock.track(result)
      }
      nowMs = untilMs
      await settle()
    },
  }
  return clock
}
