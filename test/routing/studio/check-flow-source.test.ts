import assert from 'node:assert/strict'
import { checkFlowSource, describeFlowProblem } from '../../../routing/index.ts'
import { greetingFlow } from '../../provider/studio/greeting-flow.ts'

type Properties = Readonly<Record<string, unknown>>

const withGreeting = (properties: Properties) => {
  const flow = greetingFlow()
  const states = flow.states.map((state) =>
    state.name === 'greeting'
      ? { ...state, properties: { ...(state.properties as Properties), ...properties } }
      : state,
  )
  return { ...flow, states }
}

const errorsOf = (definition: unknown) =>
  checkFlowSource(definition)
    .filter(({ severity }) => severity === 'error')
    .map((problem) => `${problem.path} ${describeFlowProblem(problem)}`)

const queueAt = (workflowSid: string) => {
  const flow = greetingFlow()
  const queue = {
    name: 'billing',
    type: 'enqueue-call',
    transitions: [{ event: 'callComplete' }],
    properties: { workflow_sid: workflowSid },
  }
  return { ...flow, states: flow.states.map((state) => (state.name === 'billing' ? queue : state)) }
}

describe('checkFlowSource', () => {
  it('takes what the editor exports, and names, SIDs and templates for workflows', () => {
    assert.deepEqual(errorsOf(greetingFlow()), [])
    for (const workflow of [
      `\${workflow.calls}`,
      `WW${'0'.repeat(32)}`,
      '{{flow.variables.workflow}}',
    ]) {
      assert.deepEqual(errorsOf(queueAt(workflow)), [])
    }
  })

  it('tells widget, property and remedy of a wrong type', () => {
    assert.deepEqual(errorsOf(withGreeting({ timeout: '5' })), [
      'states[1].properties.timeout greeting: must be integer; give it the form that Studio exports',
    ])
  })

  it('refuses an exit that the type does not have', () => {
    const flow = greetingFlow()
    const [trigger, ...others] = flow.states
    const odd = { ...trigger, transitions: [{ event: 'incomingFax', next: 'greeting' }] }
    const [error = ''] = errorsOf({ ...flow, states: [odd, ...others] })
    assert.match(error, /^states\[0\]\.transitions\[0\]\.event Trigger: must be one of \["incoming/)
  })

  it('refuses what only looks like a reference', () => {
    const [error = ''] = errorsOf(withGreeting({ say: `\${worklow.calls}` }))
    assert.match(
      error,
      /^states\[1\]\.properties\.say greeting: “\$\{worklow\.calls\}” is no reference/,
    )
  })

  it('goes on to what a flow says once its form is right', () => {
    assert.deepEqual(errorsOf(greetingFlow({ one: 'biling' })), [
      'states[2].transitions[1].next menu: on match it leads to “biling”, which is no widget; did you mean “billing”?',
    ])
  })

  it('takes no text for a flow', () => {
    assert.deepEqual(errorsOf('{}'), [' must be object; give it the form that Studio exports'])
  })
})
