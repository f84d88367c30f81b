import assert from 'node:assert/strict'
import { Refused } from '../engine/engine.ts'
import { assertGone, useTwilio } from '../engine/story.ts'

const type = 'twilio:messaging:Service'

describe('messaging.Service', () => {
  const story = useTwilio()
  const live = (sid: string) => story.twilio.sdk.messaging.v1.services(sid).fetch()

  it('is made, changed, cleared, imported, deleted', async () => {
    const program = {
      friendlyName: 'Reminders',
      inboundRequestUrl: 'https://example.com/message',
      inboundMethod: 'GET',
      stickySender: false,
      validityPeriod: 600,
      usecase: 'notifications',
    }
    const { state: made } = await story.engine.up(type, undefined, program)
    assert.match(made.id, /^MG[0-9a-f]{32}$/)
    const there = await live(made.id)
    assert.deepEqual(
      [there.inboundMethod, there.stickySender, there.validityPeriod, there.usecase],
      ['GET', false, 600, 'notifications'],
    )
    assert.deepEqual((await story.engine.import(type, made.id))?.inputs, program)

    const cleared = await story.engine.up(type, made, {
      friendlyName: 'Reminders',
      statusCallback: 'https://EXAMPLE.com/sent',
    })
    assert.equal(cleared.step, 'update')
    const after = await live(made.id)
    assert.deepEqual(
      [after.inboundRequestUrl, after.inboundMethod, after.stickySender, after.validityPeriod],
      [null, 'POST', true, 36_000],
    )
    assert.equal((await story.engine.refresh(type, cleared.state))?.drift.changes, 'none')
    story.twilio.forget()
    const again = { friendlyName: 'Reminders', statusCallback: 'https://example.com/sent' }
    assert.equal((await story.engine.up(type, cleared.state, again)).step, 'same')
    assert.deepEqual(story.twilio.writes(), [])
    await story.engine.destroy(type, cleared.state)
    await assertGone(story, type, made)
  })

  it('shows a setting that somebody changed', async () => {
    const program = { friendlyName: 'Alerts', smartEncoding: true, mmsConverter: false }
    const { state } = await story.engine.up(type, undefined, program)
    await story.twilio.sdk.messaging.v1
      .services(state.id)
      .update({ smartEncoding: false, usecase: 'poll' })
    const seen = await story.engine.refresh(type, state)
    // The use case is not in the program, so it is nobody's business here.
    assert.deepEqual(Object.keys(seen?.drift.detailed ?? {}), ['smartEncoding'])
  })

  it('is refused with what Twilio does not take', async () => {
    const refused = (program: object) =>
      assert.rejects(story.engine.up(type, undefined, { friendlyName: 'A', ...program }), Refused)
    await refused({ friendlyName: 'x'.repeat(65) })
    await refused({ inboundRequestUrl: 'example.com' })
    await refused({ validityPeriod: 0 })
    await refused({ usecase: 'fun' })
    await refused({ scanMessageContent: 'always' })
  })
})
