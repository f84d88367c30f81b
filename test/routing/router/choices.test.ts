import assert from 'node:assert/strict'
import type { Choices } from '../../../routing/index.ts'
import { createRouter } from '../../../routing/index.ts'
import { busy, createCentre, queue, start, task, workflow } from './centre.ts'

/** Two workers in one queue, first step for 60 s, then a second; the first worker has rejected the task. */
function rejected(choices: Partial<Choices>) {
  const centre = createCentre({ anna: {}, bob: {} }, { choices })
  centre.act(queue('all'))
  centre.act(workflow('WW', [['1==1', [{ queue: 'all', timeout: 60 }, { timeout: 60 }]]]))
  centre.act(task('WT'))
  centre.act({ kind: 'reject-reservation', sid: centre.newest('WT'), activitySid: busy })
  return centre.task('WT')
}

describe('RouterOptions.choices', () => {
  it('decide whether a task stays in its step after a failed reservation', () => {
    assert.equal(rejected({}).targetIndex, 0)
    assert.equal(rejected({ stayInStepAfterReservation: false }).targetIndex, 1)
  })

  it('decide whether skip_if is looked at again after a failed reservation', () => {
    const step = (choices: Partial<Choices>) => {
      const { act, newest, task: show } = createCentre({ anna: {} }, { choices })
      act(queue('all'))
      act(workflow('WW', [['1==1', [{ queue: 'all', skip_if: '1==1' }, {}]]]))
      act(task('WT'))
      act({ kind: 'reject-reservation', sid: newest('WT'), activitySid: busy })
      return show('WT').targetIndex
    }
    assert.equal(step({}), 1)
    assert.equal(step({ skipIfAfterReservation: false }), 0)
  })

  it('decide from when the deadlines of a later filter count', () => {
    const deadline = (choices: Partial<Choices>) => {
      const { act, at, task: show } = createCentre({}, { choices })
      act(queue('all'))
      act(
        workflow('WW', [
          ['1==1', [{ queue: 'all', timeout: 10 }]],
          ['2==2', [{ queue: 'all', timeout: 15 }]],
        ]),
      )
      act(task('WT'))
      at(10)
      return show('WT').targetDeadline
    }
    assert.equal(deadline({}), start + 25_000)
    assert.equal(deadline({ deadlinesGoOnInNextFilter: false }), start + 15_000)
  })

  it('decide whether a worker who was only asked counts as assigned', () => {
    const next = (choices: Partial<Choices>) => {
      const { act, holders } = createCentre({ anna: {}, bob: {} }, { choices })
      act(queue('all'))
      act(workflow('WW', [['1==1', [{ queue: 'all' }]]]))
      act(task('WT1'))
      act({ kind: 'cancel-task', sid: 'WT1', reason: 'hangup' })
      act(task('WT2'))
      return holders('WT2')
    }
    assert.deepEqual(next({}), ['bob'])
    assert.deepEqual(next({ idleSinceReservation: false }), ['anna'])
  })
})

describe('RouterOptions.restore', () => {
  it('refuses what is not a snapshot, and says where', () => {
    const { router } = createCentre({ anna: {} })
    const snapshot = router.snapshot() as { workers: { activitySid: unknown }[] }
    assert.throws(() => createRouter({ restore: { version: 2 } }), { name: 'InvalidInput' })
    for (const worker of snapshot.workers) worker.activitySid = 7
    assert.throws(() => createRouter({ restore: snapshot }), /workers\[0\]\.activitySid/)
    for (const worker of snapshot.workers) worker.activitySid = 'WA-gone'
    assert.throws(() => createRouter({ restore: snapshot }), /refers to WA-gone/)
  })
})
