import { workerState } from '../../schemas/index.ts'
import { addNotes } from '../service-now/write-notes.ts'
import type { Services } from '../services.ts'
import { didNothing, isTwilioAway, TwilioRefusal } from '../twilio/rest.ts'
import type { IncidentEffect } from './effect.ts'
import { findExecution, lookAtExecution, startExecution, stopAttempt } from './execution.ts'
import { forgetLater } from './forget.ts'
import type { Attempt, Incident } from './incident.ts'
import { incidentRows } from './incident-rows.ts'
import { recordMetrics } from './record-metrics.ts'
import type { IncidentEvent } from './step.ts'

/** Makes it so outside, and tells what came of it; an outage of Twilio's is told, too. */
export async function perform(
  effect: IncidentEffect,
  hunt: Incident,
  services: Services,
): Promise<readonly IncidentEvent[]> {
  try {
    const events = await carryOut(effect, hunt, services)
    const asked = effect.kind.includes('-') && effect.kind !== 'hand-over'
    return hunt.troubles > 0 && asked ? [{ kind: 'twilio-back' }, ...events] : events
  } catch (error) {
    if (!(error instanceof TwilioRefusal) && !isTwilioAway(error)) throw error
    const reason = error instanceof Error ? error.message : String(error)
    services.log.warn('incident.hindered', { hunt: hunt.id, effect: effect.kind, error })
    if (!isTwilioAway(error) && hunt.state === 'hunting') return [{ kind: 'refused', reason }]
    const away: IncidentEvent = { kind: 'twilio-away', reason }
    const isStart = effect.kind === 'start-execution'
    if (!isStart || !didNothing(error)) return [away]
    return [{ kind: 'not-sent', number: effect.attempt.number }, away]
  }
}

async function carryOut(
  effect: IncidentEffect,
  hunt: Incident,
  services: Services,
): Promise<readonly IncidentEvent[]> {
  switch (effect.kind) {
    case 'look-worker':
      return lookAtWorker(hunt, effect.attempt, services)
    case 'start-execution':
      return startExecution(hunt, effect.attempt, services)
    case 'find-execution':
      return findExecution(hunt, effect.attempt, services)
    case 'look-execution':
      return lookAtExecution(effect.attempt, services)
    case 'end-execution':
      return stopAttempt(hunt, effect.attempt, services)
    case 'hand-over':
      await addNotes(hunt.id, hunt.notes, services)
      return [{ kind: 'handed-over', keys: hunt.notes.map(({ key }) => key) }]
    case 'watch':
      // ServiceNow may be slow: whoever calls people does not wait for it.
      if (services.serviceNow) {
        await services.schedule(services.now(), { kind: 'incident-watch', id: hunt.id })
      }
      return [{ kind: 'watched' }]
    case 'record':
      await recordMetrics(hunt, services.store)
      return [{ kind: 'recorded' }]
    case 'close':
      await incidentRows(services).close(hunt)
      await forgetLater(hunt.id, services)
      return [{ kind: 'closed' }]
    default:
      throw new Error(`Unknown effect ${JSON.stringify(effect satisfies never)}`)
  }
}

/** Somebody who is a TaskRouter worker is called only while available there. */
async function lookAtWorker(
  hunt: Incident,
  { number, person }: Attempt,
  { settings, twilio }: Services,
): Promise<IncidentEvent[]> {
  const sid = hunt.people[person]?.entry.worker_sid
  const path = `taskrouter.twilio.com/v1/Workspaces/${settings.app.WORKSPACE_SID}/Workers/${sid}`
  try {
    const { available, activity_name: activity } = workerState.parse((await twilio.get(path)).body)
    return [{ kind: 'worker', number, whyNot: available ? null : `is ${activity}, not available` }]
  } catch (error) {
    if (!(error instanceof TwilioRefusal) || error.status !== 404) throw error
    return [{ kind: 'worker', number, whyNot: `is no worker of this workspace (${sid})` }]
  }
}
