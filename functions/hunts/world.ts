import { randomUUID } from 'node:crypto'
import type { Services } from '../services.ts'
import { advanceRow } from '../store/advance-row.ts'
import { begin, nextAt, nextEffect } from './effect.ts'
import type { Hunt } from './hunt.ts'
import { createHuntRows, type HuntRows } from './hunt-rows.ts'
import { perform } from './perform.ts'
import { type HuntEvent, step } from './step.ts'

const machine = { step, tick: { kind: 'tick' } as const, nextEffect, begin, nextAt }

/** Brings a hunt on with the services of the app; undefined when there is no such hunt. */
export function advanceHunt(
  id: string,
  events: readonly HuntEvent[],
  services: Services,
): Promise<Hunt | undefined> {
  const rows = huntRows(services)
  return advanceRow(id, events, machine, {
    async read(hunt) {
      const stored = await rows.read(hunt)
      return stored && { row: stored.hunt, version: stored.version }
    },
    replace: rows.replace,
    now: services.now,
    newToken: randomUUID,
    wake: (atMs, hunt) => services.schedule(atMs, { kind: 'hunt', id: hunt }),
    perform: (effect, hunt) => perform(effect, hunt, services),
  })
}

/** The rows of hunts in the app's store. */
export function huntRows({ store }: Services): HuntRows {
  return createHuntRows(store)
}
