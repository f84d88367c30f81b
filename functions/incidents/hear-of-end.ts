import type { Services } from '../services.ts'
import { readContext } from './execution.ts'
import type { Incident } from './incident.ts'
import { advanceIncident } from './world.ts'

/** An execution is said to have ended: the hunt that it belongs to looks at it and goes on. Undefined: it belongs to none. */
export async function hearOfEnd(
  executionSid: string,
  services: Services,
): Promise<Incident | undefined> {
  const { sysId, attempt } = (await readContext(executionSid, services)) ?? {}
  if (sysId === undefined || attempt === undefined) return undefined
  const event = { kind: 'told-ended', key: attempt, sid: executionSid } as const
  return advanceIncident(sysId, [event], services)
}
