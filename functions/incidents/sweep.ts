import { openNotebooks, writeNotes } from '../service-now/write-notes.ts'
import type { Services } from '../services.ts'
import { nextAt } from './effect.ts'
import { incidentRows } from './incident-rows.ts'
import { advanceIncident } from './world.ts'

/** How often hunts for incidents are looked over, while there are any. */
export const sweepMs = 300_000
// A hunt whose time is over by more than this has lost its timer.
const lateMs = 30_000

/** Has the next sweep come, once however many ask. */
export async function armSweep({ store, schedule, now }: Services): Promise<void> {
  const next = (Math.floor(now() / sweepMs) + 1) * sweepMs
  if (await store.create('incident-sweep', String(next), {})) {
    await schedule(next, { kind: 'sweep-incidents' })
  }
}

/** Brings on hunts that lost their timers, and notes that lost theirs. */
export async function sweepIncidents(services: Services): Promise<void> {
  const { store, now } = services
  const rows = incidentRows(services)
  const [open, notebooks] = await Promise.all([rows.open(), openNotebooks(services)])
  if (open.length + notebooks.length > 0) await armSweep(services)
  await store.remove('incident-sweep', String(Math.floor(now() / sweepMs) * sweepMs))
  for (const id of open) {
    const stored = await rows.read(id)
    if (!stored) {
      // Its process died before the row was there.
      if (((await rows.listedAt(id)) ?? 0) + lateMs < now()) await rows.unlist(id)
    } else if (stored.row.closed) await rows.unlist(id)
    else if ((stored.row.runner?.until ?? nextAt(stored.row) ?? 0) + lateMs < now()) {
      await advanceIncident(id, [], services)
    }
  }
  for (const id of notebooks) await writeNotes(id, services)
}
