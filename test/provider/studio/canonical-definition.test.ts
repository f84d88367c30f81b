import assert from 'node:assert/strict'
import fc from 'fast-check'
import { canonicalDefinition } from '../../../provider/studio/canonical-definition.ts'
import { useTwilio } from '../engine/story.ts'
import type { Properties } from '../engine/wire.ts'
import { flows, type Json, spellings } from './flow-spellings.ts'

const type = 'twilio:studio:Flow'

describe('canonicalDefinition', () => {
  it('is the same however the editor, a hand or a program writes a flow', () => {
    fc.assert(
      fc.property(flows, spellings, (flow, spell) => {
        assert.deepEqual(canonicalDefinition(spell(flow)), canonicalDefinition(flow))
      }),
    )
  })

  it('of itself is itself', () => {
    fc.assert(
      fc.property(flows, (flow) => {
        const once = canonicalDefinition(flow)
        assert.deepEqual(canonicalDefinition(once), once)
      }),
    )
  })

  it('differs when what the flow does differs', () => {
    const changes: readonly ((flow: Json) => void)[] = [
      (flow) => Object.assign(flow, { flags: { allow_concurrent_calls: false } }),
      (flow) => Object.assign(flow.states[1]?.properties ?? {}, { timeout: 6 }),
      (flow) => Object.assign(flow.states[1]?.transitions[0] ?? {}, { next: 'elsewhere' }),
      (flow) => void flow.states.pop(),
    ]
    fc.assert(
      fc.property(flows, fc.constantFrom(...changes), (flow, change) => {
        const changed = structuredClone(flow)
        change(changed)
        assert.notDeepEqual(canonicalDefinition(changed), canonicalDefinition(flow))
      }),
    )
  })

  it('takes any value', () => {
    fc.assert(fc.property(fc.jsonValue(), (value) => void canonicalDefinition(value)))
    fc.assert(
      fc.property(
        fc.jsonValue(),
        (value) =>
          void canonicalDefinition({
            states: [value, { name: 'a', transitions: [value], properties: value }],
          }),
      ),
    )
  })
})

describe('a plan of a flow', () => {
  const story = useTwilio()

  it('is empty after deploy, refresh and import, however program and console spell the flow', async () => {
    await fc.assert(
      fc.asyncProperty(flows, spellings, spellings, spellings, async (flow, one, other, third) => {
        const program = (definition: Json): Properties => ({
          friendlyName: 'quiet',
          status: 'published',
          definition,
        })
        const made = await story.engine.up(type, undefined, program(one(flow)))
        // Somebody saves it in the console, which writes it in its own way.
        await story.twilio.sdk.studio.v2
          .flows(String(made.state.outputs['sid']))
          .update({ status: 'published', definition: JSON.stringify(other(flow), null, 1) })
        const seen = await story.engine.refresh(type, made.state)
        assert.deepEqual(seen?.drift.detailed, {})
        story.twilio.forget()
        const again = await story.engine.up(type, seen?.state, program(third(flow)))
        assert.equal(again.step, 'same')
        assert.deepEqual(story.twilio.writes(), [])
        const imported = await story.engine.import(type, made.state.id)
        assert.ok(imported)
        const adopted = await story.engine.up(type, imported, program(one(flow)))
        assert.equal(adopted.step, 'same')
        await story.engine.destroy(type, again.state)
      }),
      { numRuns: 20 },
    )
  })
})
