import assert from 'node:assert/strict'
import { sidOf, useTwilio } from '../engine/story.ts'
import type { Properties } from '../engine/wire.ts'
import { answering, greetingFlow } from './greeting-flow.ts'

const type = 'twilio:studio:Flow'

describe('a revision of a flow that somebody else saved', () => {
  const story = useTwilio()
  const flow = (sid: string) => story.twilio.sdk.studio.v2.flows(sid)
  const program = (more: Properties = {}): Properties => ({
    friendlyName: 'Guarded',
    status: 'published',
    definition: greetingFlow(),
    ...more,
  })

  /** A flow whose second revision this stack does not know. */
  async function overtaken() {
    const { state } = await story.engine.up(type, undefined, program())
    await flow(sidOf(state)).update({
      status: 'draft',
      definition: answering('Good night'),
      commitMessage: 'night shift',
    })
    return state
  }

  it('is not overwritten, and named with its number, time and message', async () => {
    const state = await overtaken()
    story.twilio.forget()
    await assert.rejects(
      story.engine.up(type, state, program({ definition: answering('Good day') })),
      /FW\w+: revision 2 \(draft\) was saved by somebody else at .*Z \(“night shift”\); the last that this stack has seen is revision 1 .*pulumi refresh.*overwriteUnseenRevision: true/,
    )
    assert.deepEqual(story.twilio.writes(), [])
    assert.equal((await flow(sidOf(state)).fetch()).revision, 2)
  })

  it('is overwritten when told so', async () => {
    const state = await overtaken()
    const { state: written } = await story.engine.up(
      type,
      state,
      program({ definition: answering('Good day'), overwriteUnseenRevision: true }),
    )
    assert.equal(written.outputs['revision'], 3)
    assert.equal((await flow(sidOf(state)).fetch()).status, 'published')
  })

  it('is overwritten once a refresh has shown it', async () => {
    const seen = await story.engine.refresh(type, await overtaken())
    assert.ok(seen)
    const { state } = await story.engine.up(type, seen.state, program())
    assert.equal(state.outputs['revision'], 3)
  })

  it('does not count as seen when only the permission changes', async () => {
    const state = await overtaken()
    story.twilio.forget()
    const allowed = await story.engine.up(type, state, program({ overwriteUnseenRevision: true }))
    assert.equal(allowed.step, 'update')
    assert.deepEqual(story.twilio.requests(), [])
    const forbidden = await story.engine.up(type, allowed.state, program())
    await assert.rejects(
      story.engine.up(type, forbidden.state, program({ status: 'draft' })),
      /revision 2/,
    )
  })

  it('that says what is declared now, needs no further one', async () => {
    const state = await overtaken()
    story.twilio.forget()
    const wanted = program({ status: 'draft', definition: answering('Good night') })
    const { state: written } = await story.engine.up(type, state, wanted)
    assert.equal(written.outputs['revision'], 2)
    assert.deepEqual(story.twilio.writes(), [])
  })
})
