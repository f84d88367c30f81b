import assert from 'node:assert/strict'
import { Refused, type State } from '../engine/engine.ts'
import { assertGone, sidOf, useTwilio } from '../engine/story.ts'
import { unknown } from '../engine/wire.ts'

const type = 'twilio:events:Subscription'
const task = (name: string) => `com.twilio.taskrouter.task.${name}`
const created = { type: task('created') }
const completed = { type: task('completed') }
const canceled = { type: task('canceled') }

describe('events.Subscription', () => {
  const story = useTwilio()
  let sinkSid = ''
  before(async () => {
    const { sid } = await story.twilio.sdk.events.v1.sinks.create({
      description: 'lake',
      sinkType: 'webhook',
      sinkConfiguration: { destination: 'https://example.com/events', method: 'POST' },
    })
    sinkSid = sid
  })
  const there = (state: State) => story.twilio.sdk.events.v1.subscriptions(sidOf(state))
  const typesOf = async (state: State) => {
    const events = await there(state).subscribedEvents.list()
    return Object.fromEntries(events.map((each) => [each.type, each.schemaVersion]))
  }
  const programOf = (types: readonly object[], description = 'task events') => ({
    description,
    sinkSid,
    types,
  })
  const up = async (old: State | undefined, types: readonly object[], description?: string) =>
    (await story.engine.up(type, old, programOf(types, description))).state

  it('is made, its types added and really taken out; imported; goes', async () => {
    const made = await up(undefined, [created, completed])
    assert.deepEqual(await typesOf(made), { [task('created')]: 4, [task('completed')]: 4 })
    story.twilio.forget()
    const changed = await up(made, [canceled, created])
    const events = `/events.twilio.com/v1/Subscriptions/${made.id}/SubscribedEvents`
    assert.deepEqual(
      story.twilio.writes().map(({ method, path }) => `${method} ${path}`),
      [`POST ${events}`, `DELETE ${events}/${task('completed')}`],
    )
    assert.deepEqual(await typesOf(made), { [task('created')]: 4, [task('canceled')]: 4 })
    const renamed = await up(changed, [canceled, created], 'renamed')
    assert.equal((await there(made).fetch()).description, 'renamed')
    const imported = await story.engine.import(type, made.id)
    assert.ok(imported)
    assert.deepEqual(imported.inputs['description'], 'renamed')
    assert.equal(
      (await story.engine.up(type, imported, programOf([canceled, created], 'renamed'))).step,
      'same',
    )
    await story.engine.destroy(type, renamed)
    await assertGone(story, type, renamed)
  })

  it('says the same in any order and with repetitions', async () => {
    const made = await up(undefined, [created, completed])
    story.twilio.forget()
    const again = await story.engine.up(type, made, programOf([completed, created, completed]))
    assert.equal(again.step, 'same')
    assert.deepEqual(story.twilio.requests(), [])
    assert.equal((await story.engine.refresh(type, again.state))?.drift.changes, 'none')
    await story.engine.destroy(type, again.state)
  })

  it('addresses a type by its name in a diff', async () => {
    const made = await up(undefined, [created, { ...completed, schemaVersion: 3 }], 'named')
    const news = await story.engine.check(
      type,
      made.inputs,
      programOf([canceled, { ...completed, schemaVersion: 4 }], 'named'),
    )
    story.said()
    const { detailed } = await story.engine.diff(type, made, news)
    assert.deepEqual(
      story.said().map(({ message }) => message),
      [
        `${task('created')} taken out: no longer sent`,
        `${task('completed')}: schema 3 → schema 4`,
        `${task('canceled')} added (latest schema)`,
      ],
    )
    assert.deepEqual(detailed, {
      [`events["${task('canceled')}"]`]: 'add',
      [`events["${task('completed')}"]`]: 'update',
      [`events["${task('created')}"]`]: 'delete',
    })
    await story.engine.destroy(type, made)
  })

  it('changes a version of a schema; one that is taken out becomes the latest', async () => {
    const made = await up(undefined, [{ ...created, schemaVersion: 3 }], 'versions')
    assert.deepEqual(await typesOf(made), { [task('created')]: 3 })
    const changed = await up(made, [{ ...created, schemaVersion: 2 }], 'versions')
    assert.deepEqual(await typesOf(made), { [task('created')]: 2 })
    const cleared = await up(changed, [created], 'versions')
    assert.deepEqual(await typesOf(made), { [task('created')]: 4 })
    await story.engine.destroy(type, cleared)
  })

  it('sees types that were added and taken out in the console, and mends both', async () => {
    const made = await up(undefined, [created, completed], 'drifting')
    await there(made).subscribedEvents(task('completed')).remove()
    await there(made).subscribedEvents.create({ type: task('wrapup') })
    const seen = await story.engine.refresh(type, made)
    assert.ok(seen)
    assert.deepEqual(Object.keys(seen.drift.detailed).toSorted(), [
      `events["${task('completed')}"]`,
      `events["${task('wrapup')}"]`,
    ])
    const mended = await up(seen.state, [created, completed], 'drifting')
    assert.deepEqual(await typesOf(made), { [task('created')]: 4, [task('completed')]: 4 })
    await story.engine.destroy(type, mended)
  })

  it('leaves alone what it never saw: an update writes what its preview showed', async () => {
    const made = await up(undefined, [created, completed], 'unseen')
    await there(made).subscribedEvents(task('completed')).remove()
    await there(made).subscribedEvents.create({ type: task('wrapup') })
    const changed = await up(made, [created], 'unseen')
    assert.deepEqual(await typesOf(made), { [task('created')]: 4, [task('wrapup')]: 4 })
    await story.engine.destroy(type, changed)
  })

  it('moves to another sink by replacement', async () => {
    const made = await up(undefined, [created], 'moving')
    const difference = await story.engine.diff(type, made, { ...made.inputs, sinkSid: unknown })
    assert.deepEqual(difference.detailed, { sink: 'update-replace' })
    assert.deepEqual(difference.replaces, ['sinkSid'])
    await story.engine.destroy(type, made)
  })

  it('is refused for types that do not exist, with what was meant', async () => {
    const reasons = async (types: readonly object[]) => {
      try {
        await story.engine.check(type, {}, programOf(types))
      } catch (error) {
        assert.ok(error instanceof Refused)
        return error.failures.map(({ property, reason }) => `${property}: ${reason}`)
      }
      return []
    }
    assert.deepEqual(await reasons([created, { type: task('complete') }]), [
      `types[1].type: there is no event type “${task('complete')}”; did you mean “${task('completed')}”?`,
    ])
    assert.match(
      String(await reasons([{ type: 'taskrouter.task.created' }])),
      /begin with com\.twilio\./,
    )
    assert.match(
      String(await reasons([{ type: 'com.twilio.conversations.delivery.updated' }])),
      /discontinued/,
    )
    assert.deepEqual(
      await reasons([
        { ...created, schemaVersion: 3 },
        { ...created, schemaVersion: 4 },
      ]),
      [`types[1].schemaVersion: “${task('created')}” is here with schema 3 and schema 4: name one`],
    )
    assert.match(String(await reasons([])), /^types/)
    assert.deepEqual(await reasons([{ type: unknown }]), [])
  })

  it('of an unknown family is only warned about; then Twilio speaks for itself', async () => {
    story.said()
    const program = programOf([{ type: 'com.twilio.verify.verification.approved' }], 'newer')
    await assert.rejects(
      story.engine.up(type, undefined, program),
      /Type not found in the system: com\.twilio\.verify/,
    )
    const [warning] = story.said()
    assert.equal(warning?.severity, 'warning')
    assert.match(String(warning?.message), /types\[0\]\.type: .*no family that this provider knows/)
  })

  it('says what is wrong with its sink', async () => {
    const program = { ...programOf([created]), sinkSid: `DG${'0'.repeat(32)}` }
    await assert.rejects(
      story.engine.up(type, undefined, program),
      /the account has no sink DG0+: take sinkSid from the output of a Sink/,
    )
  })
})
