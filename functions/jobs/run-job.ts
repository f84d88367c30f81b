import { job as jobSchema } from '../../schemas/index.ts'
import { archive } from '../events/archive.ts'
import { handleEvent } from '../events/handle-event.ts'
import type { Services } from '../services.ts'
import { endWrapUp, freeWorker } from '../wrap-up/wrap-up.ts'

/**
 * Does one job of the queue. A job may come twice and at any time; one that throws comes again, and after five
 * tries lies in the queue `jobs-poison`.
 */
export async function runJob(message: unknown, services: Services): Promise<void> {
  const job = jobSchema.parse(message)
  switch (job.kind) {
    case 'event':
      return handleEvent(job.event, services)
    case 'archive':
      return archive(job.event, services)
    case 'end-wrap-up':
      await endWrapUp(job.taskSid, 'alarm', services)
      return
    case 'leave-wrap-up':
      return freeWorker(job.workerSid, services)
    case 'report-worker': {
      const { workerSid, workerName, reason } = job
      await services.store.create('misconfigured-worker', workerSid, {
        workerName,
        reason,
        since: services.now(),
      })
      return
    }
    default:
      throw new Error(`Unknown job ${JSON.stringify(job satisfies never)}`)
  }
}
