import assert from 'node:assert/strict'
import { available, busy, chat, createCentre, queue, task, voice, workflow } from './centre.ts'

describe('createRouter: which worker', () => {
  it('takes the worker who is longest without an assignment, never assigned ones first', () => {
    const { act, holders, newest } = createCentre({ anna: {}, bob: {}, carla: {} })
    act(queue('all'))
    act(workflow('WW', [['1==1', [{ queue: 'all' }]]]))
    const order = ['T1', 'T2', 'T3'].flatMap((sid) => {
      act(task(sid))
      return holders(sid)
    })
    assert.deepEqual(order, ['anna', 'bob', 'carla'])
    for (const sid of ['T3', 'T1', 'T2']) act({ kind: 'cancel-task', sid, reason: '' })
    act(task('T4'))
    assert.deepEqual(holders('T4'), ['anna'], 'the order of assignment counts, not of release')
    assert.ok(newest('T4'))
  })

  it('goes by order_by first, with workers who lack the attribute last', () => {
    const { act, holders } = createCentre({
      ...{ anna: {}, bob: { level: 2, tenure: 5 }, carla: { level: 9, tenure: 8 } },
      ...{ dora: { level: 9, tenure: 3 }, emil: { level: 'top' } },
    })
    act(queue('all'))
    const orderBy = 'worker.level DESC, worker.tenure ASC'
    act(workflow('WW', [['1==1', [{ queue: 'all', order_by: orderBy }]]]))
    const order = ['T1', 'T2', 'T3', 'T4', 'T5'].flatMap((sid) => {
      act(task(sid))
      return holders(sid)
    })
    assert.deepEqual(order, ['dora', 'carla', 'bob', 'anna', 'emil'])
  })

  it('looks at assignments of the same channel only, where the channel asks for it', () => {
    const { act, holders } = createCentre({ anna: {}, bob: {} })
    const put = { kind: 'put-task-channel', sid: voice, uniqueName: 'voice' } as const
    act({ ...put, channelOptimizedRouting: true })
    act(queue('all'))
    act(workflow('WW', [['1==1', [{ queue: 'all' }]]]))
    act(task('V1'))
    act({ kind: 'cancel-task', sid: 'V1', reason: '' })
    act(task('C1', {}, { taskChannelSid: chat }))
    assert.deepEqual(holders('C1'), ['bob'], 'anna had the last assignment of any channel')
    act(task('V2'))
    assert.deepEqual(holders('V2'), ['bob'], 'bob never had a task of this channel')
  })

  it('looks at what a worker does at the moment', () => {
    const { act, holders, newest } = createCentre({ anna: {} })
    act(queue('all'))
    const expression = "worker.channel.voice.assigned_tasks == 0 AND worker.activity_name != 'x'"
    act(workflow('WW', [['1==1', [{ queue: 'all', expression }]]]))
    act(task('V'))
    act({ kind: 'accept-reservation', sid: newest('V') })
    act(task('C', {}, { taskChannelSid: chat }))
    assert.deepEqual(holders('C'), [], 'a worker on a call gets no chat here')
    act({ kind: 'wrap-up-task', sid: 'V' })
    assert.deepEqual(holders('C'), ['anna'])
  })

  it('goes to workers whom the task names, as soon as one of them is free', () => {
    const { act, holders, newest } = createCentre({ anna: {}, bob: {}, carla: {} })
    act(queue('all'))
    const expression = 'worker.sid IN task.offered_to AND worker.channel.voice.assigned_tasks == 0'
    act(workflow('WW', [['1==1', [{ queue: 'all', expression }]]]))
    act(task('T1', { offered_to: ['bob', 'nobody'] }))
    assert.deepEqual(holders('T1'), ['bob'])
    act({ kind: 'accept-reservation', sid: newest('T1') })
    act(task('T2', { offered_to: ['bob'] }))
    act(task('T3', { offered_to: 'anna' }))
    assert.deepEqual(holders('T2'), [], 'bob is busy')
    assert.deepEqual(holders('T3'), [], 'a text is no list')
    act({ kind: 'complete-task', sid: 'T1', reason: '' })
    assert.deepEqual(holders('T2'), ['bob'])
    const dora = { sid: 'dora', friendlyName: 'dora', attributes: {}, activitySid: available }
    act({ kind: 'put-worker', ...dora })
    act(task('T4', { offered_to: ['dora'] }))
    assert.deepEqual(holders('T4'), ['dora'])
  })

  it('matches the task’s attributes with each worker’s', () => {
    const { act, holders } = createCentre({
      anna: { languages: ['en'] },
      bob: { languages: ['es'] },
    })
    act(queue('all'))
    const expression = 'task.language IN worker.languages'
    act(workflow('WW', [['1==1', [{ queue: 'all', expression }]]]))
    act(task('T1', { language: 'es' }))
    act(task('T2', { language: 'es' }))
    act(task('T3', { language: 'en' }))
    assert.deepEqual([holders('T1'), holders('T2'), holders('T3')], [['bob'], [], ['anna']])
    const anna = { kind: 'put-worker', sid: 'anna', friendlyName: 'anna' } as const
    act({ kind: 'cancel-task', sid: 'T3', reason: '' })
    act({ ...anna, attributes: { languages: ['es'] }, activitySid: available })
    assert.deepEqual(holders('T2'), ['anna'], 'membership follows the attributes')
  })

  it('gives nobody to an empty TargetWorkers, until it is filled', () => {
    const { act, holders, router } = createCentre({ anna: { team: 'a' } })
    act(queue('all', { targetWorkers: '' }))
    act(workflow('WW', [['1==1', [{ queue: 'all' }]]]))
    act(task('WT'))
    assert.deepEqual([holders('WT'), router.queueMembers('all')], [[], []])
    act(queue('all', { targetWorkers: "team == 'a'" }))
    assert.deepEqual([holders('WT'), router.queueMembers('all')], [['anna'], ['anna']])
  })

  it('works with more workers than a word has bits', () => {
    const workers = Array.from({ length: 100 }, (_, i) => [`w${i}`, { number: i }] as const)
    const { act, holders } = createCentre(Object.fromEntries(workers))
    act(queue('all', { targetWorkers: 'number >= 98' }))
    act(workflow('WW', [['1==1', [{ queue: 'all' }]]]))
    for (const sid of ['T1', 'T2', 'T3']) act(task(sid))
    assert.deepEqual([holders('T1'), holders('T2'), holders('T3')], [['w98'], ['w99'], []])
  })
})

