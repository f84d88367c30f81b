import type { Job } from '../../schemas/index.ts'
import type { Log } from '../log.ts'

/** Runs jobs at their very moment as long as this process lives. */
export interface Alarms {
  /** To be called once the queue has the job: that brings it again, also after the death of this process. */
  set(job: Job, atMs: number): void
}

/** What alarms work with. */
export type AlarmsOptions = {
  readonly run: (job: Job) => Promise<void>
  readonly now: () => number
  readonly log: Log
}

// The queue brings a failed job again after half a minute, and a tier may begin two seconds late.
const retriesMs = [250, 500, 1_000, 2_000, 4_000]
// The longest tier; what is further away may come by the queue alone.
const furthestMs = 3_600_000

/**
 * The queue counts in seconds, is looked at every two, and may be long: too coarse for the end of a tier. Jobs of hunts therefore
 * have a timer as well, and twice does them no harm.
 */
export function createAlarms({ run, now, log }: AlarmsOptions): Alarms {
  return {
    set(job, atMs) {
      const inMs = atMs - now()
      if (job.kind !== 'hunt' || inMs <= 0 || inMs > furthestMs) return
      const ring = (tries: number) =>
        run(job).catch((error: unknown) => {
          log.warn('alarm.failed', { id: job.id, error })
          const againMs = retriesMs[tries]
          if (againMs !== undefined) setTimeout(ring, againMs, tries + 1).unref()
        })
      setTimeout(ring, inMs, 0).unref()
    },
  }
}
