import { randomUUID } from 'node:crypto'
import type { Services } from '../services.ts'
import { advanceRow } from '../store/advance-row.ts'
import { readIncident } from './incident-fields.ts'
import {
  type IncidentNote,
  type Notebook,
  type NotebookEffect,
  type NotebookEvent,
  notebookMachine,
  notebookSchema,
  pending,
} from './notebook.ts'
import { isServiceNowAway, type ServiceNow, ServiceNowRefusal } from './service-now.ts'

const kind = 'incident-notebook'
const openList = 'open-notebooks'

/**
 * Keeps notes for an incident until they are written, in this order and each once, whatever happens to ServiceNow in between.
 * Resolves when they are safe in the store. A note of a known key changes nothing.
 */
export async function addNotes(
  id: string,
  notes: readonly IncidentNote[],
  services: Services,
): Promise<void> {
  const { store, schedule, now } = services
  await store.create(openList, id, {})
  for (;;) {
    const stored = await store.read(kind, id)
    const before = stored ? notebookSchema.parse(stored.value) : emptyNotebook(id)
    const book = notebookMachine.step(before, { kind: 'add', notes }, now())
    const done = stored
      ? book.notes.length === before.notes.length ||
        (await store.replace(kind, id, book, stored.version)) !== undefined
      : await store.create(kind, id, book)
    if (done) break
  }
  await schedule(now(), { kind: 'incident-notes', id })
}

/** Writes what waits; what ServiceNow does not take now comes again by a job. */
export async function writeNotes(id: string, services: Services): Promise<void> {
  const { store, serviceNow, schedule, now } = services
  const book = await advanceRow(id, [], notebookMachine, {
    async read(incident) {
      const stored = await store.read(kind, incident)
      return stored && { row: notebookSchema.parse(stored.value), version: stored.version }
    },
    replace: (row, version) => store.replace(kind, row.id, row, version),
    now,
    newToken: randomUUID,
    wake: (atMs, incident) => schedule(atMs, { kind: 'incident-notes', id: incident }),
    perform: (effect, row) => perform(effect, row, serviceNow, services),
  })
  if (book && !pending(book)) await store.remove(openList, id)
}

/** The notes of an incident, and how far they are. */
export async function readNotebook(
  id: string,
  { store }: Pick<Services, 'store'>,
): Promise<Notebook | undefined> {
  const stored = await store.read(kind, id)
  return stored && notebookSchema.parse(stored.value)
}

/** Incidents with notes that wait. */
export async function openNotebooks({
  store,
}: Pick<Services, 'store'>): Promise<readonly string[]> {
  return (await store.list(openList)).map(({ id }) => id)
}

/** Forgets an incident's notes. */
export async function forgetNotebook(
  id: string,
  { store }: Pick<Services, 'store'>,
): Promise<void> {
  await store.remove(openList, id)
  await store.remove(kind, id)
}

async function perform(
  { note, again }: NotebookEffect,
  { id }: Notebook,
  serviceNow: ServiceNow | undefined,
  { log }: Services,
): Promise<readonly NotebookEvent[]> {
  const { key } = note
  if (!serviceNow) return [{ kind: 'refused', key, reason: 'no ServiceNow is configured' }]
  try {
    await write(id, note, again, serviceNow)
    return [{ kind: 'written', key }]
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    const away = isServiceNowAway(error)
    log[away ? 'warn' : 'error']('incident.note', { incident: id, key, error })
    const ms = error instanceof ServiceNowRefusal ? error.retryAfterMs : 0
    return [away ? { kind: 'away', key, reason, ms } : { kind: 'refused', key, reason }]
  }
}

async function write(
  id: string,
  { key, fields }: IncidentNote,
  again: boolean,
  serviceNow: ServiceNow,
): Promise<void> {
  const left = { ...fields }
  const changesHands = 'state' in fields || 'assigned_to' in fields
  if (again || changesHands) {
    const { resolved, journal } = await readIncident(id, serviceNow, { journal: again })
    if (again && journal.includes(tagOf(key))) return
    // Written late, it must not open again what somebody has closed since.
    if (resolved) {
      delete left['state']
      delete left['assigned_to']
    }
  }
  if (Object.keys(left).length > 0) await serviceNow.put(`incident/${id}`, tagged(left, key))
}

function tagged(fields: Readonly<Record<string, string>>, key: string): Record<string, string> {
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [
      name,
      name === 'work_notes' || name === 'comments' ? `${value} ${tagOf(key)}` : value,
    ]),
  )
}

function tagOf(key: string): string {
  return `[${key}]`
}

function emptyNotebook(id: string): Notebook {
  return { id, notes: [], runner: null, retryAt: null, troubles: 0, wakeAt: null }
}
