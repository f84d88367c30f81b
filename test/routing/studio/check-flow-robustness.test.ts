import assert from 'node:assert/strict'
import fc from 'fast-check'
import { checkFlow } from '../../../routing/index.ts'
import { widgets, widgetTypes } from '../../../schemas/index.ts'

const name = fc.constantFrom('Trigger', 'a', 'b', '', '__proto__', 'constructor')
const odd = fc.oneof(fc.jsonValue({ maxDepth: 2 }), name)
const text = fc.constantFrom(
  '{{widgets.a.Digits}}',
  '{{',
  '{% if x %}',
  '{"a": {{b}}}',
  '1',
  '(',
  '',
)

const condition = fc.record(
  {
    friendly_name: text,
    type: fc.oneof(fc.constantFrom('equal_to', 'regex', 'is_after_date', 'toString'), odd),
    value: fc.oneof(text, odd),
    arguments: fc.oneof(fc.array(text, { maxLength: 2 }), odd),
  },
  { requiredKeys: [] },
)
const exit = fc.record(
  {
    event: fc.oneof(fc.constantFrom('match', 'next', 'incomingCall', 'failed'), odd),
    next: fc.oneof(name, odd),
    conditions: fc.oneof(fc.array(condition, { maxLength: 2 }), odd),
  },
  { requiredKeys: [] },
)
const widget = fc.record(
  {
    name: fc.oneof(name, odd),
    type: fc.oneof(fc.constantFrom(...widgetTypes, 'constructor'), odd),
    properties: fc.oneof(
      fc.dictionary(
        fc.constantFrom('say', 'input', 'attributes', 'loop', 'flow_sid', 'valueOf'),
        odd,
      ),
      odd,
    ),
    transitions: fc.oneof(fc.array(exit, { maxLength: 3 }), odd),
  },
  { requiredKeys: [] },
)
const definition = fc.record(
  {
    states: fc.oneof(fc.array(fc.oneof(widget, odd), { maxLength: 5 }), odd),
    initial_state: odd,
    flags: odd,
    description: odd,
  },
  { requiredKeys: [] },
)

describe('checkFlow of anything', () => {
  it('names a place, what is wrong and a remedy, and never fails', () => {
    fc.assert(
      fc.property(fc.oneof(definition, fc.jsonValue()), (value) => {
        for (const problem of checkFlow(value)) {
          assert.equal(typeof problem.path, 'string')
          assert.notEqual(problem.message, '')
          assert.notEqual(problem.remedy, '')
        }
      }),
      { numRuns: 500 },
    )
  })

  it('knows every widget whose properties and events are known', () => {
    for (const [type, { events, required, properties }] of Object.entries(widgets)) {
      assert.ok(widgetTypes.includes(type))
      assert.ok(events.length > 0, type)
      for (const needed of required) assert.ok(needed in properties, `${type} ${needed}`)
    }
  })

  it('takes a chain of as many widgets as Studio does', () => {
    const states = Array.from({ length: 2_000 }, (_, i) => ({
      name: `w${i}`,
      type: i === 0 ? 'trigger' : 'set-variables',
      properties: {},
      transitions: [
        { event: i === 0 ? 'incomingCall' : 'next', next: i < 1_999 ? `w${i + 1}` : '' },
      ],
    }))
    assert.deepEqual(checkFlow({ states, initial_state: 'w0' }), [])
  })
})
