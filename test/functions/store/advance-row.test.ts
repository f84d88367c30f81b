import assert from 'node:assert/strict'
import { advanceRow, createRowDesk } from '../../../functions/store/advance-row.ts'
import {
  type RowMachine,
  type RunningRow,
  rowLeaseMs,
} from '../../../functions/store/row-machine.ts'

type Row = RunningRow & { readonly done: number }

/** Wants one thing done, once. */
const machine: RowMachine<Row, 'tick' | 'done', 'work'> = {
  step: (row, event) => ({ ...row, done: row.done + (event === 'done' ? 1 : 0) }),
  tick: 'tick',
  nextEffect: ({ done }) => (done === 0 ? 'work' : null),
  begin() {},
  nextAt: () => null,
}

/** Wants nothing done, but to be looked at again. */
const restless: typeof machine = { ...machine, nextEffect: () => null, nextAt: () => 5_000 }

/** A store of one row that fails at these of its calls. */
function worldFailingAt(...failing: readonly number[]) {
  let stored: Row = { id: 'R1', runner: null, wakeAt: null, done: 0 }
  let calls = 0
  let version = 1
  const call = () => {
    if (failing.includes(++calls)) throw new Error('the storage is busy')
  }
  const put = (row: Row) => {
    stored = row
    version++
  }
  const world = {
    async read() {
      call()
      return { row: structuredClone(stored), version: String(version) }
    },
    async replace(row: Row, before: string) {
      call()
      if (before !== String(version)) return undefined
      put(row)
      return String(version)
    },
    now: () => 1_000,
    newToken: () => 'mine',
    wake: async () => {},
    perform: async () => ['done'] as const,
  }
  return { world, put, stored: () => stored, calls: () => calls }
}

describe('advanceRow', () => {
  it('asks a busy store again while it holds the row, for nobody else can bring it on', async () => {
    const { world, stored } = worldFailingAt(3, 5)
    const row = await advanceRow('R1', [], machine, world)
    assert.equal(row?.done, 1)
    assert.equal(stored().runner, null)
  })

  it('leaves it to whoever called while it holds nothing yet', async () => {
    const { world } = worldFailingAt(1)
    await assert.rejects(advanceRow('R1', [], machine, world), /busy/)
  })
})

describe('createRowDesk', () => {
  it('writes down at once what comes while an effect is carried out', async () => {
    const { world, stored } = worldFailingAt()
    const effect = Promise.withResolvers<readonly ['done']>()
    const desk = createRowDesk(machine, { ...world, perform: () => effect.promise })
    const first = desk.advance('R1', [])
    assert.equal((await desk.advance('R1', ['done']))?.done, 1)
    assert.equal(stored().runner?.token, 'mine')
    effect.resolve(['done'])
    assert.equal((await first)?.done, 2)
    assert.equal(stored().runner, null)
  })

  it('writes together what comes together, and reads a row that it knows no more', async () => {
    const { world, calls } = worldFailingAt()
    const desk = createRowDesk(restless, world)
    await desk.advance('R1', ['done'])
    const before = calls()
    const rows = await Promise.all(['done', 'done', 'done'].map(() => desk.advance('R1', ['done'])))
    assert.deepEqual(
      rows.map((row) => row?.done),
      [2, 4, 4],
    )
    assert.equal(calls() - before, 2)
  })

  it('writes a new row with its first effect begun, after the job that comes back to it', async () => {
    const { world, stored, put } = worldFailingAt()
    const told: string[] = []
    const desk = createRowDesk(machine, {
      ...world,
      wake: async () => void told.push('job'),
      async read() {
        told.push('read')
        return world.read()
      },
    })
    const insert = async (row: Row) => {
      told.push(`row of ${row.runner?.token}`)
      put(row)
      return '2'
    }
    const row = await desk.create({ id: 'R1', runner: null, wakeAt: null, done: 0 }, insert)
    assert.deepEqual([row?.done, stored().done], [1, 1])
    assert.deepEqual(told, ['job', 'row of mine'])
  })

  it('creates nothing where there is a row already, and begins nothing', async () => {
    const { world, stored } = worldFailingAt()
    const desk = createRowDesk(machine, world)
    const row = { id: 'R1', runner: null, wakeAt: null, done: 0 }
    const inserted = await Promise.all([
      desk.create(row, async () => undefined),
      desk.create(row, async () => undefined),
    ])
    assert.deepEqual(inserted, [undefined, undefined])
    assert.equal(stored().done, 0)
  })

  it('trusts what it remembers only as far as the version goes', async () => {
    const { world, stored, put } = worldFailingAt()
    const desk = createRowDesk(restless, world)
    await desk.advance('R1', ['done'])
    put({ ...stored(), done: 10 })
    assert.equal((await desk.advance('R1', ['done']))?.done, 11)
    put({ ...stored(), done: 20 })
    assert.equal((await desk.advance('R1', []))?.done, 20)
  })

  it('comes back by its alarm, and by a job only when nobody of this process has for a while', async () => {
    const { world } = worldFailingAt()
    const alarms: number[] = []
    const jobs: number[] = []
    const desk = createRowDesk(restless, {
      ...world,
      alarm: (at) => void alarms.push(at),
      wake: async (at) => void jobs.push(at),
    })
    for (const events of [['done'], ['done'], []] as const) await desk.advance('R1', events)
    assert.deepEqual(alarms, [5_000, 5_000, 5_000])
    assert.deepEqual(jobs, [1_000 + rowLeaseMs])
  })

  it('comes back at once when the time came while the row was written', async () => {
    let now = 1_000
    const { world } = worldFailingAt()
    const alarms: number[] = []
    const desk = createRowDesk(restless, {
      ...world,
      now: () => now,
      alarm: (at) => void alarms.push(at),
      async wake() {
        now = 9_000
      },
    })
    await desk.advance('R1', ['done'])
    assert.deepEqual(alarms, [9_010])
  })
})
