import assert from 'node:assert/strict'
import type { State } from '../engine/engine.ts'
import { sidOf, useTwilio } from '../engine/story.ts'
import type { Properties } from '../engine/wire.ts'
import { greetingFlow } from './greeting-flow.ts'

const type = 'twilio:studio:Flow'

type Widget = ReturnType<typeof greetingFlow>['states'][number]

describe('a diff of a flow', () => {
  const story = useTwilio()
  let made: State

  const program = (definition: object): Properties => ({
    friendlyName: 'Main line',
    status: 'published',
    definition,
  })

  before(async () => {
    made = (await story.engine.up(type, undefined, program(greetingFlow()))).state
  })

  /** What a plan shows and says of this definition. */
  async function plan(definition: object, old = made) {
    story.said()
    const inputs = await story.engine.check(type, old.inputs, program(definition))
    const { detailed, changes, ofInputs } = await story.engine.diff(type, old, inputs)
    assert.ok(ofInputs)
    const said = story.said().filter(({ severity }) => severity === 'info')
    return { detailed, changes, inputs, said: said.map(({ message }) => message) }
  }

  it('says which key leads somewhere else, by the names of the widgets', async () => {
    const { detailed, said, inputs } = await plan(greetingFlow({ one: 'sales' }))
    assert.deepEqual(detailed, { 'widgets.menu["on keypress 1"]': 'update' })
    assert.deepEqual(said, ['menu: on keypress 1 goes to sales instead of billing'])
    const reading = inputs['widgets'] as Readonly<Record<string, unknown>>
    const widgets = ['Trigger', 'billing', 'greeting', 'menu', 'sales']
    assert.deepEqual(Object.keys(reading).sort(), widgets)
    assert.deepEqual(reading['greeting'], {
      type: 'gather-input-on-call',
      timeout: '5 s',
      say: 'Good morning',
      number_of_digits: 1,
      'on keypress': 'menu',
      'on timeout': 'sales',
    })
  })

  it('tells properties, new widgets and removed ones', async () => {
    const changed = {
      ...edited('greeting', (widget) => ({
        ...widget,
        properties: { ...widget.properties, say: 'Good evening', timeout: 10 },
        transitions: [{ event: 'keypress', next: 'menu' }],
      })),
      flags: { allow_concurrent_calls: false },
    }
    const closed = {
      name: 'closed',
      type: 'say-play',
      transitions: [],
      properties: { say: 'We are closed' },
    }
    const states = [...changed.states.filter(({ name }) => name !== 'billing'), closed]
    const pointed = JSON.parse(
      JSON.stringify({ ...changed, states }).replaceAll('"billing"', '"closed"'),
    )
    const { detailed, said } = await plan(pointed)
    assert.deepEqual(detailed, {
      'widgets.greeting.timeout': 'update',
      'widgets.greeting.say': 'update',
      'widgets.greeting["on timeout"]': 'delete',
      'widgets.menu["on keypress 1"]': 'update',
      'widgets.billing': 'delete',
      'widgets.closed': 'add',
      'settings.flags.allow_concurrent_calls': 'update',
    })
    assert.deepEqual(said, [
      'greeting: timeout 5 s → 10 s',
      'greeting: say Good morning → Good evening',
      'greeting: on timeout ends the flow instead of going to sales',
      'menu: on keypress 1 goes to closed instead of billing',
      'widget billing removed (enqueue-call)',
      'new widget closed (say-play)',
      'flags: allow_concurrent_calls true → false',
    ])
  })

  it('tells a new name as such', async () => {
    const renamed = JSON.parse(JSON.stringify(greetingFlow()).replaceAll('"billing"', '"accounts"'))
    assert.deepEqual((await plan(renamed)).said, ['billing is now called accounts'])
  })

  it('tells branches that are added, go, and change their turn', async () => {
    const menu = (...asked: readonly (readonly [string, string, string])[]) =>
      edited('menu', (widget) => ({
        ...widget,
        transitions: [
          { event: 'noMatch', next: 'sales' },
          ...asked.map(([kind, value, next]) => ({
            event: 'match',
            next,
            conditions: [
              {
                friendly_name: `If value ${kind} ${value}`,
                arguments: ['{{widgets.greeting.Digits}}'],
                type: kind,
                value,
              },
            ],
          })),
        ],
      }))
    const two = [
      ['matches_any_of', '1,2', 'billing'],
      ['starts_with', '1', 'sales'],
    ] as const
    const before = (await story.engine.up(type, undefined, program(menu(...two)))).state
    assert.deepEqual((await plan(menu(two[1], two[0]), before)).said, [
      'menu: asks first keypress beginning with 1, then keypress 1 or 2',
    ])
    assert.deepEqual((await plan(menu(...two, ['equal_to', '9', 'greeting']), before)).said, [
      'menu: on keypress 9 goes to greeting',
    ])
    assert.deepEqual((await plan(menu(two[0]), before)).said, [
      'menu: on keypress beginning with 1 ends the flow instead of going to sales',
    ])
  })

  it('is a remark when widgets only moved on the canvas, and an up writes nothing', async () => {
    const moved = JSON.parse(
      JSON.stringify(greetingFlow()).replace('"x":20', '"x":-30').replace('"y":400', '"y":500'),
    ) as object
    const { changes, said } = await plan(moved)
    assert.equal(changes, 'none')
    assert.deepEqual(said, ['only moved on the canvas: greeting, menu'])
    story.twilio.forget()
    assert.equal((await story.engine.up(type, made, program(moved))).step, 'same')
    assert.deepEqual(story.twilio.requests(), [])
  })

  it('tells of a widget that moved and changed only what changed', async () => {
    const moved = JSON.parse(
      JSON.stringify(greetingFlow({ say: 'Good day' }))
        .replace('"x":20', '"x":-30')
        .replace('"y":400', '"y":500'),
    ) as object
    assert.deepEqual((await plan(moved)).said, [
      'greeting: say Good morning → Good day',
      'only moved on the canvas: menu',
    ])
  })

  it('names what a flow refers to, and says of a SID that nobody knows it', async () => {
    const workspace = await story.engine.up('twilio:taskrouter:Workspace', undefined, {
      friendlyName: 'Support',
    })
    const workspaceSid = workspace.state.id
    const queue = await story.engine.up('twilio:taskrouter:TaskQueue', undefined, {
      workspaceSid,
      friendlyName: 'Everyone',
    })
    const workflow = await story.engine.up('twilio:taskrouter:Workflow', undefined, {
      workspaceSid,
      friendlyName: 'Calls',
      configuration: { task_routing: { default_filter: { queue: sidOf(queue.state) } } },
    })
    const to = (workflow_sid: string) =>
      edited('billing', (widget) => ({
        ...widget,
        properties: { workflow_sid, task_attributes: '{"topic": "billing"}' },
      }))
    const unknown = `WW${'0'.repeat(32)}`
    const { said, inputs } = await plan(to(sidOf(workflow.state)))
    assert.deepEqual(said.toSorted(), [
      'billing: queue_name Billing removed',
      'billing: task_attributes topic billing added',
      'billing: workflow_sid Calls added',
    ])
    const old = { ...made, inputs }
    assert.deepEqual((await plan(to(unknown), old)).said, [
      `billing: workflow_sid Calls → ${unknown} (not in this stack)`,
    ])
  })

  it('tells what somebody changed in the console in the same words', async () => {
    const { state } = await story.engine.up(type, undefined, program(greetingFlow()))
    await story.twilio.sdk.studio.v2.flows(sidOf(state)).update({
      status: 'published',
      definition: greetingFlow({ one: 'sales' }),
      commitMessage: 'lunch break',
    })
    story.said()
    const seen = await story.engine.refresh(type, state)
    assert.deepEqual(Object.keys(seen?.drift.detailed ?? {}), ['widgets.menu["on keypress 1"]'])
    const [news, drift] = story.said()
    assert.equal(news?.severity, 'warning')
    assert.match(
      news?.message ?? '',
      /^revision 2 \(published\) was saved by somebody else at .*Z \(“lunch break”\); the last that this stack knew of is revision 1$/,
    )
    assert.equal(
      drift?.message,
      'changed at Twilio: menu: on keypress 1 goes to sales instead of billing',
    )
  })
})

function edited(name: string, change: (widget: Widget) => object) {
  const flow = greetingFlow()
  return {
    ...flow,
    states: flow.states.map((widget) => (widget.name === name ? change(widget) : widget) as Widget),
  }
}
