import assert from 'node:assert/strict'
import { checkFlow, describeFlowProblem } from '../../../routing/index.ts'
import { FlowSourceError, flow, json, reference } from '../../../studio-flows/builder/index.ts'

const reception = flow('reception', {
  description: 'The main line',
  trigger: { on: { incomingCall: 'menu' }, at: [0, -50] },
  widgets: {
    menu: {
      type: 'gather-input-on-call',
      say: 'Press one for sales.',
      number_of_digits: 1,
      on: { keypress: 'choice', timeout: 'sales' },
      at: [40, 200],
    },
    choice: {
      type: 'split-based-on',
      input: '{{widgets.menu.Digits}}',
      on: {
        match: [
          { equal_to: '1', next: 'sales', label: 'sales' },
          { all: [{ equal_to: '2' }, { contains: '+1', argument: '{{trigger.call.From}}' }] },
        ],
        noMatch: 'menu',
      },
    },
    sales: {
      type: 'enqueue-call',
      workflow_sid: reference.workflow('calls'),
      task_attributes: json({ selected_language: 'en' }),
    },
  },
})

describe('flow', () => {
  it('makes the document that Studio exports, the trigger first', () => {
    const { states, ...rest } = reception.definition
    assert.deepEqual(rest, {
      description: 'The main line',
      initial_state: 'Trigger',
      flags: { allow_concurrent_calls: true },
    })
    assert.deepEqual(states.slice(0, 2), [
      {
        name: 'Trigger',
        type: 'trigger',
        transitions: [{ next: 'menu', event: 'incomingCall' }],
        properties: { offset: { x: 0, y: -50 } },
      },
      {
        name: 'menu',
        type: 'gather-input-on-call',
        transitions: [
          { next: 'choice', event: 'keypress' },
          { next: 'sales', event: 'timeout' },
        ],
        properties: {
          say: 'Press one for sales.',
          number_of_digits: 1,
          offset: { x: 40, y: 200 },
        },
      },
    ])
  })

  it('compares the input of a split, unless a branch names something else', () => {
    const [, , choice] = reception.definition.states
    assert.deepEqual(choice?.transitions, [
      { next: 'menu', event: 'noMatch' },
      {
        next: 'sales',
        event: 'match',
        conditions: [
          {
            friendly_name: 'sales',
            arguments: ['{{widgets.menu.Digits}}'],
            type: 'equal_to',
            value: '1',
          },
        ],
      },
      {
        event: 'match',
        conditions: [
          {
            friendly_name: '2',
            arguments: ['{{widgets.menu.Digits}}'],
            type: 'equal_to',
            value: '2',
          },
          {
            friendly_name: '+1',
            arguments: ['{{trigger.call.From}}'],
            type: 'contains',
            value: '+1',
          },
        ],
      },
    ])
  })

  it('leaves names in place of SIDs', () => {
    assert.deepEqual(reception.definition.states[3]?.properties, {
      workflow_sid: `\${workflow.calls}`,
      task_attributes: '{"selected_language":"en"}',
    })
  })

  it('lists keys and values', () => {
    const { definition } = flow('settings', {
      trigger: { on: { incomingRequest: 'remember' } },
      widgets: {
        remember: { type: 'set-variables', variables: { tier: '1' }, on: { next: 'ask' } },
        ask: {
          type: 'run-subflow',
          flow_sid: reference.flow('other'),
          flow_revision: 'LatestPublished',
          parameters: [{ key: 'roster', value: '[]', type: 'json_object' }],
        },
      },
    })
    assert.deepEqual(
      definition.states.map(
        ({ properties }) => properties['variables'] ?? properties['parameters'],
      ),
      [
        undefined,
        [{ value: '1', key: 'tier' }],
        [{ key: 'roster', value: '[]', type: 'json_object' }],
      ],
    )
  })

  it('makes what Studio would take', () => {
    assert.deepEqual(
      checkFlow(reception.definition)
        .filter(({ severity }) => severity === 'error')
        .map(describeFlowProblem),
      [],
    )
  })

  it('refuses names that Studio would refuse, or that it uses itself', () => {
    const widgetCalled = (name: string) => () =>
      flow('odd', { trigger: { on: {} }, widgets: { [name]: { type: 'say-play', say: 'Hello.' } } })
    assert.throws(widgetCalled('two words'), FlowSourceError)
    assert.throws(widgetCalled('Ended'), /Flow odd: “Ended” is a name of Studio’s own/)
    assert.throws(widgetCalled('x'.repeat(65)), /64 at most; give it another name/)
  })
})
