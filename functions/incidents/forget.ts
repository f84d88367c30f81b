import { forgetNotebook, readNotebook } from '../service-now/write-notes.ts'
import type { Services } from '../services.ts'
import { incidentRows } from './incident-rows.ts'

const usualDays = 31
const dayMs = 24 * 3_600_000

/** Has what is kept about an incident forgotten when its time has come; to be called at the end of it. */
export async function forgetLater(id: string, services: Services): Promise<void> {
  await services.schedule(services.now() + keptMs(services), { kind: 'forget-incident', id })
}

/** Forgets an incident, unless it was hunted for or noted upon again meanwhile. A job may also come too early. */
export async function forget(id: string, services: Services): Promise<void> {
  const rows = incidentRows(services)
  const hunt = (await rows.read(id))?.row
  // Its end is still to come.
  if (hunt && !hunt.closed) return
  const lastNote = (await readNotebook(id, services))?.notes.at(-1)
  const dueAt = Math.max(hunt?.endedAt ?? 0, lastNote?.at ?? 0) + keptMs(services)
  if (dueAt > services.now()) {
    await services.schedule(dueAt, { kind: 'forget-incident', id })
    return
  }
  await rows.forget(id)
  await forgetNotebook(id, services)
}

function keptMs({ settings }: Services): number {
  return (settings.centre.incidents?.keptDays ?? usualDays) * dayMs
}
