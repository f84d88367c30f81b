import assert from 'node:assert/strict'
import {
  advanceRow,
  type RowMachine,
  type RunningRow,
} from '../../../functions/store/advance-row.ts'

type Row = RunningRow & { readonly done: number }

/** Wants one thing done, once. */
const machine: RowMachine<Row, 'tick' | 'done', 'work'> = {
  step: (row, event) => ({ ...row, done: row.done + (event === 'done' ? 1 : 0) }),
  tick: 'tick',
  nextEffect: ({ done }) => (done === 0 ? 'work' : null),
  begin() {},
  nextAt: () => null,
}

/** A store of one row that fails at these of its calls. */
function worldFailingAt(...failing: readonly number[]) {
  let stored: Row = { id: 'R1', runner: null, wakeAt: null, done: 0 }
  let calls = 0
  const call = () => {
    if (failing.includes(++calls)) throw new Error('the storage is busy')
  }
  const world = {
    async read() {
      call()
      return { row: structuredClone(stored), version: '1' }
    },
    async replace(row: Row) {
      call()
      stored = row
      return true
    },
    now: () => 1_000,
    newToken: () => 'mine',
    wake: async () => {},
    perform: async () => ['done'] as const,
  }
  return { world, stored: () => stored }
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
