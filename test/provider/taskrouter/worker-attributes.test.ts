import assert from 'node:assert/strict'
import type { State } from '../engine/engine.ts'
import { sidOf, useWorkspace } from '../engine/story.ts'
import type { Properties } from '../engine/wire.ts'

const type = 'twilio:taskrouter:Worker'

describe('attributes of a worker', () => {
  const story = useWorkspace()

  const make = (friendlyName: string, attributes: Properties, more: Properties = {}) =>
    story.up(type, undefined, { friendlyName, attributes, ...more })
  const there = (state: State) => story.inWorkspace().workers(sidOf(state))
  const live = async (state: State) => JSON.parse((await there(state).fetch()).attributes)
  const others = async (state: State, attributes: Properties) => {
    await there(state).update({ attributes: JSON.stringify(attributes) })
  }

  it('belong to the program key by key: what others write is no drift, and stays', async () => {
    const program = { friendlyName: 'shared', attributes: { skills: ['vip'], level: { a: 1 } } }
    const made = await make(program.friendlyName, program.attributes)
    const seat = { skills: ['vip'], level: { a: 1 }, email: 'a@example.com', roles: ['agent'] }
    await others(made, seat)

    const seen = await story.engine.refresh(type, made)
    assert.ok(seen)
    assert.equal(seen.drift.changes, 'none')
    assert.deepEqual(seen.state.inputs, made.inputs)
    assert.deepEqual(seen.state.outputs['attributes'], program.attributes)
    assert.equal(await story.stepOf(type, seen.state, program), 'same')

    const changed = await story.up(type, seen.state, {
      ...program,
      attributes: { skills: ['vip', 'billing'], level: { a: 1 } },
    })
    assert.deepEqual(await live(made), { ...seat, skills: ['vip', 'billing'] })
    assert.deepEqual(changed.outputs['attributes'], {
      skills: ['vip', 'billing'],
      level: { a: 1 },
    })
  })

  it('that are taken out of the program are removed, alone or all together', async () => {
    const made = await make('leaving', { skills: ['vip'], desk: 4, shift: 'late' })
    await others(made, { skills: ['vip'], desk: 4, shift: 'late', email: 'l@example.com' })
    const less = await story.up(type, made, {
      friendlyName: 'leaving',
      attributes: { skills: ['vip'], shift: null },
    })
    assert.deepEqual(await live(made), { skills: ['vip'], email: 'l@example.com' })
    const none = await story.up(type, less, { friendlyName: 'leaving' })
    assert.deepEqual(await live(made), { email: 'l@example.com' })
    assert.equal((await story.engine.refresh(type, none))?.drift.changes, 'none')
  })

  it('that the program names drift as what they are; each is owned as a whole', async () => {
    const program = { friendlyName: 'drifter', attributes: { level: { a: 1 }, desk: 4 } }
    const made = await make(program.friendlyName, program.attributes)
    await others(made, { level: { a: 1, b: 2 }, email: 'd@example.com' })
    const seen = await story.engine.refresh(type, made)
    assert.ok(seen)
    assert.deepEqual(seen.drift.detailed, {
      'attributes.level.b': 'delete',
      'attributes.desk': 'add',
    })
    assert.deepEqual(seen.state.inputs['attributes'], { level: { a: 1, b: 2 } })
    await story.up(type, seen.state, program)
    assert.deepEqual(await live(made), { ...program.attributes, email: 'd@example.com' })
  })

  it('are merged anew when somebody writes in between', async () => {
    const made = await make('contended', { skills: [] })
    let writes = 0
    const overtake = () =>
      story.twilio.precede(
        ({ path, form }) => path.includes('/Workers/') && form.has('Attributes'),
        async () => {
          await others(made, { ...(await live(made)), [`call${++writes}`]: 'now' })
          if (writes < 3) overtake()
        },
      )
    overtake()
    const program = { friendlyName: 'contended', attributes: { skills: ['vip'] } }
    await story.up(type, made, program)
    const calls = { call1: 'now', call2: 'now', call3: 'now' }
    assert.deepEqual(await live(made), { skills: ['vip'], ...calls })
  })

  it('are written once, with the version that was read, and not at all when they are so already', async () => {
    const made = await make('quiet', { skills: [] })
    await others(made, { skills: ['vip'] })
    story.twilio.forget()
    const program = { friendlyName: 'quiet', attributes: { skills: ['vip'] } }
    const same = await story.up(type, made, program)
    assert.deepEqual(story.twilio.writes(), [])
    const renamed = await story.up(type, same, { ...program, friendlyName: 'quieter' })
    assert.deepEqual(
      story.twilio.writes().map(({ form }) => [...form.keys()]),
      [['FriendlyName']],
    )
    assert.equal((await there(renamed).fetch()).friendlyName, 'quieter')
  })

  it('belong to it as a whole with exclusiveAttributes', async () => {
    const program = {
      friendlyName: 'sole',
      attributes: { skills: ['vip'] },
      exclusiveAttributes: true,
    }
    const made = await make(program.friendlyName, program.attributes)
    await others(made, { skills: ['vip'], email: 's@example.com' })
    const claimed = await story.up(type, made, program)
    assert.deepEqual(await live(made), program.attributes)

    await others(made, { skills: ['vip'], roles: ['agent'] })
    const seen = await story.engine.refresh(type, claimed)
    assert.ok(seen)
    assert.deepEqual(seen.drift.detailed, { 'attributes.roles': 'delete' })
    const again = await story.up(type, seen.state, program)
    assert.deepEqual(await live(made), program.attributes)

    await others(made, { skills: ['vip'], roles: ['agent'] })
    const shared = await story.up(type, again, { ...program, exclusiveAttributes: false })
    assert.deepEqual(await live(made), { skills: ['vip'], roles: ['agent'] })
    assert.equal((await story.engine.refresh(type, shared))?.drift.changes, 'none')
  })

  it('are all taken by an import', async () => {
    const made = await make('imported', { skills: ['vip'] })
    const whole = { skills: ['vip'], email: 'i@example.com' }
    await others(made, whole)
    const imported = await story.engine.import(type, made.id)
    assert.deepEqual(imported?.inputs, {
      workspaceSid: story.workspaceSid,
      friendlyName: 'imported',
      attributes: whole,
    })
  })

  it('have to be there to be exclusive', async () => {
    const program = { friendlyName: 'odd', exclusiveAttributes: true }
    await assert.rejects(
      story.up(type, undefined, program),
      /exclusiveAttributes: needs attributes/,
    )
    await make('empty', {}, { exclusiveAttributes: true })
  })
})
