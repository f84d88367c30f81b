import assert from 'node:assert/strict'
import fc from 'fast-check'
import { changesBetween } from '../../../local/studio/flow-changes.ts'
import { patchBuilt } from '../../../local/studio/patch-built.ts'
import { patchExport } from '../../../local/studio/patch-export.ts'
import { readModule } from '../../../local/studio/source-tree.ts'
import { staticValue } from '../../../local/studio/static-value.ts'
import { completeFlow } from '../../../routing/index.ts'
import type { FlowDefinition, FlowState, FlowTransition } from '../../../schemas/index.ts'
import { type FlowSource, flow } from '../../../studio-flows/builder/index.ts'
import { greetingFlow } from '../../provider/studio/greeting-flow.ts'

/** What somebody does in the editor, to one of the widgets. */
type Edit = (definition: FlowDefinition, widget: number) => FlowDefinition

const text = fc.constantFrom('Hello', 'It’s "quoted"', "It's", '{{trigger.call.From}}', '`\\`')

const onOne =
  (change: (state: FlowState, definition: FlowDefinition) => FlowState): Edit =>
  (definition, widget) => {
    const chosen = widget % definition.states.length
    const states = definition.states.map((state, i) =>
      i === chosen ? change(state, definition) : state,
    )
    return { ...definition, states }
  }

const set = (properties: FlowState['properties']) =>
  onOne((state) =>
    // A trigger has a place and nothing else.
    state.type === 'trigger' && !('offset' in properties)
      ? state
      : { ...state, properties: { ...state.properties, ...properties } },
  )

const branch = (value: string, next?: string): FlowTransition => ({
  ...(next === undefined ? {} : { next }),
  event: 'match',
  conditions: [
    {
      friendly_name: value,
      arguments: ['{{widgets.greeting.Digits}}'],
      type: 'equal_to',
      value,
    },
  ],
})

const edits: fc.Arbitrary<Edit> = fc.oneof(
  text.map((say) => set({ say })),
  fc.record({ x: fc.integer(), y: fc.integer() }).map((offset) => set({ offset })),
  fc.constant(onOne((state) => ({ ...state, properties: placeIn(state) }))),
  fc.nat().map((next) =>
    onOne((state, { states }) => ({
      ...state,
      transitions: state.transitions.map((one, i) =>
        i === next % state.transitions.length
          ? { ...one, next: states[next % states.length]?.name ?? '' }
          : one,
      ),
    })),
  ),
  fc.constant(
    onOne((state) => ({
      ...state,
      transitions: state.transitions.map(({ next: _, ...one }) => one),
    })),
  ),
  fc
    .array(fc.constantFrom('1', '2', '3'), { maxLength: 3 })
    .map((values) =>
      onOne((state) =>
        state.type === 'split-based-on'
          ? { ...state, transitions: values.map((value) => branch(value, 'sales')) }
          : state,
      ),
    ),
  fc.nat(99).map(
    (name): Edit =>
      (definition) => {
        const state: FlowState = {
          name: `new_${name}`,
          type: 'say-play',
          transitions: [{ event: 'audioComplete', next: 'sales' }],
          properties: { say: 'New', offset: { x: name, y: 7 } },
        }
        const known = definition.states.some((other) => other.name === state.name)
        return known ? definition : { ...definition, states: [...definition.states, state] }
      },
  ),
  fc.constant<Edit>((definition, widget) => ({
    ...definition,
    states: definition.states.filter(
      ({ type }, i) => type === 'trigger' || i !== widget % definition.states.length,
    ),
  })),
)

function placeIn({ properties: { offset } }: FlowState): FlowState['properties'] {
  return offset === undefined ? {} : { offset }
}

const sequences = fc.array(fc.tuple(edits, fc.nat()), { minLength: 1, maxLength: 6 })

const edited = (definition: FlowDefinition, sequence: readonly (readonly [Edit, number])[]) =>
  sequence.reduce((now, [edit, widget]) => edit(now, widget), definition)

const module = `export const main = flow('main', {
  description: 'The main line',
  trigger: { on: { incomingCall: 'greeting' } },
  widgets: {
    greeting: {
      type: 'gather-input-on-call',
      say: 'Good morning',
      on: { keypress: 'menu', timeout: 'sales' },
    },
    menu: {
      type: 'split-based-on',
      input: '{{widgets.greeting.Digits}}',
      on: { noMatch: 'sales', match: [{ equal_to: '1', next: 'billing' }] },
    },
    billing: { type: 'enqueue-call', queue_name: 'Billing' },
    sales: {
      type: 'enqueue-call',
      queue_name: 'Sales'
    }
  }
})
`

/** What a module of plain values builds. */
function build(source: string): FlowDefinition {
  const tree = readModule(source, 'main')
  assert.ok(tree)
  const built = staticValue(tree.root, tree)
  assert.ok(built, source)
  return flow('main', built.value as FlowSource<string>).definition
}

describe('any edit in the console', () => {
  it('becomes the same flow, patched into an export in any manner', () => {
    const manner = fc.constantFrom(undefined, 2, 4, '\t')
    fc.assert(
      fc.property(sequences, manner, (sequence, indent) => {
        const before: FlowDefinition = greetingFlow()
        const after = edited(before, sequence)
        const source = `${JSON.stringify(before, undefined, indent)}\n`
        const patched = patchExport(source, changesBetween(before, after))
        assert.deepEqual(changesBetween(JSON.parse(patched), after), [])
      }),
      { numRuns: 150 },
    )
  })

  it('becomes the same flow, patched into a built one', () => {
    fc.assert(
      fc.property(sequences, (sequence) => {
        const before = completeFlow(build(module))
        const after = edited(before, sequence)
        const changes = changesBetween(before, after)
        const patched = patchBuilt(module, 'main', before, changes)
        assert.deepEqual(patched.left, [])
        const missing = changesBetween(build(patched.text), after)
        // What has no place of its own is laid out.
        assert.deepEqual(
          missing.filter(({ kind }) => kind !== 'move'),
          [],
        )
      }),
      { numRuns: 150 },
    )
  })
})
