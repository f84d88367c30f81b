import {
  type IncidentMetrics,
  type IncidentView,
  incidentList,
  incidentMetrics,
  incidentView,
  routes,
} from '../../schemas/index.ts'
import { type IncidentTicket, incidentsAtOnce, type Incidents as Told } from '../../web/index.ts'
import { displayValue, type Incident, type ServiceNow } from '../service-now/index.ts'
import type { BackOffice } from './back-office.ts'
import { CommandRefused } from './worker-commands.ts'

/** The hunts for incidents, as the functions tell them, and the incidents in ServiceNow. */
export interface Incidents {
  /** `open`: those that still have something to do; `closed`: the last of the others. */
  list(which: 'open' | 'closed'): Promise<readonly IncidentView[]>
  /** The figures of the last two weeks. */
  metrics(): Promise<IncidentMetrics>
  /** The last incidents in ServiceNow, the newest first. */
  tickets(): readonly IncidentTicket[]
  /** Those before that one, with their hunts, as far as these are kept. */
  olderThan(sysId: string): Promise<Told>
  /** Opens an incident of priority 1 in ServiceNow, whose rule starts a hunt. */
  create(description: string): Promise<void>
  /** Resolves it in ServiceNow: a hunt that runs hears of it and stops. */
  resolve(sysId: string): Promise<void>
}

/** Who may write to ServiceNow. */
export type ServiceNowUser = { readonly user: string; readonly password: string }

const resolved = '6'

/** Hunts over the functions' endpoints; incidents over the Table API, as a person's browser would write them. */
export function createIncidents(
  backOffice: BackOffice,
  serviceNow: ServiceNow,
  { user, password }: ServiceNowUser,
): Incidents {
  const authorization = `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`

  async function write(command: string, method: string, path: string, fields: object) {
    const answer = await serviceNow.fetch(
      new Request(`http://local/api/now/table/incident${path}`, {
        method,
        headers: { authorization, 'content-type': 'application/json' },
        body: JSON.stringify(fields),
      }),
    )
    // An instance that hibernates answers 200 with a page for people.
    const isDone = answer.ok && (await answer.json().catch(() => null)) !== null
    if (!isDone) {
      throw new CommandRefused(command, answer.status, `ServiceNow answered ${answer.status}`)
    }
  }

  async function huntOf(sysId: string): Promise<IncidentView | undefined> {
    const path = routes.incidentHunt.replace('{id}', sysId)
    try {
      return incidentView.parse(await backOffice.ask('read the hunt', path))
    } catch (error) {
      // None was started, or it is forgotten.
      if (error instanceof CommandRefused && error.status === 404) return undefined
      throw error
    }
  }

  return {
    async list(which) {
      const path = `${routes.incidentHunts}?state=${which}`
      return incidentList.parse(await backOffice.ask('list the incidents', path)).hunts
    },
    async metrics() {
      const path = `${routes.incidentMetrics}?days=14`
      return incidentMetrics.parse(await backOffice.ask('read the figures of incidents', path))
    },
    tickets: () => serviceNow.incidents().slice(0, incidentsAtOnce).map(toTicket),
    async olderThan(sysId) {
      const all = serviceNow.incidents()
      const from = all.findIndex(({ sys_id }) => sys_id === sysId) + 1
      const older = from === 0 ? [] : all.slice(from, from + incidentsAtOnce)
      const hunts = await Promise.all(older.map(({ sys_id }) => huntOf(sys_id)))
      return { tickets: older.map(toTicket), hunts: hunts.filter((hunt) => hunt !== undefined) }
    },
    create: (description) =>
      write('open the incident', 'POST', '', {
        ...{ short_description: description, impact: '1', urgency: '1' },
      }),
    resolve: (sysId) => write('resolve the incident', 'PATCH', `/${sysId}`, { state: resolved }),
  }
}

function toTicket({ sys_id, fields }: Incident): IncidentTicket {
  const value = (name: string) => fields[name] ?? ''
  return {
    id: sys_id,
    number: value('number'),
    description: value('short_description'),
    priority: displayValue('priority', value('priority')),
    state: displayValue('state', value('state')),
    assignedTo: value('assigned_to') || null,
    isOver: ['6', '7', '8'].includes(value('state')),
    createdAt: `${value('sys_created_on').replace(' ', 'T')}Z`,
  }
}
