import assert from 'node:assert/strict'
import { Refused } from '../engine/engine.ts'
import { assertGone, sidOf, useTwilio } from '../engine/story.ts'
import { secret, unknown } from '../engine/wire.ts'

const type = 'twilio:events:Sink'
const webhook = {
  description: 'event lake',
  sinkType: 'webhook',
  sinkConfiguration: { destination: 'https://example.com/events', method: 'POST' },
}

describe('events.Sink', () => {
  const story = useTwilio()
  const sinks = () => story.twilio.sdk.events.v1.sinks
  const reasons = (program: object) =>
    story.engine.check(type, {}, { ...program }).then(
      () => [],
      (error: unknown) => {
        assert.ok(error instanceof Refused)
        return error.failures.map(({ property, reason }) => `${property} ${reason}`)
      },
    )

  it('is made and tested, renamed, imported; goes', async () => {
    story.twilio.forget()
    const { state: made } = await story.engine.up(type, undefined, webhook)
    assert.deepEqual(
      story.twilio.writes().map(({ path }) => path),
      ['/events.twilio.com/v1/Sinks', `/events.twilio.com/v1/Sinks/${made.id}/Test`],
    )
    assert.equal(made.outputs['status'], 'active')
    const program = { ...webhook, description: 'the event lake' }
    const { step, state } = await story.engine.up(type, made, program)
    assert.equal(step, 'update')
    assert.equal((await sinks()(made.id).fetch()).description, 'the event lake')
    const imported = await story.engine.import(type, made.id)
    assert.deepEqual(imported?.inputs, program)
    await story.engine.destroy(type, state)
    await assertGone(story, type, state)
  })

  it('is replaced when it goes somewhere else, and not for another spelling of the place', async () => {
    const { state } = await story.engine.up(type, undefined, { ...webhook, description: 'moving' })
    story.twilio.forget()
    const again = await story.engine.up(type, state, {
      ...webhook,
      description: 'moving',
      sinkConfiguration: { method: 'POST', destination: 'HTTPS://EXAMPLE.com:443/events' },
    })
    assert.equal(again.step, 'same')
    assert.deepEqual(story.twilio.requests(), [])
    const difference = await story.engine.diff(type, state, {
      ...state.inputs,
      sinkConfiguration: { destination: 'https://example.com/new', method: 'POST' },
    })
    assert.deepEqual(difference.detailed, { 'sinkConfiguration.destination': 'update-replace' })
    assert.deepEqual(difference.replaces, ['sinkConfiguration'])
    await story.engine.destroy(type, state)
  })

  it('shows a description that was changed in the console, and sets it right', async () => {
    const { state } = await story.engine.up(type, undefined, { ...webhook, description: 'mine' })
    await sinks()(state.id).update({ description: 'theirs' })
    const seen = await story.engine.refresh(type, state)
    assert.deepEqual(seen?.drift.detailed, { description: 'update' })
    const { state: mended } = await story.engine.up(type, seen?.state, {
      ...webhook,
      description: 'mine',
    })
    assert.equal((await sinks()(state.id).fetch()).description, 'mine')
    await story.engine.destroy(type, mended)
    assert.equal(await story.engine.refresh(type, mended), undefined)
  })

  it('that subscriptions use is not deleted: the refusal names them', async () => {
    const { state } = await story.engine.up(type, undefined, { ...webhook, description: 'in use' })
    const { sid } = await story.twilio.sdk.events.v1.subscriptions.create({
      description: 'made by hand',
      sinkSid: sidOf(state),
      types: [{ type: 'com.twilio.taskrouter.task.created' }],
    })
    await assert.rejects(story.engine.destroy(type, state), {
      message: new RegExp(`${sid} \\(made by hand\\)\\. Delete these subscriptions first`),
    })
    await story.twilio.sdk.events.v1.subscriptions(sid).remove()
    await story.engine.destroy(type, state)
  })

  it('keeps a configuration that holds a key as a secret', async () => {
    const program = {
      description: 'to Segment',
      sinkType: 'segment',
      sinkConfiguration: { write_key: 'very-secret' },
    }
    const inputs = await story.engine.check(type, {}, program)
    const { state } = await story.engine.up(type, undefined, program)
    assert.deepEqual(state.outputs['sinkConfiguration'], secret({ write_key: 'very-secret' }))
    assert.deepEqual(inputs['sinkConfiguration'], secret({ write_key: 'very-secret' }))
    const seen = await story.engine.refresh(type, state)
    assert.deepEqual(seen?.state.inputs['sinkConfiguration'], secret({ write_key: 'very-secret' }))
    assert.equal((await story.engine.up(type, state, program)).step, 'same')
    await story.engine.destroy(type, state)
  })

  it('is refused with what its type needs, and without its secrets', async () => {
    assert.deepEqual(
      await reasons({ ...webhook, sinkConfiguration: { destination: 'example.com' } }),
      [
        'sinkConfiguration.destination is not as it must be in a webhook sink: an absolute address, https://example.com/events',
        'sinkConfiguration.method is missing in a webhook sink: "POST" or "GET"',
      ],
    )
    assert.deepEqual(
      await reasons({
        description: 'x',
        sinkType: 'segment',
        sinkConfiguration: { writeKey: 'very-secret' },
      }),
      [
        'sinkConfiguration.write_key is missing in a segment sink: the write key of the source',
        'sinkConfiguration.writeKey is nothing that a segment sink has: it has write_key',
      ],
    )
    assert.match(String(await reasons({ ...webhook, sinkType: 'email' })), /^sinkType/)
    assert.deepEqual(
      await reasons({ ...webhook, sinkConfiguration: { destination: unknown, method: 'POST' } }),
      [],
    )
  })
})
