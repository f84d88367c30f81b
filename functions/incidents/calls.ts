import { callPage } from '../../schemas/index.ts'
import { hangUp } from '../hunts/dial.ts'
import type { Services } from '../services.ts'
import type { Attempt, Incident } from './incident.ts'

/** The number that incidents are called from: FROM, or else the centre's. */
export function fromOf({ settings }: Pick<Services, 'settings'>): string {
  return settings.app.FROM ?? settings.app.CALLER_ID
}

/**
 * Hangs up what an ended execution leaves behind. The execution itself names its call only once it was answered; one that still
 * rings is found by its numbers.
 */
export async function hangUpCalls(
  hunt: Incident,
  attempt: Attempt,
  answered: string | undefined,
  services: Services,
): Promise<void> {
  const To = hunt.people[attempt.person]?.entry.phone_no ?? ''
  const { TWILIO_ACCOUNT_SID } = services.settings.app
  const query = new URLSearchParams({
    ...{ To, From: fromOf(services), PageSize: '50' },
    'StartTime>': new Date(attempt.begunAt).toISOString().slice(0, 10),
  })
  const path = `api.twilio.com/2010-04-01/Accounts/${TWILIO_ACCOUNT_SID}/Calls.json?${query}`
  const { body } = await services.twilio.get(path)
  const ringing = callPage
    .parse(body)
    .calls.filter((call) => call.direction === 'outbound-api' && isRinging(call.status))
  const sids = new Set([...(answered ? [answered] : []), ...ringing.map(({ sid }) => sid)])
  for (const sid of sids) await hangUp(sid, services)
}

function isRinging(status: string): boolean {
  return ['queued', 'initiated', 'ringing'].includes(status)
}
