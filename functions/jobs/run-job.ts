import { type Job, job as jobSchema } from '../../schemas/index.ts'
import { archive } from '../events/archive.ts'
import { handleEvent, handleEvents } from '../events/handle-event.ts'
import { runHuntJob } from '../hunts/hunt-job.ts'
import { runIncidentJob } from '../incidents/incident-job.ts'
import type { Services } from '../services.ts'
import { isTwilioAway } from '../twilio/rest.ts'
import { sweepWrapUps } from '../wrap-up/sweep.ts'
import { endWrapUp, freeWorker } from '../wrap-up/wrap-up.ts'
import { unpackEvents } from './packed-events.ts'

const outageRetryMs = 60_000

/**
 * Does one job of the queue. A job may come twice and at any time; one that throws comes again, and after five
 * tries lies in the queue `jobs-poison`.
 */
export async function runJob(message: unknown, services: Services): Promise<void> {
  const job = jobSchema.parse(message)
  switch (job.kind) {
    case 'event':
      return handleEvent(job.event, services)
    case 'events':
      return handleEvents(await unpackEvents(job.packed), services)
    case 'archive':
      return archive(job.event, services)
    case 'end-wrap-up':
      return outlast(() => endWrapUp(job.taskSid, 'alarm', services), job, services)
    case 'leave-wrap-up':
      return outlast(() => freeWorker(job.workerSid, services), job, services)
    case 'sweep-wrap-ups':
      return outlast(() => sweepWrapUps(services), job, services)
    case 'report-worker': {
      const { workerSid, workerName, reason } = job
      await services.store.create('misconfigured-worker', workerSid, {
        workerName,
        reason,
        since: services.now(),
      })
      return
    }
    case 'hunt':
    case 'hunt-leg':
    case 'caller-gone':
    case 'sweep-hunts':
    case 'forget-hunts':
      return runHuntJob(job, services)
    case 'incident':
    case 'incident-execution':
    case 'incident-watch':
    case 'incident-notes':
    case 'sweep-incidents':
    case 'forget-incident':
      return runIncidentJob(job, services)
    default:
      throw new Error(`Unknown job ${JSON.stringify(job satisfies never)}`)
  }
}

/** A worker must not stay in wrap-up because Twilio was away for longer than a job's five tries: it comes again until it is back. */
async function outlast(
  work: () => Promise<unknown>,
  job: Job,
  { now, schedule, log }: Services,
): Promise<void> {
  try {
    await work()
  } catch (error) {
    if (!isTwilioAway(error)) throw error
    log.warn('twilio.away', { kind: job.kind, error })
    await schedule(now() + outageRetryMs, job)
  }
}
