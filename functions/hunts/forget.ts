import type { Services } from '../services.ts'
import { armOnce } from '../store/arm-once.ts'
import { createHuntRows } from './hunt-rows.ts'

/** Hunts are forgotten together, those of an hour by one job: a message for each would lie in the queue for a day. */
const togetherMs = 3_600_000
const keptMs = 24 * togetherMs
// What one job does, so that it is done long before the queue takes it for failed.
const mostAtOnce = 200

/** Has the hunts that end within this hour forgotten a day later, once however many ask. */
export function armForgetting(services: Services): Promise<void> {
  const endedBefore = (Math.floor(services.now() / togetherMs) + 1) * togetherMs
  return armOnce('forget-hunts', endedBefore, services, () =>
    services.schedule(endedBefore + keptMs, { kind: 'forget-hunts', endedBefore }),
  )
}

/** Forgets the hunts that ended before that time; when they are many, some now and the others by another job. */
export async function forgetHunts(endedBefore: number, services: Services): Promise<void> {
  const rows = createHuntRows(services.store)
  const places = await rows.endedBefore(endedBefore, mostAtOnce)
  for (const place of places) await rows.forget(place)
  if (places.length < mostAtOnce) await services.store.remove('forget-hunts', String(endedBefore))
  else await services.schedule(services.now(), { kind: 'forget-hunts', endedBefore })
}
