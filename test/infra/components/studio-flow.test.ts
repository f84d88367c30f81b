import assert from 'node:assert/strict'
import * as pulumi from '@pulumi/pulumi'
import { StudioFlow, type StudioFlowArgs } from '../../../infra/components/studio-flow.ts'
import { FlowRefused } from '../../../infra/flow-refused.ts'
import type { FlowDefinition, FlowState } from '../../../schemas/index.ts'
import { flow, json, reference } from '../../../studio-flows/builder/index.ts'
import { type Registered, runProgram } from '../run-program.ts'

const desk = flow('desk', {
  trigger: { on: { incomingCall: 'tell' } },
  widgets: {
    tell: {
      type: 'make-http-request',
      url: `${reference.function('taskEvents')}?from=desk`,
      method: 'POST',
      on: { success: 'wait' },
    },
    wait: { type: 'enqueue-call', workflow_sid: reference.workflow('calls') },
  },
})

const references = {
  workflow: { calls: pulumi.output('WW1') },
  function: { taskEvents: pulumi.output('https://calls.example.com/task-events') },
}

const declare = (change: Partial<StudioFlowArgs> = {}) =>
  runProgram({
    program: () => {
      const { sid, webhookUrl } = new StudioFlow('desk', { flow: desk, references, ...change })
      return { sid, webhookUrl }
    },
  })

function statesOf(resources: readonly Registered[]): readonly FlowState[] {
  const { definition } = resources[1]?.inputs ?? {}
  return (definition as FlowDefinition).states
}

describe('StudioFlow', () => {
  it('puts what references stand for into the definition', async () => {
    const { resources, outputs } = await declare()
    assert.deepEqual(
      resources.map(({ type, name }) => `${type} ${name}`),
      ['switchboard:studioFlow desk', 'twilio:studio:Flow desk'],
    )
    const { friendlyName, status } = resources[1]?.inputs ?? {}
    assert.deepEqual([friendlyName, status], ['desk', 'published'])
    const states = statesOf(resources)
    assert.equal(states[1]?.properties['url'], 'https://calls.example.com/task-events?from=desk')
    assert.equal(states[2]?.properties['workflow_sid'], 'WW1')
    assert.equal(outputs['webhookUrl'], `https://webhooks.example/${outputs['sid']}`)
  })

  it('escapes in JSON what stands for a name there', async () => {
    const say = 'Say "yes"'
    const { resources } = await declare({
      flow: flow('desk', {
        trigger: { on: { incomingCall: 'wait' } },
        widgets: {
          wait: {
            type: 'enqueue-call',
            workflow_sid: reference.workflow('calls'),
            task_attributes: json({ prompt: reference.setting('say') }),
          },
        },
      }),
      references: { ...references, setting: { say: pulumi.output(say) } },
    })
    const attributes = String(statesOf(resources)[1]?.properties['task_attributes'])
    assert.deepEqual(JSON.parse(attributes), { prompt: say })
  })

  it('lays out what has no place on the canvas', async () => {
    const { resources } = await declare()
    const places = statesOf(resources).map(({ properties }) => JSON.stringify(properties['offset']))
    assert.equal(new Set(places).size, 3)
    assert.ok(places.every((place) => /^{"x":-?\d*0,"y":-?\d*0}$/.test(place)))
  })

  it('lists the exits that lead nowhere, as the editor wants them', async () => {
    const { resources } = await declare()
    assert.deepEqual(statesOf(resources)[1]?.transitions, [
      { next: 'wait', event: 'success' },
      { event: 'failed' },
    ])
  })

  it('refuses a name that stands for nothing, before anything is registered', async () => {
    const misspelt = { ...references, workflow: { cals: 'WW1' } }
    await assert.rejects(declare({ references: misspelt }), (error) => {
      assert.ok(error instanceof FlowRefused)
      const [, problem] = error.message.split('\n\n')
      assert.equal(
        problem?.replaceAll('$', ''),
        'widget wait, states[2].properties.workflow_sid: “{workflow.calls}” stands for nothing\n' +
          '  → did you mean {workflow.cals}? There are {workflow.cals}, {function.taskEvents}',
      )
      return true
    })
  })

  it('refuses a text that looks like a reference and is none', async () => {
    const definition = {
      ...desk.definition,
      states: desk.definition.states.map((state) =>
        state.name === 'wait'
          ? { ...state, properties: { workflow_sid: `\${worklow.calls}` } }
          : state,
      ),
    }
    await assert.rejects(
      declare({ flow: { name: 'desk', definition } }),
      /“\$\{worklow\.calls\}” stands for nothing\n {2}→ did you mean \$\{workflow\.calls\}\?/,
    )
  })
})
