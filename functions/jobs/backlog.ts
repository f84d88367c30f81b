import type { Job } from '../../schemas/index.ts'
import type { Log } from '../log.ts'
import { createGate } from '../store/gate.ts'

/** Jobs that the queue did not take, kept by this process until the queue or the job itself works. */
export interface Backlog {
  add(job: Job, atMs: number): void
  /** How many wait. */
  size(): number
}

/** What the backlog works with. */
export type BacklogOptions = {
  readonly send: (job: Job, delayMs: number) => Promise<void>
  readonly run: (job: Job) => Promise<void>
  readonly now: () => number
  readonly log: Log
}

// Some 40 MB: a burst of events in which the storage takes nothing for many seconds.
const largest = 20_000
// What the storage refused for being busy is not to come back upon it all at once.
const mostAtOnce = 8
const turnMs = 600_000
const mostTries = 120
const longestPauseMs = 30_000

/**
 * The last resort when the storage is down: nothing of a webhook is lost as long as the process lives. A job
 * that is due is run here and now, the others are offered to the queue again.
 */
export function createBacklog({ send, run, now, log }: BacklogOptions): Backlog {
  let size = 0
  const gate = createGate(mostAtOnce, turnMs)
  const attempt = async (job: Job, atMs: number, tries: number): Promise<void> => {
    try {
      await gate(() => (atMs <= now() ? run(job) : send(job, atMs - now())))
      size--
    } catch (error) {
      if (tries === mostTries) {
        size--
        log.error('job.lost', { kind: job.kind, error })
      } else later(job, atMs, tries + 1)
    }
  }
  const later = (job: Job, atMs: number, tries: number) =>
    setTimeout(
      () => void attempt(job, atMs, tries),
      Math.min(2 ** tries * 250, longestPauseMs),
    ).unref()
  return {
    add(job, atMs) {
      if (size >= largest) {
        log.error('job.lost', { kind: job.kind, error: 'the backlog is full' })
        return
      }
      size++
      later(job, atMs, 0)
    },
    size: () => size,
  }
}
