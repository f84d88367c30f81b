import assert from 'node:assert/strict'
import { fromAnswer } from '../../../provider/requests/wire.ts'
import { flow } from '../../../provider/studio/flow.ts'
import { assertGone, sidOf, useTwilio } from '../engine/story.ts'
import { answering, greetingFlow } from './greeting-flow.ts'

const type = 'twilio:studio:Flow'

describe('studio.Flow', () => {
  const story = useTwilio()
  const there = (sid: string) => story.twilio.sdk.studio.v2.flows(sid)
  const up = async (
    ...args: Parameters<typeof story.engine.up> extends [string, ...infer R] ? R : never
  ) => (await story.engine.up(type, ...args)).state

  it('is validated and made, changed as a whole, imported, goes', async () => {
    const program = {
      friendlyName: 'Greeting',
      status: 'draft',
      definition: greetingFlow(),
      commitMessage: 'first words',
    }
    story.twilio.forget()
    const made = await up(undefined, program)
    assert.deepEqual(
      story.twilio.writes().map(({ path }) => path),
      ['/studio.twilio.com/v2/Flows/Validate', '/studio.twilio.com/v2/Flows'],
    )
    const sid = sidOf(made)
    const { accountSid, commitMessage } = await there(sid).fetch()
    assert.equal(commitMessage, 'first words')
    assert.equal(made.outputs['revision'], 1)
    assert.equal(
      made.outputs['webhookUrl'],
      `https://webhooks.twilio.com/v1/Accounts/${accountSid}/Flows/${sid}`,
    )

    const changed = await up(made, { ...program, status: 'published', commitMessage: 'open' })
    const live = await there(sid).fetch()
    assert.deepEqual(
      [live.status, live.revision, live.commitMessage, live.friendlyName],
      ['published', 2, 'open', 'Greeting'],
    )
    assert.equal(changed.outputs['revision'], 2)

    const imported = await story.engine.import(type, made.id)
    assert.deepEqual(imported?.inputs['definition'], greetingFlow())
    assert.equal(imported?.inputs['status'], 'published')
    assert.equal('commitMessage' in (imported?.inputs ?? {}), false)

    await story.engine.destroy(type, changed)
    await assertGone(story, type, changed)
  })

  it('is understood whether Twilio tells its definition as an object or as text', () => {
    const definition = greetingFlow()
    const text = JSON.stringify(definition, null, 2)
    assert.deepEqual(fromAnswer(flow, { definition: text })['definition'], definition)
    assert.deepEqual(fromAnswer(flow, { definition })['definition'], definition)
  })

  it('is not written for another commit message, and clears one that is taken out', async () => {
    const program = { friendlyName: 'Messages', status: 'draft', definition: greetingFlow() }
    const made = await up(undefined, { ...program, commitMessage: 'one' })
    story.twilio.forget()
    const again = await story.engine.up(type, made, { ...program, commitMessage: 'two' })
    assert.equal(again.step, 'same')
    assert.deepEqual(story.twilio.requests(), [])
    await up(again.state, { ...program, status: 'published' })
    assert.equal((await there(sidOf(made)).fetch()).commitMessage || null, null)
  })

  it('shows what somebody changed in the console, and sets it right once that was seen', async () => {
    const program = { friendlyName: 'Drifting', status: 'published', definition: greetingFlow() }
    const made = await up(undefined, program)
    await there(sidOf(made)).update({
      status: 'published',
      definition: answering('Good evening'),
      commitMessage: 'evening shift',
    })
    const seen = await story.engine.refresh(type, made)
    assert.ok(seen)
    assert.equal(seen.state.outputs['revision'], 2)
    assert.equal(seen.state.outputs['commitMessage'], 'evening shift')
    assert.ok(Object.keys(seen.drift.detailed).length > 0)
    const mended = await up(seen.state, program)
    assert.equal(mended.outputs['revision'], 3)
    assert.deepEqual((await there(sidOf(made)).fetch()).definition, greetingFlow())
  })

  it('that somebody deleted is made again', async () => {
    const program = { friendlyName: 'Deleted', status: 'draft', definition: greetingFlow() }
    const made = await up(undefined, program)
    await there(sidOf(made)).remove()
    assert.equal(await story.engine.refresh(type, made), undefined)
    const again = await up(undefined, program)
    assert.notEqual(again.id, made.id)
    // Without a refresh the update says what to do.
    await there(sidOf(again)).remove()
    await assert.rejects(
      up(again, { ...program, status: 'published' }),
      /not there any more.*refresh/,
    )
  })
})
