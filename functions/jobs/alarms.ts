import type { Job } from '../../schemas/index.ts'
import type { Log } from '../log.ts'

type HuntJob = Extract<Job, { readonly kind: 'hunt' }>

/** Runs jobs at their very moment as long as this process lives. */
export interface Alarms {
  /** Nothing for jobs of which the queue's time will do. */
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
 * have a timer, and the queue brings them only for the case that this process dies. Twice does them no harm.
 */
export function createAlarms({ run, now, log }: AlarmsOptions): Alarms {
  // One a hunt, the earliest: when it rings, the hunt asks for the next. While the storage refuses, each try would set one more.
  const timers = new Map<string, { readonly at: number; readonly timer: NodeJS.Timeout }>()

  function ringAt(job: HuntJob, at: number, inMs: number, tries: number): void {
    const before = timers.get(job.id)
    if (before && before.at <= at) return
    clearTimeout(before?.timer)
    // A timer may be a fraction early, and the hunt would find that its time has not come.
    const timer = setTimeout(() => void ring(job, tries), inMs + 1).unref()
    timers.set(job.id, { at, timer })
  }

  async function ring(job: HuntJob, tries: number): Promise<void> {
    timers.delete(job.id)
    try {
      await run(job)
    } catch (error) {
      log.warn('alarm.failed', { id: job.id, error })
      const againMs = retriesMs[tries]
      if (againMs !== undefined) ringAt(job, now() + againMs, againMs, tries + 1)
    }
  }

  return {
    set(job, atMs) {
      const inMs = atMs - now()
      if (job.kind === 'hunt' && inMs > 0 && inMs <= furthestMs) ringAt(job, atMs, inMs, 0)
    },
  }
}
