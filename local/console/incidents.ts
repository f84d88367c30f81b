import {
  type IncidentMetrics,
  type IncidentView,
  incidentList,
  incidentMetrics,
  routes,
} from '../../schemas/index.ts'
import type { BackOffice } from './back-office.ts'

/** The hunts for incidents, as the functions tell them. */
export interface Incidents {
  /** `open`: those that still have something to do; `closed`: the last of the others. */
  list(which: 'open' | 'closed'): Promise<readonly IncidentView[]>
  /** The figures of the last two weeks. */
  metrics(): Promise<IncidentMetrics>
}

/** Hunts for incidents over the functions' endpoints. */
export function createIncidents(backOffice: BackOffice): Incidents {
  return {
    async list(which) {
      const path = `${routes.incidentHunts}?state=${which}`
      return incidentList.parse(await backOffice.ask('list the incidents', path)).hunts
    },
    async metrics() {
      const path = `${routes.incidentMetrics}?days=14`
      return incidentMetrics.parse(await backOffice.ask('read the figures of incidents', path))
    },
  }
}
