import assert from 'node:assert/strict'
import { createTestClock, type TestClock } from '../../../../../local/clock.ts'
import type { Execution } from '../../../../../local/twilio/studio/execution/execution.ts'
import {
  createExecutionStore,
  type ExecutionStore,
} from '../../../../../local/twilio/studio/execution/execution-store.ts'

const day = 24 * 60 * 60 * 1_000

describe('createExecutionStore', () => {
  let clock: TestClock
  let store: ExecutionStore
  let expired: string[]
  let count: number
  beforeEach(() => {
    clock = createTestClock(0)
    expired = []
    count = 0
    store = createExecutionStore(clock, (execution) => {
      expired.push(execution.sid)
      end(execution)
    })
  })
  afterEach(() => store.close())

  const sids = (found: Iterable<Execution>) => [...found].map(({ sid }) => sid)
  function begin(contact = 'ada', text = ''): Execution {
    const step = { sid: 'FT', scene: 0, name: 'next', from: 'a', to: 'b', type: text, at: 0 }
    const execution = {
      ...{ sid: `FN${++count}`, flowSid: 'FW1', contact, status: 'active' },
      ...{ startedAt: clock.now(), steps: [step], callSid: null, conversationSid: null },
    } as unknown as Execution
    store.add(execution)
    return execution
  }
  function end(execution: Execution) {
    execution.status = 'ended'
    store.ended(execution)
  }

  it('finds active ones by contact, conversation and call, oldest first', () => {
    const [one, two, other] = [begin(), begin(), begin('bob')]
    one.callSid = 'CA1'
    one.conversationSid = 'CH1'
    store.moved(one)
    assert.deepEqual(sids(store.active('FW1', 'ada')), [one.sid, two.sid])
    assert.deepEqual(sids(store.active('FW1', 'CH1')), [one.sid])
    assert.equal(store.ofCall('FW1', 'CA1'), one)
    assert.equal(store.ofCall('FW2', 'CA1'), undefined)
    one.callSid = 'CA2'
    store.moved(one)
    assert.equal(store.ofCall('FW1', 'CA1'), undefined)
    end(one)
    one.callSid = 'CA3'
    store.moved(one)
    assert.equal(store.ofCall('FW1', 'CA3'), undefined)
    assert.deepEqual(sids(store.active('FW1', 'ada')), [two.sid])
    assert.deepEqual(sids(store.active('FW1', 'bob')), [other.sid])
  })

  it('keeps the latest ten thousand that have ended, and all that are active', () => {
    const waiting = begin('bob')
    for (let i = 0; i < 10_010; i++) end(begin())
    assert.equal(sids(store.values()).length, 10_001)
    assert.equal(store.get(waiting.sid), waiting)
    assert.equal(store.get('FN11'), undefined)
    assert.equal(store.get('FN12')?.sid, 'FN12')
  })

  it('keeps fewer of those that say much', () => {
    const long = 'x'.repeat(4_000_000)
    for (let i = 0; i < 20; i++) end(begin('ada', long))
    assert.equal(sids(store.values()).length, 7)
  })

  it('forgets each thirty days after its start, and says so', async () => {
    end(begin())
    await clock.advance(day)
    begin()
    await clock.advance(29 * day)
    assert.deepEqual([sids(store.values()), expired], [['FN2'], ['FN1']])
    await clock.advance(day)
    assert.deepEqual([sids(store.values()), expired], [[], ['FN1', 'FN2']])
  })
})
