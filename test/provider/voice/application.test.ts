import assert from 'node:assert/strict'
import { useTwilio } from '../engine/story.ts'

const type = 'twilio:voice:Application'

describe('voice.Application', () => {
  const story = useTwilio()

  it('is made, changed, cleared, imported, goes', async () => {
    const program = { friendlyName: 'Browser', voiceUrl: 'https://example.com/out' }
    const made = await story.engine.up(type, undefined, program)
    const there = story.twilio.sdk.api.v2010.account.applications(made.state.id)
    assert.equal((await there.fetch()).voiceUrl, 'https://example.com/out')
    const changed = await story.engine.up(type, made.state, { friendlyName: 'Desk' })
    const after = await there.fetch()
    assert.deepEqual([after.friendlyName, after.voiceUrl || null], ['Desk', null])
    assert.deepEqual((await story.engine.import(type, made.state.id))?.inputs, {
      friendlyName: 'Desk',
    })
    await story.engine.destroy(type, changed.state)
    assert.equal(await story.engine.refresh(type, changed.state), undefined)
    await story.engine.destroy(type, changed.state)
  })
})
