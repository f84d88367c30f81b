import { randomUUID } from 'node:crypto'
import type { Services } from '../services.ts'
import { advance, type HuntWorld } from './advance.ts'
import type { Hunt } from './hunt.ts'
import { createHuntRows, type HuntRows } from './hunt-rows.ts'
import { perform } from './perform.ts'
import type { HuntEvent } from './step.ts'

/** Brings a hunt on with the services of the app; undefined when there is no such hunt. */
export function advanceHunt(
  id: string,
  events: readonly HuntEvent[],
  services: Services,
): Promise<Hunt | undefined> {
  return advance(id, events, worldOf(services))
}

/** The rows of hunts in the app's store. */
export function huntRows({ store }: Services): HuntRows {
  return createHuntRows(store)
}

function worldOf(services: Services): HuntWorld {
  return {
    rows: huntRows(services),
    now: services.now,
    newToken: randomUUID,
    wake: (atMs, id) => services.schedule(atMs, { kind: 'hunt', id }),
    perform: (effect, hunt) => perform(effect, hunt, services),
  }
}
