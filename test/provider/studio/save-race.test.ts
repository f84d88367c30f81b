import assert from 'node:assert/strict'
import type { State } from '../engine/engine.ts'
import { sidOf, useTwilio } from '../engine/story.ts'
import { answering, greetingFlow } from './greeting-flow.ts'

const type = 'twilio:studio:Flow'
const program = { friendlyName: 'Raced', status: 'published', definition: greetingFlow() }
const changed = { ...program, definition: answering('Good day') }

describe('an update of a flow while somebody saves it', () => {
  const story = useTwilio()
  let state: State

  beforeEach(async () => {
    state = (await story.engine.up(type, undefined, program)).state
    story.said()
  })

  /** Somebody saves this definition just before the first POST to such a path. */
  function saveBefore(path: RegExp, definition: object): void {
    story.twilio.precede(
      (request) => request.method === 'POST' && path.test(request.path),
      async () => {
        const saved = { status: 'draft', definition, commitMessage: 'by night' } as const
        await story.twilio.sdk.studio.v2.flows(sidOf(state)).update(saved)
      },
    )
  }

  const warnings = () => story.said().filter(({ severity }) => severity === 'warning')

  it('is refused when that came before its last look', async () => {
    saveBefore(/\/Flows\/Validate$/, answering('Good night'))
    await assert.rejects(story.engine.up(type, state, changed), /revision 2 \(draft\).*“by night”/)
  })

  it('says what it wrote over when that came in the last moment', async () => {
    saveBefore(/\/Flows\/FW\w+$/, answering('Good night'))
    const { state: written } = await story.engine.up(type, state, changed)
    assert.equal(written.outputs['revision'], 3)
    const [warning, ...others] = warnings()
    assert.deepEqual(others, [])
    assert.match(
      warning?.message ?? '',
      /^revision 2 \(draft\) was saved by somebody else at .*“by night”.* wrote over it as revision 3\. Studio keeps it/,
    )
  })

  it('says nothing where the program allows it', async () => {
    saveBefore(/\/Flows\/FW\w+$/, answering('Good night'))
    await story.engine.up(type, state, { ...changed, overwriteUnseenRevision: true })
    assert.deepEqual(warnings(), [])
  })

  it('says nothing where just the same was saved', async () => {
    saveBefore(/\/Flows\/FW\w+$/, changed.definition)
    await story.engine.up(type, state, { ...changed, status: 'draft' })
    assert.deepEqual(warnings(), [])
  })
})
