import assert from 'node:assert/strict'
import type { State } from '../engine/engine.ts'
import { sidOf, useWorkspace } from '../engine/story.ts'
import { type Properties, secret, unknown } from '../engine/wire.ts'

const queueType = 'twilio:taskrouter:TaskQueue'
const workflowType = 'twilio:taskrouter:Workflow'

type Filter = Readonly<Record<string, unknown>>

describe('a diff of routing', () => {
  const story = useWorkspace()
  let spanish = ''
  let english = ''
  let made: State

  const billing = () => ({
    filter_friendly_name: 'Billing',
    expression: 'topic == "billing" AND level > 3',
    targets: [
      { queue: spanish, timeout: 15, priority: 1 },
      { queue: english, timeout: 30, skip_if: 'workers.available == 0' },
    ],
  })
  const support = () => ({
    filter_friendly_name: 'Support',
    expression: 'topic == "support" OR topic == "other"',
    targets: [{ queue: english, expression: 'task.language IN worker.languages' }],
  })
  const sales = () => ({
    filter_friendly_name: 'Sales',
    expression: 'topic == "sales"',
    targets: [{ queue: english }],
  })
  const routing = (filters: readonly Filter[], queue: unknown = english) => ({
    task_routing: { filters, default_filter: { queue } },
  })
  const program = (configuration: unknown): Properties => ({
    friendlyName: 'Calls',
    configuration,
  })

  before(async () => {
    const up = async (friendlyName: string) =>
      sidOf(await story.up(queueType, undefined, { friendlyName }))
    spanish = await up('Spanish')
    english = await up('English')
    made = await story.up(workflowType, undefined, program(routing([billing(), support()])))
  })

  /** What a plan shows and says of this configuration. */
  async function plan(configuration: unknown, old = made) {
    story.said()
    const news = { workspaceSid: story.workspaceSid, ...program(configuration) }
    const inputs = await story.engine.check(workflowType, old.inputs, news)
    const { detailed, diffs, ofInputs } = await story.engine.diff(workflowType, old, inputs)
    assert.ok(ofInputs)
    const tops = Object.keys(detailed).map((path) => path.split(/[.[]/)[0])
    assert.ok(tops.every((top) => diffs.includes(String(top))))
    return { detailed, said: story.said().map(({ message }) => message) }
  }

  it('reads filters, tiers, queues and conditions by their names', () => {
    assert.deepEqual(made.inputs['routing'], {
      Billing: {
        position: 1,
        when: { topic: "== 'billing'", level: '> 3' },
        'tier 1': { queue: 'Spanish', timeout: '15 s', priority: 1 },
        'tier 2': { queue: 'English', timeout: '30 s', 'skip if': 'workers.available == 0' },
      },
      Support: {
        position: 2,
        when: "topic == 'support' OR topic == 'other'",
        'tier 1': { queue: 'English', workers: { 'task.language': 'IN worker.languages' } },
      },
      'default filter': { queue: 'English' },
    })
    assert.ok(!('routing' in made.outputs))
    assert.ok(story.twilio.requests().every(({ form }) => !form.has('Routing')))
  })

  it('addresses a target by its tier, an expression by its condition', async () => {
    const changed = billing()
    const targets = [
      { ...changed.targets[0], queue: english },
      { ...changed.targets[1], timeout: 60 },
    ]
    const expression = 'topic == "billing" AND level > 4 AND vip == true'
    assert.deepEqual(await plan(routing([{ ...changed, targets, expression }, support()])), {
      detailed: {
        'routing.Billing.when.level': 'update',
        'routing.Billing.when.vip': 'add',
        'routing.Billing["tier 1"].queue': 'update',
        'routing.Billing["tier 2"].timeout': 'update',
      },
      said: [
        'Billing: when level > 3 → > 4',
        'Billing: when vip == true added',
        'Billing: tier 1 queue Spanish → English',
        'Billing: tier 2 timeout 30 s → 60 s',
      ],
    })
  })

  it('tells a new filter by its place, and not that others make room', async () => {
    assert.deepEqual(await plan(routing([sales(), billing(), support()])), {
      detailed: { 'routing.Sales': 'add' },
      said: ['new filter Sales, before Billing'],
    })
    const { said } = await plan(routing([billing(), support(), sales()]))
    assert.deepEqual(said, ['new filter Sales, last'])
  })

  it('tells a filter that goes, moves, or is called something else', async () => {
    assert.deepEqual(await plan(routing([support()])), {
      detailed: { 'routing.Billing': 'delete' },
      said: ['filter Billing removed'],
    })
    assert.deepEqual(await plan(routing([support(), billing()])), {
      detailed: { 'routing.Support.position': 'update' },
      said: ['filter Support moved from 2 to 1'],
    })
    const invoices = { ...billing(), filter_friendly_name: 'Invoices' }
    assert.deepEqual(await plan(routing([invoices, support()])), {
      detailed: { 'routing.Billing': 'delete', 'routing.Invoices': 'add' },
      said: ['filter Billing is now called Invoices'],
    })
  })

  it('tells a tier that comes or goes as one change', async () => {
    const { targets, ...rest } = billing()
    const first = { queue: english, timeout: 5 }
    const more = await plan(routing([{ ...rest, targets: [first, ...targets] }, support()]))
    assert.deepEqual(more.said, ['Billing: new tier 1: queue English, timeout 5 s'])
    assert.equal(more.detailed['routing.Billing["tier 3"]'], 'add')
    const fewer = await plan(routing([{ ...rest, targets: targets.slice(0, 1) }, support()]))
    assert.deepEqual(fewer.detailed, { 'routing.Billing["tier 2"]': 'delete' })
    assert.deepEqual(fewer.said, [
      'Billing: tier 2 removed: queue English, timeout 30 s, skip if workers.available == 0',
    ])
  })

  it('addresses the default filter, and what TaskRouter keeps besides', async () => {
    const configuration = { ...routing([billing(), support()], spanish), note: 'kept' }
    assert.deepEqual(await plan(configuration), {
      detailed: { 'routing["default filter"].queue': 'update', 'routing.other': 'add' },
      said: ['default filter: queue English → Spanish', 'other note kept added'],
    })
  })

  it('knows filters without a name by their expression, and tells equal names apart', async () => {
    const unnamed = { expression: 'a=="b"', targets: [{ queue: spanish }] }
    const old = await story.up(
      workflowType,
      undefined,
      program(routing([billing(), { ...billing(), expression: 'b == 1' }, unnamed])),
    )
    assert.deepEqual(Object.keys(old.inputs['routing'] as object), [
      'Billing',
      'Billing (2)',
      "a == 'b'",
      'default filter',
    ])
    const changed = { ...unnamed, targets: [{ queue: english }] }
    const again = routing([billing(), { ...billing(), expression: 'b == 1' }, changed])
    assert.deepEqual((await plan(again, old)).detailed, {
      [`routing["a == 'b'"]["tier 1"].queue`]: 'update',
    })
  })

  it('leaves open what is not known yet', async () => {
    const { targets, ...rest } = billing()
    const open = [{ ...targets[0], queue: unknown, timeout: unknown }, ...targets.slice(1)]
    assert.deepEqual(await plan(routing([{ ...rest, targets: open }, support()])), {
      detailed: {
        'routing.Billing["tier 1"].queue': 'update',
        'routing.Billing["tier 1"].timeout': 'update',
      },
      said: [
        'Billing: tier 1 queue Spanish → (known after the deployment)',
        'Billing: tier 1 timeout 15 s → (known after the deployment)',
      ],
    })
    const whole = {
      detailed: { routing: 'update' },
      said: ['configuration is known after the deployment'],
    }
    assert.deepEqual(await plan(unknown), whole)
    const filters = await plan({ task_routing: { filters: unknown } })
    assert.deepEqual(filters.detailed, whole.detailed)
  })

  it('says a thing once', async () => {
    const news = { ...made.inputs, configuration: routing([billing()]) }
    story.said()
    await story.engine.diff(workflowType, made, news)
    await story.engine.diff(workflowType, made, news)
    assert.deepEqual(
      story.said().map(({ message, urn, severity }) => [message, urn.split('::')[2], severity]),
      [['filter Support removed', workflowType, 'info']],
    )
  })

  it('keeps a secret configuration to itself', async () => {
    story.said()
    const news = { workspaceSid: story.workspaceSid, ...program(secret(routing([sales()]))) }
    const inputs = await story.engine.check(workflowType, made.inputs, news)
    assert.deepEqual(Object.keys(inputs['routing'] as object).includes('Sales'), false)
    assert.deepEqual(inputs['routing'], secret((inputs['routing'] as Properties)['value']))
    const { detailed } = await story.engine.diff(workflowType, made, inputs)
    assert.ok('routing.Sales' in detailed)
    assert.deepEqual(story.said(), [])
  })

  it('shows the places in the document to an engine whose state has no reading', async () => {
    const { routing: _, ...inputs } = made.inputs
    const changed = { ...billing(), targets: [{ queue: spanish, timeout: 15, priority: 2 }] }
    const { detailed, said } = await plan(routing([changed, support()]), { ...made, inputs })
    assert.deepEqual(Object.keys(detailed), [
      'configuration.task_routing.filters[0].targets[0].priority',
      'configuration.task_routing.filters[0].targets[1]',
    ])
    assert.ok(said.includes('Billing: tier 1 priority 1 → 2'))
  })

  it('falls back to the document where two of them read the same', async () => {
    const swapped = { ...billing(), expression: 'level > 3 AND topic == "billing"' }
    assert.deepEqual(await plan(routing([swapped, support()])), {
      detailed: { 'configuration.task_routing.filters[0].expression': 'update' },
      said: ['configuration is written differently, and reads the same'],
    })
  })

  it('of a queue addresses its workers by conditions', async () => {
    const program = { friendlyName: 'Vips', targetWorkers: 'languages HAS "es" AND level > 3' }
    const old = await story.up(queueType, undefined, program)
    story.said()
    const targetWorkers = 'languages HAS "fr" AND level > 3'
    const inputs = await story.engine.check(queueType, old.inputs, { ...old.inputs, targetWorkers })
    const { detailed } = await story.engine.diff(queueType, old, inputs)
    assert.deepEqual(detailed, { 'workers.languages': 'update' })
    assert.deepEqual(
      story.said().map(({ message }) => message),
      ["workers: languages HAS 'es' → HAS 'fr'"],
    )
  })
})
