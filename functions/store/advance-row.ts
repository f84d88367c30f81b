import { setTimeout as sleep } from 'node:timers/promises'

/** What a row has of whoever brings it on. */
export type RunningRow = {
  readonly id: string
  /** Who carries out what the row wants: one at a time. */
  runner: { token: string; until: number } | null
  /** A job is under way that comes back to this row at that time. */
  wakeAt: number | null
}

/** What a kind of row does, without a clock and without the world. */
export type RowMachine<Row extends RunningRow, Event, Effect> = {
  /** What becomes of the row by one event: a new row; the same event twice leads to the same. */
  step(row: Row, event: Event, now: number): Row
  /** Nothing but that time has passed. */
  readonly tick: Event
  /** What is to be done next, by the row alone; null: nothing until `nextAt`. */
  nextEffect(row: Row, now: number): Effect | null
  /** Writes into the row that the effect is begun, so that after a crash it is looked for before it is done again. */
  begin(row: Row, effect: Effect, now: number): void
  /** When the row wants to be looked at though nobody tells it anything; null: never. */
  nextAt(row: Row): number | null
}

/** What it takes to bring a row on. */
export type RowWorld<Row, Event, Effect> = {
  read(id: string): Promise<{ readonly row: Row; readonly version: string } | undefined>
  /** False when somebody else was faster. */
  replace(row: Row, version: string): Promise<boolean>
  readonly now: () => number
  /** Different for each run. */
  readonly newToken: () => string
  /** Comes back to the row at that time, whatever happens to this process. */
  readonly wake: (atMs: number, id: string) => Promise<void>
  /** Makes it so outside, and tells what came of it. Throws when that cannot be known. */
  readonly perform: (effect: Effect, row: Row) => Promise<readonly Event[]>
}

/** Who has not gone on within this time is taken for dead. */
export const rowLeaseMs = 15_000

// Whoever has the lease holds everybody up by giving up: a store that is busy is asked again.
const mostTries = 5
const retryMs = 200

/**
 * Brings a row on: writes the events into it, then does what it wants until nothing is left. One process at a time does; another only
 * writes its events, which the first one finds. Whatever dies on the way, the job that was set before goes on from the row.
 */
export async function advanceRow<Row extends RunningRow, Event, Effect>(
  id: string,
  events: readonly Event[],
  machine: RowMachine<Row, Event, Effect>,
  world: RowWorld<Row, Event, Effect>,
): Promise<Row | undefined> {
  const token = world.newToken()
  let told = events
  let leased = false
  for (let tries = 1; ; ) {
    const written = await write(id, told, token, machine, world).catch((error: unknown) => {
      if (!leased || tries === mostTries) throw error
      return null
    })
    if (written === null) {
      await sleep(retryMs * tries++)
      continue
    }
    if (written.kind === 'beaten') continue
    if (written.kind === 'rests') return written.row
    leased = true
    tries = 1
    told = await world.perform(written.effect, written.row)
  }
}

type Written<Row, Effect> =
  /** Somebody else was faster. */
  | { readonly kind: 'beaten' }
  | { readonly kind: 'rests'; readonly row: Row | undefined }
  | { readonly kind: 'begins'; readonly row: Row; readonly effect: Effect }

// Once more after a write whose answer was lost: the same events lead to the same row.
async function write<Row extends RunningRow, Event, Effect>(
  id: string,
  told: readonly Event[],
  token: string,
  machine: RowMachine<Row, Event, Effect>,
  world: RowWorld<Row, Event, Effect>,
): Promise<Written<Row, Effect>> {
  const stored = await world.read(id)
  if (!stored) return { kind: 'rests', row: undefined }
  const { row, effect, changed } = decide(stored.row, told, token, machine, world.now())
  if (!changed) return { kind: 'rests', row: stored.row }
  await wakeInTime(row, machine, world)
  if (!(await world.replace(row, stored.version))) return { kind: 'beaten' }
  return effect ? { kind: 'begins', row, effect } : { kind: 'rests', row }
}

function decide<Row extends RunningRow, Event, Effect>(
  before: Row,
  events: readonly Event[],
  token: string,
  { step, tick, nextEffect, begin }: RowMachine<Row, Event, Effect>,
  now: number,
) {
  let row = before
  for (const event of [...events, tick]) row = step(row, event, now)
  if (row.wakeAt !== null && row.wakeAt <= now) row.wakeAt = null
  const mine = row.runner === null || row.runner.token === token || row.runner.until <= now
  const effect = mine ? nextEffect(row, now) : null
  if (effect) {
    begin(row, effect, now)
    row.runner = { token, until: now + rowLeaseMs }
  } else if (mine) row.runner = null
  return { row, effect, changed: JSON.stringify(row) !== JSON.stringify(before) }
}

// The job is set before the row says so: one too many does no harm.
async function wakeInTime<Row extends RunningRow, Event, Effect>(
  row: Row,
  machine: RowMachine<Row, Event, Effect>,
  { wake, now }: RowWorld<Row, Event, Effect>,
): Promise<void> {
  // Whoever is at it goes on by itself; the job is for its death.
  const at = row.runner ? row.runner.until : machine.nextAt(row)
  if (at === null || (row.wakeAt !== null && row.wakeAt <= at)) return
  await wake(at, row.id)
  row.wakeAt = Math.max(at, now())
}
