import assert from 'node:assert/strict'
import { Refused } from '../engine/engine.ts'
import { sidOf, useTwilio } from '../engine/story.ts'
import { type Properties, secret, unknown } from '../engine/wire.ts'
import { greetingFlow } from './greeting-flow.ts'

const type = 'twilio:studio:Flow'

describe('a check of a flow', () => {
  const story = useTwilio()
  const program = (definition: unknown): Properties => ({
    friendlyName: 'Checked',
    status: 'draft',
    definition,
  })
  const check = (definition: unknown) => story.engine.check(type, {}, program(definition))

  async function refusals(definition: unknown) {
    try {
      await check(definition)
      return []
    } catch (error) {
      assert.ok(error instanceof Refused)
      return error.failures.map(({ property, reason }) => `${property}: ${reason}`)
    }
  }

  async function warnings(definition: unknown) {
    story.said()
    await check(definition)
    return story.said()
  }

  it('refuses a transition to a missing widget by widget and place, and asks nothing of Twilio', async () => {
    story.twilio.forget()
    assert.deepEqual(await refusals(greetingFlow({ one: 'biling' })), [
      'definition.states[2].transitions[1].next: menu: on match it leads to “biling”, which is no widget; did you mean “billing”?',
    ])
    assert.deepEqual(story.twilio.requests(), [])
  })

  it('does not judge what only the deployment will tell', async () => {
    const flow = greetingFlow({ one: 'after' })
    const after = {
      name: 'after',
      type: 'run-subflow',
      transitions: [{ event: 'completed', next: 'sales' }],
      properties: { flow_sid: unknown, flow_revision: 'LatestPublished' },
    }
    const called = {
      name: 'called',
      type: 'enqueue-call',
      transitions: [],
      properties: { workflow_sid: unknown, task_attributes: unknown },
    }
    const states = flow.states.map((state) =>
      state.name === 'sales' ? { ...called, name: 'sales' } : state,
    )
    const definition = {
      ...flow,
      states: [...states.filter(({ name }) => name !== 'billing'), after],
    }
    assert.deepEqual(await refusals(definition), [])
  })

  it('warns of what nobody reaches, once, and goes on', async () => {
    const flow = greetingFlow()
    const lost = {
      name: 'lost',
      type: 'say-play',
      transitions: [],
      properties: { say: 'Hello?' },
    }
    const definition = { ...flow, states: [...flow.states, lost] }
    const said = await warnings(definition)
    const about = said.find(({ message }) => message.includes('lost'))
    assert.equal(
      about?.message,
      'definition.states[5]: lost: is never reached; lead somewhere to it, or remove it',
    )
    assert.equal(about?.severity, 'warning')
    assert.match(about?.urn ?? '', /twilio:studio:Flow/)
    assert.deepEqual(await warnings(definition), [])
  })

  it('says nothing about what is not known yet', async () => {
    const flow = greetingFlow()
    const handing = (workflow_sid: unknown, next: unknown) => ({
      ...flow,
      states: flow.states.map((state) =>
        state.name === 'billing'
          ? {
              ...state,
              transitions: [{ event: 'failedToEnqueue', next }],
              properties: { workflow_sid },
            }
          : state,
      ),
    })
    assert.deepEqual(await refusals(handing(unknown, unknown)), [])
    assert.deepEqual(await refusals(unknown), [])
    assert.deepEqual(await refusals({ ...flow, states: [...flow.states.slice(1), unknown] }), [])
  })

  it('refuses more than Studio takes, text in place of an object, and an unknown status', async () => {
    const flow = greetingFlow()
    const long = { ...flow, description: 'x'.repeat(1 << 20) }
    assert.match(
      (await refusals(long)).join(),
      /definition: has \d+ bytes as JSON; Studio takes 1048576/,
    )
    assert.match((await refusals(JSON.stringify(flow))).join(), /definition: must be object/)
    await assert.rejects(
      story.engine.check(type, {}, { ...program(flow), status: 'live' }),
      /status: must be/,
    )
  })

  it('keeps what it says of a secret definition to itself', async () => {
    const flow = greetingFlow({ say: '{{ widgets.secret.word }}' })
    assert.deepEqual(await warnings(secret(flow)), [])
    assert.deepEqual(await refusals(secret(greetingFlow({ one: 'hunter2' }))), [
      'definition.states[2].transitions[1].next: menu: on match it leads to [secret], which is no widget; there are Trigger, greeting, menu, billing, sales',
    ])
  })

  it('refuses a task channel of another workspace than the workflow, and warns of two workspaces', async () => {
    const make = async (kind: string, inputs: Properties) =>
      sidOf(
        (
          await story.engine.up(
            `twilio:taskrouter:${kind}`,
            undefined,
            inputs,
            String(inputs['friendlyName']),
          )
        ).state,
      )
    const workspace = async (name: string) => {
      const workspaceSid = await make('Workspace', { friendlyName: name })
      const queue = await make('TaskQueue', { workspaceSid, friendlyName: `${name} queue` })
      const workflow = await make('Workflow', {
        workspaceSid,
        friendlyName: `${name} calls`,
        configuration: { task_routing: { default_filter: { queue } } },
      })
      const channel = await make('TaskChannel', {
        workspaceSid,
        friendlyName: `${name} desk`,
        uniqueName: 'desk',
      })
      return { workflow, channel }
    }
    const [north, south] = [await workspace('North'), await workspace('South')]
    const flow = (...widgets: readonly Properties[]) => ({
      ...greetingFlow(),
      states: [
        ...greetingFlow().states.slice(0, 3),
        ...['billing', 'sales'].map((name, i) => ({
          name,
          transitions: [{ event: 'failedToEnqueue', next: 'greeting' }],
          ...widgets[i],
        })),
      ],
    })
    const flex = (workflow: string, channel: string) => ({
      type: 'send-to-flex',
      properties: { workflow, channel },
    })
    const queue = (workflow_sid: string) => ({ type: 'enqueue-call', properties: { workflow_sid } })
    assert.deepEqual(
      await refusals(flow(flex(north.workflow, south.channel), queue(north.workflow))),
      [
        'definition.states[3].properties.channel: billing: the task channel is of the workspace South, and the workflow North calls of North; name a task channel of North',
      ],
    )
    const mixed = await warnings(flow(flex(north.workflow, north.channel), queue(south.workflow)))
    assert.deepEqual(
      mixed.map(({ message }) => message),
      [
        'definition.states[4].properties.workflow_sid: sales: the workflow South calls is of another workspace (South) than that of billing (North); name a workflow of North, unless that is meant',
      ],
    )
    assert.deepEqual(await warnings(flow(queue(south.workflow), queue(south.workflow))), [])
  })
})