describe('createRouter: which task', () => {
  function waiting(order: 'FIFO' | 'LIFO') {
    const centre = createCentre({ anna: {} })
    centre.act(queue('all', { taskOrder: order }))
    centre.act(workflow('WW', [['1==1', [{ queue: 'all' }]]]))
    centre.act({ kind: 'set-worker-activity', sid: 'anna', activitySid: busy })
    return centre
  }

  function served({ act, newest, holders }: ReturnType<typeof waiting>, sids: readonly string[]) {
    act({ kind: 'set-worker-activity', sid: 'anna', activitySid: available })
    const order: string[] = []
    for (;;) {
      const sid = sids.find((each) => !order.includes(each) && holders(each).length > 0)
      if (!sid) return order
      order.push(sid)
      act({ kind: 'accept-reservation', sid: newest(sid) })
      act({ kind: 'complete-task', sid, reason: 'done' })
    }
  }

  it('takes the highest priority first, then the oldest by its virtual start', () => {
    const centre = waiting('FIFO')
    const { act, at, router } = centre
    act(task('T1'))
    at(1)
    act(task('T2', {}, { priority: 5 }))
    at(2)
    act(task('T3', {}, { priority: 5 }))
    act(task('T4', {}, { virtualStartTime: 0 }))
    act(task('T5'))
    act({ kind: 'update-task', sid: 'T5', priority: 9 })
    assert.equal(router.task('T5')?.priority, 9)
    const order = served(centre, ['T1', 'T2', 'T3', 'T4', 'T5'])
    assert.deepEqual(order, ['T5', 'T2', 'T3', 'T4', 'T1'])
  })

  it('takes the newest first in a LIFO queue, whatever the priorities', () => {
    const centre = waiting('LIFO')
    centre.act(task('T1', {}, { priority: 9 }))
    centre.at(1)
    centre.act(task('T2'))
    centre.at(2)
    centre.act(task('T3'))
    assert.deepEqual(served(centre, ['T1', 'T2', 'T3']), ['T3', 'T2', 'T1'])
  })

  it('sorts waiting tasks again when the queue changes its order', () => {
    const centre = waiting('FIFO')
    for (const [second, sid] of [...['T1', 'T2', 'T3'].entries()]) {
      centre.at(second)
      centre.act(task(sid))
    }
    centre.act(queue('all', { taskOrder: 'LIFO' }))
    assert.deepEqual(served(centre, ['T1', 'T2', 'T3']), ['T3', 'T2', 'T1'])
  })

  it('serves queues of the kind that the workspace prefers first', () => {
    const centre = waiting('FIFO')
    const { act } = centre
    act(queue('stack', { taskOrder: 'LIFO' }))
    act(
      workflow('WW', [
        ['lifo == true', [{ queue: 'stack' }]],
        ['1==1', [{ queue: 'all' }]],
      ]),
    )
    act({
      kind: 'put-workspace',
      timeoutActivitySid: 'WA-offline',
      prioritizeQueueOrder: 'LIFO',
    })
    act(task('T1', {}, { priority: 9 }))
    act(task('T2', { lifo: true }))
    assert.deepEqual(served(centre, ['T1', 'T2']), ['T2', 'T1'])
  })

  it('keeps the place of a rejected task by its age', () => {
    const { act, newest, holders } = waiting('FIFO')
    act({ kind: 'set-worker-activity', sid: 'anna', activitySid: available })
    act(task('T1'))
    act(task('T2'))
    act({ kind: 'reject-reservation', sid: newest('T1') })
    assert.deepEqual([holders('T1'), holders('T2')], [['anna'], []])
  })
})
