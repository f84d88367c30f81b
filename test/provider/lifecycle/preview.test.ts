import assert from 'node:assert/strict'
import { useTwilio } from '../engine/story.ts'
import { isSecret, secret, unknown } from '../engine/wire.ts'

const workspace = 'twilio:taskrouter:Workspace'
const worker = 'twilio:taskrouter:Worker'
const workflow = 'twilio:taskrouter:Workflow'
const number = 'twilio:phoneNumbers:IncomingPhoneNumber'

describe('a preview', () => {
  const story = useTwilio()

  it('of a creation asks nothing of Twilio, and leaves open what Twilio will decide', async () => {
    story.twilio.forget()
    const program = { friendlyName: 'planned', eventCallbackUrl: unknown }
    const planned = await story.engine.preview(workspace, undefined, program)
    assert.equal(planned.id, '')
    assert.equal(planned.outputs['friendlyName'], 'planned')
    assert.equal(planned.outputs['eventCallbackUrl'], unknown)
    assert.ok(isOpen(planned.outputs['sid']))
    await story.engine.preview(number, undefined, { phoneNumber: '+12025550155' })
    assert.deepEqual(story.twilio.requests(), [])
  })

  it('of an update keeps the SID known, so that nothing that refers to it looks changed', async () => {
    const { state } = await story.engine.up(workspace, undefined, { friendlyName: 'before' })
    story.twilio.forget()
    const planned = await story.engine.preview(workspace, state, { friendlyName: 'after' })
    assert.equal(planned.id, state.id)
    assert.equal(planned.outputs['sid'], state.outputs['sid'])
    assert.equal(planned.outputs['friendlyName'], 'after')
    assert.deepEqual(story.twilio.requests(), [])
  })

  it('of a replacement leaves the SID open', async () => {
    const { state } = await story.engine.up(workspace, undefined, {
      friendlyName: 'old',
      template: 'NONE',
    })
    const planned = await story.engine.preview(workspace, state, {
      friendlyName: 'old',
      template: 'FIFO',
    })
    assert.equal(planned.id, '')
    assert.ok(isOpen(planned.outputs['sid']))
  })

  it('takes unknown values anywhere, and counts them as changes', async () => {
    const configuration = {
      task_routing: {
        filters: [{ expression: unknown, targets: [{ queue: unknown, timeout: unknown }] }],
        default_filter: { queue: unknown },
      },
    }
    const inputs = await story.engine.check(
      workflow,
      {},
      {
        workspaceSid: unknown,
        friendlyName: unknown,
        configuration,
        assignmentCallbackUrl: unknown,
        taskReservationTimeout: unknown,
      },
    )
    assert.deepEqual(inputs['configuration'], configuration)
    await story.engine.check(
      workflow,
      {},
      {
        workspaceSid: unknown,
        friendlyName: 'whole',
        configuration: unknown,
      },
    )
    await story.engine.check(
      worker,
      {},
      {
        workspaceSid: unknown,
        friendlyName: 'w',
        attributes: { languages: [unknown], contact_uri: unknown },
        activitySid: unknown,
      },
    )
    const { state } = await story.engine.up(workspace, undefined, { friendlyName: 'known' })
    const difference = await story.engine.diff(workspace, state, { friendlyName: unknown })
    assert.deepEqual(difference.detailed, { friendlyName: 'update' })
  })
})

describe('a secret', () => {
  const story = useTwilio()

  it('stays one in checked inputs, in outputs, in previews and after a refresh', async () => {
    const program = {
      friendlyName: 'secretive',
      eventCallbackUrl: secret('https://user:word@example.com/events'),
    }
    assert.ok(isSecret((await story.engine.check(workspace, {}, program))['eventCallbackUrl']))
    const planned = await story.engine.preview(workspace, undefined, program)
    assert.ok(isSecret(planned.outputs['eventCallbackUrl']))
    const { state } = await story.engine.up(workspace, undefined, program)
    assert.ok(isSecret(state.outputs['eventCallbackUrl']))
    assert.ok(!isSecret(state.outputs['friendlyName']))
    const there = await story.twilio.sdk.taskrouter.v1.workspaces(state.id).fetch()
    assert.equal(there.eventCallbackUrl, 'https://user:word@example.com/events')
    const seen = await story.engine.refresh(workspace, state)
    assert.ok(isSecret(seen?.state.inputs['eventCallbackUrl']))
    assert.ok(isSecret(seen?.state.outputs['eventCallbackUrl']))
    assert.equal(seen?.drift.changes, 'none')
  })

  it('within a document stays one', async () => {
    const { state: parent } = await story.engine.up(workspace, undefined, {
      friendlyName: 'parent',
    })
    const program = {
      workspaceSid: parent.id,
      friendlyName: 'carl',
      attributes: { contact_uri: secret('sip:carl@example.com'), languages: ['en'] },
    }
    const { state } = await story.engine.up(worker, undefined, program)
    assert.ok(!JSON.stringify(strip(state.inputs)).includes('sip:carl'))
    assert.ok(!JSON.stringify(strip(state.outputs)).includes('sip:carl'))
    const there = story.twilio.sdk.taskrouter.v1
      .workspaces(parent.id)
      .workers(String(state.outputs['sid']))
    assert.equal(JSON.parse((await there.fetch()).attributes).contact_uri, 'sip:carl@example.com')
  })
})

// An output that a preview leaves out is unknown to the program, as is the sentinel.
function isOpen(value: unknown): boolean {
  return value === undefined || value === unknown
}

/** The value without what is wrapped as a secret. */
function strip(value: unknown): unknown {
  if (isSecret(value)) return '[secret]'
  if (Array.isArray(value)) return value.map(strip)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, strip(item)]))
}
