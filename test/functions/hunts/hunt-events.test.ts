import assert from 'node:assert/strict'
import { goneCaller, huntNews } from '../../../functions/hunts/hunt-events.ts'

const task = (attributes: object) => ({ TaskAttributes: JSON.stringify(attributes) })
const own = task({ hunt_id: 'HU1', hunt_task: 'HU1_0', hunt_waits: false })

describe('huntNews', () => {
  it('leaves the tasks of calls alone', () => {
    assert.equal(huntNews({ EventType: 'task.canceled', ...task({ call_sid: 'CA1' }) }), undefined)
    assert.equal(huntNews({ EventType: 'task.canceled', TaskAttributes: '{' }), undefined)
  })

  it('tells of a task that somebody else canceled, and not of one that the hunt ended', () => {
    const canceled = (TaskCanceledReason: string) =>
      huntNews({
        EventType: 'task.canceled',
        TaskAssignmentStatus: 'canceled',
        TaskCanceledReason,
        ...own,
      })?.event
    assert.deepEqual(canceled('Task TTL Exceeded'), {
      ...{ kind: 'task-lost', key: 'HU1_0', reason: 'Task TTL Exceeded' },
    })
    assert.equal(canceled('hunt: the tier is over'), null)
  })

  it('tells of new reservations only for tasks that wait: those of the others are looked up', () => {
    const created = { EventType: 'reservation.created', ReservationSid: 'WR1', WorkerSid: 'WK1' }
    assert.equal(huntNews({ ...created, ...own })?.event, null)
    const waiting = task({ hunt_id: 'HU1', hunt_task: 'HU1_1', hunt_waits: true })
    assert.deepEqual(huntNews({ ...created, ...waiting })?.event, {
      ...{ kind: 'reservation', key: 'HU1_1', workerSid: 'WK1', sid: 'WR1', status: 'pending' },
    })
  })

  it('tells of a rejection only when it was not made here, where the agent is taken off first', () => {
    const rejected = (offered: readonly string[]) =>
      huntNews({
        ...{ EventType: 'reservation.rejected', ReservationSid: 'WR1', WorkerSid: 'WK1' },
        ...task({ hunt_id: 'HU1', hunt_task: 'HU1_0', hunt_waits: false, offered_to: offered }),
      })?.event
    assert.equal(rejected(['WK2']), null)
    assert.deepEqual(rejected(['WK1', 'WK2']), {
      ...{ kind: 'reservation', key: 'HU1_0', workerSid: 'WK1', sid: 'WR1', status: 'rejected' },
    })
  })
})

describe('goneCaller', () => {
  it('is the call that ended, or the participant who left', () => {
    assert.equal(goneCaller({ CallSid: 'CA1', CallStatus: 'completed' }), 'CA1')
    const left = { StatusCallbackEvent: 'participant-leave', ConferenceSid: 'CF1', CallSid: 'CA1' }
    assert.equal(goneCaller(left), 'CA1')
    assert.equal(goneCaller({ CallSid: 'CA1', CallStatus: 'ringing' }), undefined)
  })
})
