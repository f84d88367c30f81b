import { randomBytes } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { defineSchema, Type } from '../../schemas/index.ts'
import type { Clock } from '../clock.ts'
import { type BusinessRule, startHunt } from './business-rule.ts'
import { answerFaults, faultsPath } from './fault-endpoint.ts'
import { AnswerLost, type ServiceNowFaults } from './faults.ts'
import { changed, type Incident, newIncident } from './incident.ts'
import {
  notAuthenticated,
  provokedRefusal,
  refusalResponse,
  sleepingPage,
  TableRefusal,
} from './refusal.ts'
import { answerTable, type IncidentTable } from './table-api.ts'

/** ServiceNow for one machine: incidents, their journal, and the rule that starts a hunt. */
export interface ServiceNow {
  /** The Table API: `/api/now/table/incident…`, with basic auth; and `/_switchboard/faults`. */
  fetch(request: Request): Promise<Response>
  /** The newest first. */
  incidents(): readonly Incident[]
  setFaults(faults: ServiceNowFaults): void
  /** What outlives a restart, as plain JSON. */
  snapshot(): unknown
}

/** What varies between instances. */
export type ServiceNowOptions = {
  readonly clock: Clock
  readonly user: string
  readonly password: string
  /** Asked when an incident of priority 1 is created; without it no hunt starts. */
  readonly rule?: () => BusinessRule | undefined
  /** Called after each change, whoever made it. */
  readonly onChange?: () => void
  /** 0 ≤ x < 1. */
  readonly random?: () => number
  /** What `snapshot()` returned, to go on from. */
  readonly restore?: unknown
}

// A machine that is tried out for weeks need not keep everything.
const mostIncidents = 1_000

const snapshotSchema = defineSchema(
  'snapshot of ServiceNow',
  Type.Object({
    counter: Type.Integer(),
    incidents: Type.Array(
      Type.Object({
        sys_id: Type.String(),
        fields: Type.Record(Type.String(), Type.String()),
        journal: Type.Array(
          Type.Object({
            element: Type.Unsafe<'comments' | 'work_notes'>({ enum: ['comments', 'work_notes'] }),
            value: Type.String(),
            at: Type.String(),
            by: Type.String(),
          }),
        ),
      }),
    ),
  }),
)

/** An instance with the incidents of a snapshot, or none. */
export function createServiceNow(options: ServiceNowOptions): ServiceNow {
  const { clock, user, password, rule, onChange = () => {}, random = Math.random } = options
  const restored = options.restore ? snapshotSchema.parse(options.restore) : undefined
  const incidents = new Map<string, Incident>(restored?.incidents.map((one) => [one.sys_id, one]))
  let counter = restored?.counter ?? 10_000
  let faults: ServiceNowFaults = {}

  const write = (fields: Readonly<Record<string, unknown>>, by = user) => ({
    fields,
    by,
    at: new Date(clock.now()).toISOString().slice(0, 19).replace('T', ' '),
  })
  const keep = (incident: Incident) => {
    incidents.set(incident.sys_id, incident)
    onChange()
    return incident
  }
  const table: IncidentTable = {
    all: () => [...incidents.values()],
    find: (sysId) => incidents.get(sysId),
    insert(fields) {
      counter++
      const number = `INC${String(counter).padStart(7, '0')}`
      const incident = keep(newIncident(randomBytes(16).toString('hex'), number, write(fields)))
      const [oldest] = incidents.keys()
      if (incidents.size > mostIncidents && oldest) incidents.delete(oldest)
      if (incident.fields['priority'] === '1') runRule(incident)
      return incident
    },
    update(sysId, fields) {
      const before = incidents.get(sysId)
      if (!before) throw new Error(`There is no incident ${sysId}`)
      return keep(changed(before, write(fields)))
    },
    remove(sysId) {
      incidents.delete(sysId)
      onChange()
    },
  }

  function runRule(incident: Incident): void {
    const told = rule?.()
    if (!told) return
    startHunt(told, incident, clock, (note) => {
      const now = incidents.get(incident.sys_id)
      if (now) keep(changed(now, write({ work_notes: note }, 'business rule')))
    })
  }

  async function answer(request: Request): Promise<Response> {
    try {
      if (faults.delayMs) await sleep(faults.delayMs)
      if (faults.asleep && random() < faults.asleep) return sleepingPage()
      for (const [status, share] of Object.entries(faults.statuses ?? {})) {
        if (random() < share) throw provokedRefusal(Number(status))
      }
      if (!isAllowed(request.headers.get('authorization'), user, password)) throw notAuthenticated()
      const response = await answerTable(request, table)
      if (random() < (faults.lostAnswers ?? 0)) throw new AnswerLost()
      return response
    } catch (error) {
      if (error instanceof TableRefusal) return refusalResponse(error)
      throw error
    }
  }

  const setFaults = (next: ServiceNowFaults) => {
    faults = next
  }

  return {
    fetch: (request) =>
      new URL(request.url).pathname === faultsPath
        ? answerFaults(request, faults, setFaults)
        : clock.track(answer(request)),
    incidents: () => [...incidents.values()].reverse(),
    setFaults,
    snapshot: () => ({ counter, incidents: [...incidents.values()] }),
  }
}

function isAllowed(authorization: string | null, user: string, password: string): boolean {
  const [, encoded] = /^Basic (.+)$/i.exec(authorization ?? '') ?? []
  return Buffer.from(encoded ?? '', 'base64').toString() === `${user}:${password}`
}
