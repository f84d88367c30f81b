import assert from 'node:assert/strict'
import { useTwilio } from '../engine/story.ts'
import { isSecret, type Properties, secret } from '../engine/wire.ts'
import { greetingFlow } from '../studio/greeting-flow.ts'

const applicationType = 'twilio:voice:Application'
const flowType = 'twilio:studio:Flow'
const password = 'correct-horse'
const guarded = `https://user:${password}@example.com/voice`

describe('an address with credentials', () => {
  const story = useTwilio()

  const application = (settings: { readonly voiceUrl: string }) =>
    story.twilio.sdk.applications.create({ friendlyName: 'Guarded', ...settings })

  it('is a secret in what an import and a refresh tell, and only then', async () => {
    const { sid } = await application({ voiceUrl: guarded })
    const imported = await story.engine.import(applicationType, sid)
    assert.ok(imported)
    assert.deepEqual(imported.inputs['voiceUrl'], secret(guarded))
    assert.deepEqual(imported.outputs['voiceUrl'], secret(guarded))
    assert.equal((await story.engine.refresh(applicationType, imported))?.drift.changes, 'none')

    await story.twilio.sdk.applications(sid).update({ voiceUrl: 'https://example.com/open' })
    const { outputs } = (await story.engine.import(applicationType, sid)) ?? {}
    assert.equal(outputs?.['voiceUrl'], 'https://example.com/open')
    await story.twilio.sdk.applications(sid).update({ voiceUrl: guarded })
    const open = { ...imported, inputs: { friendlyName: 'Guarded', voiceUrl: guarded } }
    const again = await story.engine.refresh(applicationType, open)
    assert.ok(isSecret(again?.state.inputs['voiceUrl']), 'also over a state that has it in clear')
  })

  it('is one where a program writes it in clear, too', async () => {
    const program = { friendlyName: 'Declared', voiceUrl: guarded }
    const { state } = await story.engine.up(applicationType, undefined, program)
    assert.ok(isSecret(state.inputs['voiceUrl']))
    assert.ok(isSecret(state.outputs['voiceUrl']))
    assert.equal((await story.engine.up(applicationType, state, program)).step, 'same')
    const changed = await story.engine.diff(applicationType, state, {
      ...state.inputs,
      voiceUrl: 'https://example.com/open',
    })
    assert.deepEqual(changed.detailed, { voiceUrl: 'update' })
  })

  it('is one within a document, of which all else stays readable', async () => {
    const program = { friendlyName: 'Menu', status: 'draft', definition: asking(guarded) }
    const { state } = await story.engine.up(flowType, undefined, program)
    assert.ok(!isSecret(state.inputs['definition']), 'the definition as a whole is none')
    assertHidden(state.inputs)
    assertHidden(state.outputs)
    const refreshed = await story.engine.refresh(flowType, state)
    assert.ok(refreshed)
    assertHidden(refreshed.state.inputs)
    assert.equal(refreshed.drift.changes, 'none')
    assert.equal((await story.engine.up(flowType, refreshed.state, program)).step, 'same')
    const imported = await story.engine.import(flowType, state.id)
    assertHidden(imported?.inputs ?? {})

    story.said()
    const other = { ...program, definition: asking(guarded.replace('voice', 'other')) }
    await story.engine.up(flowType, refreshed.state, other)
    const said = story.said().map(({ message }) => message)
    assert.match(said.join('\n'), /https:\/\/\[secret\]@example\.com\/other/)
    assert.doesNotMatch(said.join('\n'), new RegExp(password))
  })

  it('is repeated by no refusal', async () => {
    const refused = { friendlyName: 'Odd', voiceUrl: `${guarded} and more` }
    await assert.rejects(story.engine.check(applicationType, {}, refused), (error: Error) => {
      assert.doesNotMatch(JSON.stringify(error) + error.message, new RegExp(password))
      return true
    })
  })
})

/** A flow of which one widget asks that address. */
function asking(url: string) {
  const { states, ...rest } = greetingFlow()
  const ask = {
    name: 'ask',
    type: 'make-http-request',
    transitions: [{ next: 'billing', event: 'success' }, { event: 'failed' }],
    properties: { method: 'POST', url, content_type: 'application/json;charset=utf-8' },
  }
  const asked = states.map((state) =>
    state.name === 'menu' ? JSON.parse(JSON.stringify(state).replace('"billing"', '"ask"')) : state,
  )
  return { ...rest, states: [...asked, ask] }
}

function assertHidden(properties: Properties): void {
  const open = JSON.stringify(properties, (_key, value) => (isSecret(value) ? '[secret]' : value))
  assert.doesNotMatch(open, new RegExp(password))
  assert.match(open, /\[secret\]/)
}
