import type { Job } from '../../schemas/index.ts'
import { readIncident } from '../service-now/incident-fields.ts'
import { writeNotes } from '../service-now/write-notes.ts'
import type { Services } from '../services.ts'
import { isTwilioAway } from '../twilio/rest.ts'
import { forget } from './forget.ts'
import { hearOfEnd } from './hear-of-end.ts'
import { sweepIncidents } from './sweep.ts'
import { advanceIncident } from './world.ts'

type IncidentJob = Extract<
  Job,
  {
    readonly kind:
      | 'incident'
      | 'incident-execution'
      | 'incident-watch'
      | 'incident-notes'
      | 'sweep-incidents'
      | 'forget-incident'
  }
>

const outageRetryMs = 15_000

/** Does a job about incidents; twice does no harm. */
export async function runIncidentJob(job: IncidentJob, services: Services): Promise<void> {
  switch (job.kind) {
    case 'incident':
      await advanceIncident(job.id, [], services)
      return
    case 'incident-execution':
      return hear(job, services)
    case 'incident-watch':
      return watch(job.id, services)
    case 'incident-notes':
      return writeNotes(job.id, services)
    case 'sweep-incidents':
      return sweepIncidents(services)
    case 'forget-incident':
      return forget(job.id, services)
    default:
      throw new Error(`Unknown job ${JSON.stringify(job satisfies never)}`)
  }
}

async function hear(
  job: Extract<IncidentJob, { readonly kind: 'incident-execution' }>,
  services: Services,
): Promise<void> {
  try {
    await hearOfEnd(job.executionSid, services)
  } catch (error) {
    if (!isTwilioAway(error)) throw error
    services.log.warn('twilio.away', { kind: job.kind, error })
    await services.schedule(services.now() + outageRetryMs, job)
  }
}

/** Resolved, or taken by somebody: then nobody is to be called any more. ServiceNow's silence changes nothing. */
async function watch(id: string, services: Services): Promise<void> {
  const { serviceNow, log } = services
  if (!serviceNow) return
  try {
    const { resolved, assignee } = await readIncident(id, serviceNow)
    await advanceIncident(id, [{ kind: 'incident-seen', resolved, assignee }], services)
  } catch (error) {
    log.warn('incident.unwatched', { incident: id, error })
  }
}
