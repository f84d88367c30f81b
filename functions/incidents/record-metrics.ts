import { defineSchema, type IncidentRecord, incidentRecord, Type } from '../../schemas/index.ts'
import type { Store } from '../store/store.ts'
import type { Incident } from './incident.ts'

const kind = 'incident-day'

const dayRow = defineSchema(
  'incidents of a day',
  Type.Object({ hunts: Type.Record(Type.String(), incidentRecord.json) }),
)

/** Writes an ended hunt into the row of the day on which it began; the same hunt again changes nothing. */
export async function recordMetrics(hunt: Incident, store: Store): Promise<void> {
  const day = dayOf(hunt.createdAt)
  const key = `${hunt.id}-${hunt.createdAt.toString(36)}`
  for (;;) {
    const stored = await store.read(kind, day)
    const { hunts } = stored ? dayRow.parse(stored.value) : { hunts: {} }
    const value = { hunts: { ...hunts, [key]: recordOf(hunt) } }
    const written = stored
      ? await store.replace(kind, day, value, stored.version)
      : await store.create(kind, day, value)
    if (written) return
  }
}

/** The ended hunts of a day (YYYY-MM-DD, UTC). */
export async function readDay(day: string, store: Store): Promise<readonly IncidentRecord[]> {
  const stored = await store.read(kind, day)
  return stored ? Object.values(dayRow.parse(stored.value).hunts) : []
}

/** The day of a moment, UTC. */
export function dayOf(atMs: number): string {
  return new Date(atMs).toISOString().slice(0, 10)
}

function recordOf(hunt: Incident): IncidentRecord {
  const { id: sysId, ticketNo, state: outcome, createdAt, endedAt, acceptedBy, people } = hunt
  const nameOf = (person: number) => people[person]?.entry.name ?? `person ${person}`
  return {
    ...{ sysId, ticketNo, outcome, createdAt, endedAt: endedAt ?? createdAt },
    acceptedBy: acceptedBy === null ? null : nameOf(acceptedBy),
    escalations: hunt.attempts.filter(({ person }) => people[person]?.list === 'escalation').length,
    attempts: hunt.attempts.map((attempt) => ({
      name: nameOf(attempt.person),
      outcome: attempt.outcome,
      seconds: (attempt.endedAt - attempt.begunAt) / 1000,
    })),
  }
}
