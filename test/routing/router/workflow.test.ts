import assert from 'node:assert/strict'
import { available, createCentre, kinds, offline, queue, start, task, workflow } from './centre.ts'

/** Two tiers of the queue “all”: tier 1 for 10 s, then everybody for 20 s more. */
function tiered() {
  const centre = createCentre({ anna: { tier: 1 }, bob: { tier: 2 } })
  centre.act(queue('all'))
  centre.act(
    workflow('WW', [
      ['1==1', [{ queue: 'all', expression: 'worker.tier == 1', timeout: 10 }, { timeout: 20 }]],
    ]),
  )
  return centre
}

describe('createRouter: workflows', () => {
  it('announces a task in Twilio’s order and reserves it at once', () => {
    const { act } = tiered()
    assert.deepEqual(kinds(act(task('WT'))), [
      'task.created',
      'workflow.entered',
      'workflow.target-matched',
      'task-queue.entered',
      'reservation.created',
    ])
  })

  it('shows in each event the task as it was then', () => {
    const { act } = tiered()
    const states = act(task('WT')).map((event) =>
      'task' in event ? [event.task.status, event.task.taskQueueSid] : [],
    )
    assert.deepEqual(states, [
      ['pending', null],
      ['pending', null],
      ['pending', 'all'],
      ['pending', 'all'],
      ['reserved', 'all'],
    ])
  })

  it('goes to the next step at the deadline, each timer at its own time', () => {
    const { act, at, task: show, holders } = tiered()
    act({ kind: 'set-worker-activity', sid: 'anna', activitySid: offline })
    act({ kind: 'set-worker-activity', sid: 'bob', activitySid: offline })
    act(task('WT'))
    assert.equal(show('WT').targetDeadline, start + 10_000)
    const events = at(12)
    assert.deepEqual(
      events.map(({ kind, at: time }) => [kind, (time - start) / 1000]),
      [
        ['task-queue.timeout', 10],
        ['workflow.target-matched', 10],
        ['task-queue.entered', 10],
      ],
    )
    assert.equal(show('WT').targetDeadline, start + 30_000)
    act({ kind: 'set-worker-activity', sid: 'bob', activitySid: available })
    assert.deepEqual(holders('WT'), ['bob'])
  })

  it('cancels a task whose last step times out, without using the default filter', () => {
    const { act, at, router } = createCentre()
    act(queue('all'))
    act(queue('rest'))
    act(workflow('WW', [['1==1', [{ queue: 'all', timeout: 10 }]]], { defaultQueue: 'rest' }))
    act(task('WT'))
    assert.deepEqual(kinds(at(10)), ['task-queue.timeout', 'workflow.timeout', 'task.canceled'])
    assert.equal(router.task('WT'), undefined)
    assert.equal(router.nextTimerAt(), null)
  })

  it('puts a task that no filter matches into the default filter', () => {
    const { act, task: show } = createCentre()
    act(queue('sales'))
    act(queue('rest'))
    act(workflow('WW', [["type == 'sales'", [{ queue: 'sales' }]]], { defaultQueue: 'rest' }))
    act(task('WT', { type: 'support' }))
    assert.deepEqual([show('WT').taskQueueSid, show('WT').filterIndex], ['rest', -1])
  })

  it('cancels a task that nothing matches at once', () => {
    const { act, router } = createCentre()
    act(queue('sales'))
    act(workflow('WW', [["type == 'sales'", [{ queue: 'sales' }]]]))
    const events = kinds(act(task('WT')))
    assert.deepEqual(events.slice(-2), ['workflow.timeout', 'task.canceled'])
    assert.equal(router.task('WT'), undefined)
  })

  it('takes a later filter that matches too after a timeout, and counts its deadlines on', () => {
    const { act, at, task: show } = createCentre()
    act(queue('first'))
    act(queue('second'))
    act(
      workflow('WW', [
        ['vip == true', [{ queue: 'first', timeout: 10 }]],
        ['vip == false', [{ queue: 'first' }]],
        ['1==1', [{ queue: 'second', timeout: 5, priority: '7' }]],
      ]),
    )
    act(task('WT', { vip: true }))
    const moved = at(10).find(({ kind }) => kind === 'task-queue.moved')
    assert.equal(moved && 'previousTaskQueueSid' in moved && moved.previousTaskQueueSid, 'first')
    const { filterIndex, targetDeadline, priority, filterFriendlyName } = show('WT')
    assert.deepEqual([filterIndex, targetDeadline, priority], [2, start + 15_000, 7])
    assert.equal(filterFriendlyName, 'filter 2')
  })

  it('skips a step when nobody can take the task and skip_if holds', () => {
    const { act, task: show } = createCentre({ anna: { tier: 1 } })
    act(queue('one', { targetWorkers: 'tier == 1' }))
    act(queue('two', { targetWorkers: 'tier == 2' }))
    act(
      workflow('WW', [
        [
          '1==1',
          [{ queue: 'one', skip_if: 'workers.available == 0', timeout: 10 }, { queue: 'two' }],
        ],
      ]),
    )
    act(task('WT1'))
    assert.equal(show('WT1').status, 'reserved')
    act(task('WT2'))
    assert.equal(show('WT2').taskQueueSid, 'one', 'anna is busy, yet available')
    act({ kind: 'set-worker-activity', sid: 'anna', activitySid: offline })
    act(task('WT3'))
    assert.equal(show('WT3').taskQueueSid, 'two')
  })

  it('counts workers of one activity in skip_if, over the queue and not over the expression', () => {
    const { act, task: show } = createCentre({ anna: { tier: 1 }, bob: { tier: 2 } })
    act(queue('all'))
    act({ kind: 'put-activity', sid: 'WAx', friendlyName: 'x', available: false })
    act({ kind: 'set-worker-activity', sid: 'bob', activitySid: 'WAx' })
    act({ kind: 'set-worker-activity', sid: 'anna', activitySid: offline })
    const skipIf = 'workers.WAx == 1 AND workers.available == 0 AND workers.unavailable == 2'
    act(
      workflow('WW', [
        ['1==1', [{ queue: 'all', expression: 'worker.tier == 1', skip_if: skipIf }, {}]],
      ]),
    )
    act(task('WT'))
    assert.equal(show('WT').targetIndex, 1)
  })

  it('reaches the default filter by a skip, and ends behind the last skip', () => {
    const { act, task: show, router } = createCentre()
    act(queue('all'))
    act(queue('rest'))
    const skipping = [['1==1', [{ queue: 'all', skip_if: '1==1' }]]] as const
    act(workflow('WW', [['1==1', [...skipping[0][1]]]], { defaultQueue: 'rest' }))
    act(task('WT1'))
    assert.equal(show('WT1').taskQueueSid, 'rest')
    act(workflow('WW', [['1==1', [...skipping[0][1]]]]))
    assert.deepEqual(kinds(act(task('WT2'))).slice(-2), ['workflow.skipped', 'task.canceled'])
    assert.equal(router.task('WT2'), undefined)
  })

  it('offers a task to its known worker only', () => {
    const { act, holders, task: show } = createCentre({ anna: {}, bob: {} })
    act(queue('all'))
    act(
      workflow('WW', [
        ['by == 1', [{ queue: 'all', known_worker_sid: 'task.agent' }]],
        ['by == 2', [{ queue: 'all', known_worker_friendly_name: 'task.agent' }]],
      ]),
    )
    act(task('WT1', { by: 1, agent: 'bob' }))
    act(task('WT2', { by: 2, agent: 'Anna' }))
    act(task('WT3', { by: 1, agent: 'carla' }))
    act(task('WT4', { by: 1, agent: null }))
    assert.deepEqual([holders('WT1'), holders('WT2')], [['bob'], ['anna']])
    assert.deepEqual([show('WT3').status, show('WT4').status], ['pending', 'pending'])
  })

  it('starts again at the first filter when a waiting task’s attributes change, and keeps its age', () => {
    const { act, at, task: show } = createCentre()
    act(queue('en'))
    act(queue('es'))
    const steps = (sid: string) => [{ queue: sid, timeout: 10 }, { timeout: 10 }, { timeout: 10 }]
    act(
      workflow('WW', [
        ["lang == 'en'", steps('en')],
        ["lang == 'es'", steps('es')],
      ]),
    )
    act(task('WT', { lang: 'en' }))
    at(25)
    const events = act({ kind: 'update-task', sid: 'WT', attributes: { lang: 'es' } })
    assert.equal(events[0]?.kind, 'task.updated')
    assert.deepEqual(
      [show('WT').taskQueueSid, show('WT').targetIndex, show('WT').targetDeadline],
      ['es', 2, start + 30_000],
    )
  })

  it('leaves waiting tasks in their version of the workflow unless told to re-evaluate them', () => {
    const { act, at, task: show } = createCentre()
    act(queue('old'))
    act(queue('new'))
    act(workflow('WW', [['1==1', [{ queue: 'old', timeout: 10 }, { timeout: 10 }]]]))
    act(task('WT1'))
    act(workflow('WW', [['1==1', [{ queue: 'new' }]]]))
    assert.equal(show('WT1').taskQueueSid, 'old')
    at(10)
    assert.deepEqual([show('WT1').taskQueueSid, show('WT1').targetIndex], ['old', 1])
    act(workflow('WW', [['1==1', [{ queue: 'new' }]]], { reEvaluateTasks: true }))
    assert.deepEqual([show('WT1').taskQueueSid, show('WT1').targetIndex], ['new', 0])
  })

  it('refuses to delete a queue that a workflow or a task of an earlier version needs', () => {
    const { act, at } = createCentre()
    act(queue('old'))
    act(queue('new'))
    act(workflow('WW', [['1==1', [{ queue: 'old', timeout: 10 }]]]))
    const remove = () => act({ kind: 'delete-task-queue', sid: 'old' })
    assert.throws(remove, { name: 'RouterRefusal', status: 400 })
    act(task('WT'))
    act(workflow('WW', [['1==1', [{ queue: 'new' }]]]))
    assert.throws(remove, { name: 'RouterRefusal', status: 400 })
    at(10)
    assert.doesNotThrow(remove)
  })

  it('refuses a workflow that it cannot read, and names the property', () => {
    const { act } = createCentre()
    act(queue('all'))
    assert.throws(
      () => act(workflow('WW', [['a = = 1', [{ queue: 'all' }]]])),
      /task_routing\.filters\[0\]\.expression.*\n.*a = = 1/,
    )
    assert.throws(
      () => act(workflow('WW', [['1==1', [{ queue: 'other' }]]])),
      /targets\[0\]\.queue other is not a task queue/,
    )
  })
})
