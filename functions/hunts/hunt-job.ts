import type { Job } from '../../schemas/index.ts'
import type { Services } from '../services.ts'
import { forgetHunts } from './forget.ts'
import { sweepHunts } from './sweep.ts'
import { advanceHunt, huntRows } from './world.ts'

type HuntJob = Extract<
  Job,
  { readonly kind: 'hunt' | 'hunt-leg' | 'caller-gone' | 'sweep-hunts' | 'forget-hunts' }
>

/** Does a job about hunts; twice does no harm. */
export async function runHuntJob(job: HuntJob, services: Services): Promise<void> {
  switch (job.kind) {
    case 'hunt':
      await advanceHunt(job.id, [], services)
      return
    case 'hunt-leg': {
      const { id, attempt, callSid, status } = job
      await advanceHunt(id, [{ kind: 'leg', attempt, callSid, status }], services)
      return
    }
    case 'caller-gone':
      return tellCallerGone(job.callSid, services)
    case 'sweep-hunts':
      return sweepHunts(services)
    case 'forget-hunts':
      return forgetHunts(job.endedBefore, services)
    default:
      throw new Error(`Unknown job ${JSON.stringify(job satisfies never)}`)
  }
}

async function tellCallerGone(callSid: string, services: Services): Promise<void> {
  const event = { kind: 'customer-left', reason: 'the customer left' } as const
  for (const id of await huntRows(services).openFor(callSid)) {
    await advanceHunt(id, [event], services)
  }
}
