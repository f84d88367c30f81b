import { randomUUID } from 'node:crypto'
import type { Services } from '../services.ts'
import { createRowDesk, type RowDesk } from '../store/advance-row.ts'
import { begin, nextAt, nextEffects } from './effect.ts'
import type { Hunt } from './hunt.ts'
import { createHuntRows, type HuntRows } from './hunt-rows.ts'
import { perform } from './perform.ts'
import { apply, type HuntEvent } from './step.ts'

const machine = {
  step: apply,
  tick: { kind: 'tick' } as const,
  nextEffect: nextEffects,
  begin,
  nextAt,
}

/** Brings a hunt on with the services of the app; undefined when there is no such hunt. */
export function advanceHunt(
  id: string,
  events: readonly HuntEvent[],
  services: Services,
): Promise<Hunt | undefined> {
  return deskOf(services).advance(id, events)
}

/** Writes a hunt down that has started, and brings it on; undefined when there is one of its id. */
export function createHunt(hunt: Hunt, services: Services): Promise<Hunt | undefined> {
  return deskOf(services).create(hunt, huntRows(services).create)
}

function deskOf(services: Services): RowDesk<Hunt, HuntEvent> {
  const desk = desks.get(services) ?? createHuntDesk(services)
  desks.set(services, desk)
  return desk
}

// One for all who work with the same services, so that what they tell a hunt at the same moment is written together.
const desks = new WeakMap<Services, RowDesk<Hunt, HuntEvent>>()

function createHuntDesk(services: Services): RowDesk<Hunt, HuntEvent> {
  const rows = huntRows(services)
  return createRowDesk(machine, {
    async read(hunt) {
      const stored = await rows.read(hunt)
      return stored && { row: stored.hunt, version: stored.version }
    },
    replace: rows.replace,
    now: services.now,
    newToken: randomUUID,
    wake: (atMs, hunt) => services.schedule(atMs, { kind: 'hunt', id: hunt }),
    alarm: services.alarm && ((atMs, hunt) => services.alarm?.(atMs, { kind: 'hunt', id: hunt })),
    perform: (effect, hunt) => perform(effect, hunt, services),
  })
}

/** The rows of hunts in the app's store. */
export function huntRows({ store }: Services): HuntRows {
  return createHuntRows(store)
}
