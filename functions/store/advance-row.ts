import { setTimeout as sleep } from 'node:timers/promises'
import { createRowFolders, type RowFolder, type Teller, type Written } from './row-folder.ts'
import { decide, type RowMachine, type RunningRow, rowLeaseMs } from './row-machine.ts'

/** What it takes to bring rows of one kind on. */
export type RowWorld<Row, Event, Effect> = {
  read(id: string): Promise<{ readonly row: Row; readonly version: string } | undefined>
  /** The version that the row has now; undefined when somebody else was faster. */
  replace(row: Row, version: string): Promise<string | undefined>
  readonly now: () => number
  /** Different for each run. */
  readonly newToken: () => string
  /** Comes back to the row at that time, whatever happens to this process. */
  readonly wake: (atMs: number, id: string) => Promise<void>
  /** Comes back at that very time as long as this process lives; where there is one, `wake` is only for its death. */
  readonly alarm?: ((atMs: number, id: string) => void) | undefined
  /** Makes it so outside, and tells what came of it. Throws when that cannot be known. */
  readonly perform: (effect: Effect, row: Row) => Promise<readonly Event[]>
}

/** Rows that one process brings on. */
export interface RowDesk<Row, Event> {
  /**
   * Writes the events into the row, then does what it wants until nothing is left. One at a time does; another only writes its
   * events, which the first one finds. Whatever dies on the way, the job that was set before goes on from the row.
   */
  advance(id: string, events: readonly Event[]): Promise<Row | undefined>
  /**
   * The same for a row that is not there yet: `insert` writes it with its first effect begun, after the job that comes back to it,
   * and tells its version. Undefined when there is one already.
   */
  create(row: Row, insert: Insert<Row>): Promise<Row | undefined>
}

/** Writes a new row; undefined when there is one already. */
export type Insert<Row> = (row: Row) => Promise<string | undefined>

// Whoever has the lease holds everybody up by giving up: a store that is busy is asked again.
const mostTries = 5
const retryMs = 200
const shortestAlarmMs = 10

