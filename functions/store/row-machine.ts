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
  /** What becomes of the row by one event, the same for the same event twice; may change the row that is given. */
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

/** What is told of a row, and by whom. */
export type Telling<Event> = {
  readonly events: readonly Event[]
  readonly token: string
  /** Whoever tells may carry out what the row wants, unless another has its lease. */
  readonly mayBegin: boolean
  readonly now: number
}

/** Who has not gone on within this time is taken for dead. */
export const rowLeaseMs = 15_000

/** What becomes of a row by what is told, what is to be done then, and the row as text. */
export function decide<Row extends RunningRow, Event, Effect>(
  before: Row,
  { events, token, mayBegin, now }: Telling<Event>,
  { step, tick, nextEffect, begin }: RowMachine<Row, Event, Effect>,
): { readonly row: Row; readonly effect: Effect | null; readonly text: string } {
  let row = before
  for (const event of [...events, tick]) row = step(row, event, now)
  if (row.wakeAt !== null && row.wakeAt <= now) row.wakeAt = null
  const mine = row.runner === null || row.runner.token === token || row.runner.until <= now
  const effect = mine && mayBegin ? nextEffect(row, now) : null
  if (effect) {
    begin(row, effect, now)
    row.runner = { token, until: now + rowLeaseMs }
  } else if (mine && mayBegin) row.runner = null
  return { row, effect, text: JSON.stringify(row) }
}
