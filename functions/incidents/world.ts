import { randomUUID } from 'node:crypto'
import type { Services } from '../services.ts'
import { advanceRow } from '../store/advance-row.ts'
import { begin, nextAt, nextEffect } from './effect.ts'
import type { Incident } from './incident.ts'
import { incidentRows } from './incident-rows.ts'
import { perform } from './perform.ts'
import { type IncidentEvent, step } from './step.ts'

const machine = { step, tick: { kind: 'tick' } as const, nextEffect, begin, nextAt }

/** Brings the hunt for an incident on; undefined when there is none. */
export function advanceIncident(
  id: string,
  events: readonly IncidentEvent[],
  services: Services,
): Promise<Incident | undefined> {
  const { read, replace } = incidentRows(services)
  return advanceRow(id, events, machine, {
    read,
    replace,
    now: services.now,
    newToken: randomUUID,
    wake: (atMs, incident) => services.schedule(atMs, { kind: 'incident', id: incident }),
    perform: (effect, hunt) => perform(effect, hunt, services),
  })
}
