import type { Job } from '../../schemas/index.ts'
import type { Log } from '../log.ts'

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

const largest = 1000
const mostTries = 120
const longestPauseMs = 30_000

/**
 * The last resort when the storage is down: nothing of a webhook is lost as long as the process lives. A job
 * that is due is run here and now, the others are offered to the queue again.
 */
export function createBacklog({ send, run, now, log }: BacklogOptions): Backlog {
  let size = 0
  const attempt = async (job: Job, atMs: number, tries: number): Promise<void> => {
    try {
      if (atMs <= now()) await run(job)
      else await send(job, atMs - now())
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
