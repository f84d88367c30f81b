import assert from 'node:assert/strict'
import { checkWorkflow, describeWorkflowProblem } from '../../../routing/index.ts'

type Filter = { expression: string; targets: object[]; filter_friendly_name?: string }

function configuration(
  filters: readonly Filter[],
  defaultFilter: object | null = { queue: 'WQ1' },
) {
  return { task_routing: { filters, ...(defaultFilter && { default_filter: defaultFilter }) } }
}

/** Severity and path of each problem. */
const found = (value: unknown) =>
  checkWorkflow(value).map(({ severity, path }) => `${severity} ${path}`)

const all = '1==1'

describe('checkWorkflow', () => {
  it('finds nothing wrong with a sound configuration, parsed or as text', () => {
    const sound = configuration([
      {
        filter_friendly_name: 'Sales',
        expression: "type == 'sales'",
        targets: [
          {
            queue: 'WQ1',
            expression: 'task.language IN worker.languages',
            ...{ timeout: '30', priority: 10, order_by: 'worker.level DESC' },
            ...{ skip_if: 'workers.available == 0', known_worker_sid: 'task.agent_sid' },
          },
          { timeout: 60 },
        ],
      },
    ])
    assert.deepEqual(found(sound), [])
    assert.deepEqual(found(JSON.stringify(sound)), [])
    assert.deepEqual(found({ task_routing: { default_filter: { queue: 'WQ1' } } }), [])
  })

  it('names the property, the position and the remedy of a broken expression', () => {
    const broken = configuration([
      { expression: 'a == 1', targets: [{ queue: 'WQ1', timeout: 5 }] },
      {
        expression: 'b == 1',
        targets: [{ queue: 'WQ1', expression: "worker.level > 5 AND language == 'es'" }],
      },
    ])
    const [problem, ...others] = checkWorkflow(broken)
    assert.deepEqual(others, [])
    assert.deepEqual(problem, {
      severity: 'error',
      path: 'task_routing.filters[1].targets[0].expression',
      message: '“language” has no prefix that a target knows',
      remedy: 'write task.language or worker.language, or put quotes around a text',
      position: { line: 1, column: 22 },
      excerpt: "  worker.level > 5 AND language == 'es'\n                       ^",
    })
    assert.match(problem ? describeWorkflowProblem(problem) : '', /line 1, column 22.*write task/)
  })

  it('checks skip_if, order_by and known workers in their own terms', () => {
    const target = {
      queue: 'WQ1',
      ...{ skip_if: 'worker.available == 0', order_by: 'level DESC' },
      ...{ known_worker_sid: 'agent_sid', known_worker_friendly_name: 'task.agent' },
    }
    assert.deepEqual(found(configuration([{ expression: all, targets: [target] }], null)), [
      'error task_routing.filters[0].targets[0].skip_if',
      'error task_routing.filters[0].targets[0].order_by',
      'error task_routing.filters[0].targets[0]',
      'error task_routing.filters[0].targets[0].known_worker_sid',
    ])
  })

  it('wants a queue in the first target and in the default filter', () => {
    const missing = configuration([{ expression: 'a == 1', targets: [{ timeout: 5 }] }], {})
    assert.deepEqual(found(missing), [
      'error task_routing.filters[0].targets[0].queue',
      'error task_routing.default_filter.queue',
    ])
  })

  it('refuses a filter behind a catch-all that is never left', () => {
    const filters = [
      { expression: '(1==1)', targets: [{ queue: 'WQ1' }] },
      { expression: 'a == 1', targets: [{ queue: 'WQ1' }] },
    ]
    assert.deepEqual(found(configuration(filters)), ['error task_routing.filters[1]'])
  })

  it('warns of a filter that is reached only when the catch-all before it is left', () => {
    const filters = [
      { expression: all, targets: [{ queue: 'WQ1', timeout: 5 }] },
      { expression: 'a == 1', targets: [{ queue: 'WQ1' }] },
    ]
    assert.deepEqual(found(configuration(filters)), ['warning task_routing.filters[1]'])
  })

  it('refuses steps behind one with neither timeout nor skip_if', () => {
    const targets = [{ queue: 'WQ1', timeout: 5 }, {}, { timeout: 5 }]
    assert.deepEqual(found(configuration([{ expression: 'a == 1', targets }])), [
      'error task_routing.filters[0].targets[2]',
    ])
  })

  it('refuses a timeout in the default filter, and timeouts that are not positive', () => {
    assert.deepEqual(found(configuration([], { queue: 'WQ1', timeout: 5 })), [
      'error task_routing.default_filter.timeout',
    ])
    const zero = configuration([{ expression: 'a == 1', targets: [{ queue: 'WQ1', timeout: 0 }] }])
    assert.ok(found(zero).every((problem) => problem.includes('targets[0].timeout')))
    assert.ok(found(zero).length > 0)
  })

  it('warns of what is legal and most likely a mistake', () => {
    const targets = [{ queue: 'WQ1' }]
    const filters = [
      { expression: "task.type == 'sales'", targets, filter_friendly_name: 'Sales' },
      { expression: 'type == sales', targets, filter_friendly_name: 'Sales' },
      { expression: "type IN 'sales'", targets },
      { expression: '1==2', targets },
    ]
    assert.deepEqual(found(configuration(filters)), [
      'warning task_routing.filters[0].expression',
      'warning task_routing.filters[1].expression',
      'warning task_routing.filters[2].expression',
      'warning task_routing.filters[3].expression',
      'warning task_routing.filters[1].filter_friendly_name',
    ])
  })

  it('takes a skip_if that never holds for none', () => {
    const targets = [{ queue: 'WQ1', skip_if: '1==2' }, {}]
    const [problem] = checkWorkflow(configuration([{ expression: 'a == 1', targets }]))
    assert.equal(problem?.path, 'task_routing.filters[0].targets[1]')
    assert.match(problem?.message ?? '', /never reached.*a skip_if that can hold/)
  })

  it('warns where a task that no filter matches would be lost', () => {
    const filters = [{ expression: 'a == 1', targets: [{ queue: 'WQ1' }] }]
    const [problem] = checkWorkflow(configuration(filters, null))
    assert.equal(problem?.severity, 'warning')
    assert.equal(problem?.path, 'task_routing.default_filter')
    const last = { expression: all, targets: [{ queue: 'WQ1' }] }
    assert.deepEqual(found(configuration([...filters, last], null)), [])
  })

  it('warns of timeouts that add up to more than a task’s usual life, and refuses more than the longest', () => {
    const ladder = (...timeouts: (number | string)[]) =>
      configuration([
        { expression: 'a == 1', targets: timeouts.map((timeout) => ({ queue: 'WQ1', timeout })) },
      ])
    assert.deepEqual(found(ladder(80_000, '6400')), [])
    const [usual, ...others] = checkWorkflow(ladder(80_000, 10_000, 10_000))
    assert.deepEqual(others, [])
    assert.equal(
      usual && describeWorkflowProblem(usual),
      'warning: task_routing.filters[0].targets[1]: ends at the age of 90000 s, and a task lives 86400 s unless whoever creates it says otherwise; shorten the timeouts of this filter, or create its tasks with a longer Timeout',
    )
    assert.deepEqual(found(ladder(1_209_600, 10)), [
      'warning task_routing.filters[0].targets[0]',
      'error task_routing.filters[0].targets[1]',
    ])
  })

  it('says what is wrong with the shape, the JSON, and the size', () => {
    assert.deepEqual(found({}), ['error task_routing'])
    assert.deepEqual(found({ task_routing: {} }), ['error task_routing'])
    assert.match(checkWorkflow('{"task_routing": ')[0]?.message ?? '', /not JSON/)
    assert.match(checkWorkflow(' '.repeat(1_038_577))[0]?.message ?? '', /1038577 bytes/)
  })
})
