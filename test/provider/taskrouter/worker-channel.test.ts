import assert from 'node:assert/strict'
import { Refused } from '../engine/engine.ts'
import { sidOf, useWorkspace } from '../engine/story.ts'

const type = 'twilio:taskrouter:WorkerChannel'
const workerType = 'twilio:taskrouter:Worker'

describe('taskrouter.WorkerChannel', () => {
  const story = useWorkspace()
  let workerSid = ''
  const live = async (channel: string) => {
    const { configuredCapacity, available } = await story
      .inWorkspace()
      .workers(workerSid)
      .workerChannels(channel)
      .fetch()
    return { capacity: configuredCapacity, available }
  }
  before(async () => {
    workerSid = sidOf(await story.up(workerType, undefined, { friendlyName: 'alice' }))
  })

  it('is there with its worker: set, changed, cleared, imported, and given back', async () => {
    const program = { workerSid, taskChannel: 'chat', capacity: 3 }
    const made = await story.up(type, undefined, program)
    assert.match(made.id, /^WS\w{32}\/WK\w{32}\/WC\w{32}$/)
    assert.deepEqual(await live('chat'), { capacity: 3, available: true })
    const changed = await story.up(type, made, { ...program, capacity: 0, available: false })
    assert.deepEqual(await live('chat'), { capacity: 0, available: false })
    assert.equal((await story.engine.refresh(type, changed))?.drift.changes, 'none')
    assert.deepEqual((await story.engine.import(type, made.id))?.inputs, {
      workspaceSid: story.workspaceSid,
      workerSid,
      taskChannel: 'chat',
      capacity: 0,
      available: false,
    })

    const cleared = await story.up(type, changed, { workerSid, taskChannel: 'chat', capacity: 2 })
    assert.deepEqual(await live('chat'), { capacity: 2, available: true })
    await story.engine.destroy(type, cleared)
    assert.deepEqual(await live('chat'), { capacity: 1, available: true })
  })

  it('writes nothing where it is as declared already', async () => {
    const program = { workerSid, taskChannel: 'voice' }
    story.twilio.forget()
    const made = await story.up(type, undefined, program)
    assert.equal(await story.stepOf(type, made, { ...program, capacity: 1 }), 'same')
    assert.deepEqual(story.twilio.writes(), [])
  })

  it('is named by the SID of its channel too', async () => {
    const channel = await story.inWorkspace().taskChannels('sms').fetch()
    const program = { workerSid, taskChannel: channel.sid, capacity: 4 }
    const made = await story.up(type, undefined, program)
    assert.equal(made.outputs['taskChannelUniqueName'], 'sms')
    assert.equal((await story.engine.refresh(type, made))?.drift.changes, 'none')
    // The same object under its other name keeps what is set last.
    const moved = await story.up(type, made, { ...program, taskChannel: 'sms' })
    assert.equal(moved.id, made.id)
    assert.deepEqual(await live('sms'), { capacity: 4, available: true })
  })

  it('shows a capacity that somebody changed, and sets it again', async () => {
    const program = { workerSid, taskChannel: 'video', capacity: 2 }
    const made = await story.up(type, undefined, program)
    await story.inWorkspace().workers(workerSid).workerChannels(sidOf(made)).update({ capacity: 9 })
    const seen = await story.engine.refresh(type, made)
    assert.ok(seen)
    assert.deepEqual(seen.drift.detailed, { capacity: 'update' })
    assert.equal(seen.state.inputs['capacity'], 9)
    assert.equal(await story.stepOf(type, seen.state, program), 'update')
    assert.deepEqual(await live('video'), { capacity: 2, available: true })
  })

  it('is refused with a capacity that no worker has, or a name that no channel can have', async () => {
    const refused = (program: object) =>
      assert.rejects(
        story.up(type, undefined, { workerSid, taskChannel: 'chat', ...program }),
        Refused,
      )
    await refused({ capacity: 51 })
    await refused({ capacity: -1 })
    await refused({ taskChannel: 'web-chat' })
  })

  it('goes with its worker', async () => {
    const worker = await story.up(workerType, undefined, { friendlyName: 'bob' })
    const program = { workerSid: sidOf(worker), taskChannel: 'chat', capacity: 3 }
    const made = await story.up(type, undefined, program)
    await story.engine.destroy(workerType, worker)
    assert.equal(await story.engine.refresh(type, made), undefined)
    await story.engine.destroy(type, made)
  })
})