/** A desk for rows of one kind. What comes about a row while it is being written goes into it together, by one more write. */
export function createRowDesk<Row extends RunningRow, Event, Effect>(
  machine: RowMachine<Row, Event, Effect>,
  world: RowWorld<Row, Event, Effect>,
): RowDesk<Row, Event> {
  type Own = RowFolder<Row, Event, Effect>
  const folders = createRowFolders<Row, Event, Effect>(world.newToken)

  function tell(folder: Own, events: readonly Event[], returns: boolean) {
    const { promise, resolve, reject } = Promise.withResolvers<Written<Row, Effect>>()
    folder.waiting.push({ events, returns, resolve, reject })
    if (!folder.writing) void writeAll(folder)
    return promise
  }

  async function writeAll(folder: Own): Promise<void> {
    folder.writing = true
    for (; folder.waiting.length > 0; ) {
      const tellers = folder.waiting
      folder.waiting = []
      try {
        await writeTogether(folder, tellers)
      } catch (error) {
        if (tellers.some(({ returns }) => returns)) folder.busy = false
        for (const { reject } of tellers) reject(error)
      }
    }
    folder.writing = false
  }

  async function writeTogether(
    folder: Own,
    tellers: readonly Teller<Row, Event, Effect>[],
  ): Promise<void> {
    const back = tellers.find(({ returns }) => returns)
    const mayBegin = back !== undefined || !folder.busy
    const events = tellers.flatMap((teller) => teller.events)
    const { row, effect = null } = await writePatiently(folder, events, mayBegin)
    if (mayBegin) folder.busy = effect !== null
    const performer = back ?? tellers[0]
    for (const teller of tellers) {
      teller.resolve({ row, effect: teller === performer ? effect : null })
    }
    if (!folder.busy && (!row || machine.nextAt(row) === null)) folders.drop(folder.id)
  }

  async function writePatiently(folder: Own, events: readonly Event[], mayBegin: boolean) {
    for (let tries = 1; ; tries++) {
      try {
        return await write(folder, events, mayBegin)
      } catch (error) {
        // Perhaps it was written all the same.
        folder.known = undefined
        if (!folder.busy || tries === mostTries) throw error
        await sleep(retryMs * tries)
      }
    }
  }

  // Once more after a write whose answer was lost: the same events lead to the same row.
  async function write(
    folder: Own,
    events: readonly Event[],
    mayBegin: boolean,
  ): Promise<Written<Row, Effect>> {
    for (;;) {
      const remembered = folder.known !== undefined
      const known = folder.known ?? (await readAnew(folder.id))
      if (!known) return { row: undefined }
      const { row, effect, text } = decide<Row, Event, Effect>(
        JSON.parse(known.text),
        { events, token: folder.token, mayBegin, now: world.now() },
        machine,
      )
      folder.known = undefined
      if (text === known.text) {
        // That nothing is to be written is only known of the row as it is.
        if (remembered) continue
        folder.known = known
        if (mayBegin) setAlarm(row)
        return { row }
      }
      const asWritten = (await wakeInTime(row)) ? JSON.stringify(row) : text
      const version = await world.replace(row, known.version)
      if (version === undefined) continue
      folder.known = { text: asWritten, version }
      if (mayBegin) setAlarm(row)
      return { row, effect }
    }
  }

  // Nobody else of this process writes meanwhile; what is told waits.
  async function insertFirst(
    folder: Own,
    first: Row,
    insert: Insert<Row>,
  ): Promise<Written<Row, Effect>> {
    folder.writing = true
    try {
      const { token } = folder
      const { row, effect } = decide<Row, Event, Effect>(
        first,
        { events: [], token, mayBegin: true, now: world.now() },
        machine,
      )
      await wakeInTime(row)
      const version = await insert(row)
      if (version === undefined) return { row: undefined }
      folder.known = { text: JSON.stringify(row), version }
      folder.busy = effect !== null
      setAlarm(row)
      return { row, effect }
    } finally {
      void writeAll(folder)
    }
  }

  async function readAnew(id: string) {
    const stored = await world.read(id)
    return stored && { text: JSON.stringify(stored.row), version: stored.version }
  }

  function setAlarm(row: Row): void {
    const next = row.runner ? null : machine.nextAt(row)
    // Its time may have come while it was written.
    if (next !== null) world.alarm?.(Math.max(next, world.now() + shortestAlarmMs), row.id)
  }

  // True when one was set. The job comes before the row that says so: one too many does no harm.
  async function wakeInTime(row: Row): Promise<boolean> {
    // Whoever is at it goes on by itself; the job is for its death.
    const next = row.runner ? row.runner.until : machine.nextAt(row)
    if (next === null) return false
    // Dead is only who has been silent for that long: no sooner, and rarely more than one job in that time.
    const at = world.alarm ? Math.max(next, world.now() + rowLeaseMs) : next
    if (row.wakeAt !== null && row.wakeAt <= at) return false
    await world.wake(at, row.id)
    row.wakeAt = Math.max(at, world.now())
    return true
  }

  async function goOn(folder: Own, written: Written<Row, Effect>): Promise<Row | undefined> {
    let { row, effect } = written
    while (row && effect) {
      const told = await world.perform(effect, row).catch((error: unknown) => {
        folder.busy = false
        throw error
      })
      ;({ row, effect } = await tell(folder, told, true))
    }
    return row
  }

  return {
    async advance(id, events) {
      const folder = folders.of(id)
      return goOn(folder, await tell(folder, events, false))
    },
    async create(row, insert) {
      const folder = folders.of(row.id)
      if (!folder.writing && !folder.busy)
        return goOn(folder, await insertFirst(folder, row, insert))
      return (await insert(row)) === undefined ? undefined : this.advance(row.id, [])
    },
  }
}

/** Brings one row on, of a kind that comes seldom. */
export function advanceRow<Row extends RunningRow, Event, Effect>(
  id: string,
  events: readonly Event[],
  machine: RowMachine<Row, Event, Effect>,
  world: RowWorld<Row, Event, Effect>,
): Promise<Row | undefined> {
  return createRowDesk(machine, world).advance(id, events)
}
