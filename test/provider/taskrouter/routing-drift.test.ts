import assert from 'node:assert/strict'
import { type Engine, type State, startEngine } from '../engine/engine.ts'
import { type EngineOutput, startEngineOutput } from '../engine/engine-output.ts'
import { sidOf, useWorkspace } from '../engine/story.ts'

const queueType = 'twilio:taskrouter:TaskQueue'
const workflowType = 'twilio:taskrouter:Workflow'

describe('drift of routing', () => {
  const story = useWorkspace()
  let spanish = ''
  let console_ = ''
  let made: State
  // A process that has met nothing yet, as every deployment starts one.
  let engine: Engine
  let output: EngineOutput

  const configuration = (queue: string, timeout = 30) => ({
    task_routing: {
      filters: [
        {
          filter_friendly_name: 'Spanish',
          expression: 'selected_language == "es"',
          targets: [{ queue, timeout }],
        },
      ],
    },
  })
  const program = (queue: string, timeout?: number) => ({
    workspaceSid: story.workspaceSid,
    friendlyName: 'Calls',
    configuration: configuration(queue, timeout),
  })

  before(async () => {
    spanish = sidOf(await story.up(queueType, undefined, { friendlyName: 'Spanish' }))
    const { taskQueues } = story.inWorkspace()
    console_ = (await taskQueues.create({ friendlyName: 'Made in the console' })).sid
    made = await story.up(workflowType, undefined, program(spanish))
  })
  beforeEach(async () => {
    output = await startEngineOutput()
    engine = await startEngine(story.twilio.url, {}, output.address)
    story.twilio.forget()
  })
  afterEach(() => {
    engine.close()
    output.close()
  })

  const edit = (changed: unknown) =>
    story
      .inWorkspace()
      .workflows(sidOf(made))
      .update({ configuration: JSON.stringify(changed) })
  // That there is no default filter is no drift.
  const said = () =>
    output
      .said()
      .map(({ message }) => message)
      .filter((message) => !message.startsWith('configuration.'))
  const lists = () =>
    story.twilio.requests().filter(({ path }) => /\/TaskQueues\?/.test(path)).length

  it('is none without a list of names, and the reading stays', async () => {
    const seen = await engine.refresh(workflowType, made)
    assert.equal(seen?.drift.changes, 'none')
    assert.deepEqual(seen?.state.inputs, made.inputs)
    assert.equal(lists(), 0)
    assert.deepEqual(said(), [])
  })

  it('reads as names, and is told from what was to what is', async () => {
    await edit(configuration(console_, 60))
    story.twilio.forget()
    const seen = await engine.refresh(workflowType, made)
    assert.deepEqual(seen?.drift.detailed, {
      'routing.Spanish["tier 1"].queue': 'update',
      'routing.Spanish["tier 1"].timeout': 'update',
    })
    assert.deepEqual(seen?.state.inputs['routing'], {
      Spanish: {
        position: 1,
        when: { selected_language: "== 'es'" },
        'tier 1': { queue: 'Made in the console', timeout: '60 s' },
      },
    })
    assert.deepEqual(said(), [
      'changed at Twilio: Spanish: tier 1 queue Spanish → Made in the console',
      'changed at Twilio: Spanish: tier 1 timeout 30 s → 60 s',
    ])
    assert.equal(lists(), 1)
    const twice = await engine.refresh(workflowType, made)
    assert.equal(twice?.drift.changes, 'some')
    assert.equal(lists(), 1, 'names are listed once')
  })

  it('is undone by the next plan, which recalls names of what is not in the stack', async () => {
    await edit(configuration(console_, 60))
    const seen = await engine.refresh(workflowType, made)
    assert.ok(seen)
    said()
    const fresh = await startEngine(story.twilio.url, {}, output.address)
    const inputs = await fresh.check(workflowType, seen.state.inputs, program(spanish))
    await fresh.diff(workflowType, seen.state, inputs)
    assert.deepEqual(said(), [
      `Spanish: tier 1 queue Made in the console → ${spanish} (not in this stack)`,
      'Spanish: tier 1 timeout 60 s → 30 s',
    ])
    const same = await fresh.check(workflowType, seen.state.inputs, program(console_, 60))
    assert.deepEqual(same['routing'], seen.state.inputs['routing'])
    fresh.close()
  })

  it('after a refresh is not mistaken for the plan that follows it', async () => {
    await edit(configuration(spanish, 60))
    const seen = await engine.refresh(workflowType, made)
    assert.ok(seen)
    const inputs = await engine.check(workflowType, seen.state.inputs, program(spanish))
    await engine.diff(workflowType, seen.state, inputs)
    assert.deepEqual(said(), [
      'changed at Twilio: Spanish: tier 1 timeout 30 s → 60 s',
      'Spanish: tier 1 timeout 60 s → 30 s',
    ])
  })

  it('leaves an import without one: what is read, is checked to the same', async () => {
    await edit(configuration(console_, 60))
    const imported = await engine.import(workflowType, made.id)
    assert.ok(imported)
    const queue = (imported.inputs['routing'] as Record<string, Record<string, unknown>>)['Spanish']
    assert.deepEqual(queue?.['tier 1'], { queue: 'Made in the console', timeout: '60 s' })
    const { changes, detailed } = await engine.diff(workflowType, imported, imported.inputs)
    assert.deepEqual([changes, detailed], ['none', {}])
    assert.deepEqual(said(), [])
  })

  it('stays where changes of the configuration are ignored', async () => {
    await edit(configuration(spanish, 60))
    const seen = await engine.refresh(workflowType, made)
    assert.ok(seen)
    // An engine puts the old value into the program’s inputs before it has them checked.
    const { configuration: ignored } = seen.state.inputs
    const wanted = { ...program(spanish), configuration: ignored }
    const inputs = await engine.check(workflowType, seen.state.inputs, wanted)
    assert.deepEqual(inputs, seen.state.inputs)
    assert.equal((await engine.diff(workflowType, seen.state, inputs)).changes, 'none')
  })
})
