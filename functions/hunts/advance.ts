import { begin, type Effect, nextAt, nextEffect } from './effect.ts'
import type { Hunt } from './hunt.ts'
import type { HuntRows, StoredHunt } from './hunt-rows.ts'
import { type HuntEvent, step } from './step.ts'

/** What it takes to bring a hunt on. */
export type HuntWorld = {
  readonly rows: HuntRows
  readonly now: () => number
  /** Different for each run. */
  readonly newToken: () => string
  /** Comes back to the hunt at that time, whatever happens to this process. */
  readonly wake: (atMs: number, id: string) => Promise<void>
  /** Makes it so outside, and tells what came of it. Throws when that cannot be known. */
  readonly perform: (effect: Effect, hunt: Hunt) => Promise<readonly HuntEvent[]>
}

/** Who has not gone on within this time is taken for dead. */
export const leaseMs = 15_000

/**
 * Brings a hunt on: writes the events into its row, then does what the hunt wants until nothing is left. One process at a time
 * does; another only writes its events, which the first one finds. Whatever dies on the way, the job that was set before, or
 * the next one to come, goes on from the row.
 */
export async function advance(
  id: string,
  events: readonly HuntEvent[],
  world: HuntWorld,
): Promise<Hunt | undefined> {
  const token = world.newToken()
  let told = events
  let stored = await world.rows.read(id)
  for (;;) {
    if (!stored) return undefined
    const { hunt, effect, changed } = decide(stored.hunt, told, token, world.now())
    if (!changed) return stored.hunt
    const written: StoredHunt | undefined = await write(hunt, stored, world)
    if (!written) {
      stored = await world.rows.read(id)
      continue
    }
    stored = written
    told = []
    if (!effect) return stored.hunt
    told = await world.perform(effect, stored.hunt)
    stored = await world.rows.read(id)
  }
}

/** What the row becomes by these events, and what is to be done then, if it is for this run to do it. */
export function decide(before: Hunt, events: readonly HuntEvent[], token: string, now: number) {
  let hunt = before
  for (const event of events) hunt = step(hunt, event, now)
  hunt = step(hunt, { kind: 'tick' }, now)
  const mine = hunt.runner === null || hunt.runner.token === token || hunt.runner.until <= now
  const effect = mine ? nextEffect(hunt, now) : null
  if (effect) {
    begin(hunt, effect, now)
    hunt.runner = { token, until: now + leaseMs }
  } else if (mine) hunt.runner = null
  return { hunt, effect, changed: JSON.stringify(hunt) !== JSON.stringify(before) }
}

// The job is set before the row says so: one too many does no harm.
async function write(
  hunt: Hunt,
  stored: StoredHunt,
  { rows, wake, now }: HuntWorld,
): Promise<StoredHunt | undefined> {
  const at = nextAt(hunt)
  const covered = at === null || (hunt.wakeAt !== null && hunt.wakeAt <= at)
  if (!covered) {
    await wake(at, hunt.id)
    hunt.wakeAt = Math.max(at, now())
  }
  if (!(await rows.replace(hunt, stored.version))) return undefined
  return { hunt, version: '' }
}
