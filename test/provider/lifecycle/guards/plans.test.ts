import assert from 'node:assert/strict'
import { type State, startEngine } from '../../engine/engine.ts'
import { sidOf, useWorkspace } from '../../engine/story.ts'
import { unknown } from '../../engine/wire.ts'
import { ask, declareRoute } from './busy-workspace.ts'

const activityType = 'twilio:taskrouter:Activity'
const channelType = 'twilio:taskrouter:TaskChannel'
const defaultsType = 'twilio:taskrouter:WorkspaceDefaults'
const numberType = 'twilio:phoneNumbers:IncomingPhoneNumber'
const queueType = 'twilio:taskrouter:TaskQueue'
const workerType = 'twilio:taskrouter:Worker'
const workerChannelType = 'twilio:taskrouter:WorkerChannel'
const workflowType = 'twilio:taskrouter:Workflow'
const workspaceType = 'twilio:taskrouter:Workspace'

describe('the plan of a creation', () => {
  const story = useWorkspace()

  async function plan(type: string, program: Readonly<Record<string, unknown>>) {
    story.said()
    story.twilio.forget()
    await story.engine.preview(type, undefined, program)
    assert.deepEqual(story.twilio.requests(), [])
    return story.said().map(({ message, severity }) => `${severity}: ${message}`)
  }

  it('says what is taken over instead of made', async () => {
    const { workspaceSid } = story
    assert.deepEqual(await plan(activityType, { workspaceSid, friendlyName: 'Offline' }), [
      'info: Offline comes with the workspace: taken over, and left to it on destroy',
    ])
    assert.deepEqual(
      await plan(channelType, { workspaceSid, friendlyName: 'Voice', uniqueName: 'voice' }),
      ['info: voice comes with the workspace: taken over, and left to it on destroy'],
    )
    const role = `WA${'0'.repeat(32)}`
    assert.deepEqual(
      await plan(defaultsType, {
        workspaceSid,
        defaultActivitySid: role,
        timeoutActivitySid: unknown,
      }),
      [
        'info: every workspace has both roles: they are only set, and given back to its own Offline on destroy',
      ],
    )
    assert.deepEqual(await plan(numberType, { phoneNumber: '+12025550171' }), [
      'info: +12025550171 is taken over if the account has it, else bought; on destroy the number stays in the account, without its webhooks, unless releaseOnDelete is true',
    ])
    assert.deepEqual(
      await plan(workerChannelType, {
        workspaceSid,
        workerSid: unknown,
        taskChannel: 'voice',
      }),
      ['info: it is always there: only set, and cleared on destroy'],
    )
  })

  it('says nothing of what is made, nor of what is not known', async () => {
    const { workspaceSid } = story
    assert.deepEqual(await plan(activityType, { workspaceSid, friendlyName: 'Lunch' }), [])
    assert.deepEqual(await plan(activityType, { workspaceSid, friendlyName: unknown }), [])
    assert.deepEqual(await plan(numberType, { areaCode: '212', releaseOnDelete: true }), [])
  })
})

describe('twilio:index:getDeletionNotes', () => {
  const story = useWorkspace()

  async function notesOf(planned: readonly (readonly [string, State])[], engine = story.engine) {
    const deletions = planned.map(([type, { id, outputs }]) => ({
      urn: `urn:of:${type.split(':').at(-1)}`,
      type,
      id,
      properties: outputs,
    }))
    const { notes } = await engine.invoke('twilio:index:getDeletionNotes', { deletions })
    return notes as {
      readonly urn: string
      readonly severity: string
      readonly message: string
      readonly blocks: boolean
    }[]
  }

  it('counts what goes on in each object, and says whether it would be refused', async () => {
    const route = await declareRoute(story, 'planned')
    await ask(story, route)
    const planned = [
      [queueType, route.queue],
      [workflowType, route.workflow],
    ] as const
    story.twilio.forget()
    const notes = await notesOf(planned)
    assert.deepEqual(story.twilio.writes(), [])
    assert.deepEqual(
      notes.map(({ urn, severity, blocks }) => [urn, severity, blocks]),
      [
        ['urn:of:TaskQueue', 'warning', true],
        ['urn:of:Workflow', 'warning', true],
      ],
    )
    assert.match(String(notes[0]?.message), /^1 task is in it \(1 pending\), so it is not deleted/)

    const forced = await startEngine(story.twilio.url, { TWILIO_FORCE: 'true' })
    const [note] = await notesOf(planned, forced)
    forced.close()
    assert.equal(note?.blocks, false)
    assert.match(String(note?.message), /deleted all the same, as force says, and these tasks are/)
  })

  it('tells of tasks that are to come to a queue, and not of those that go with their workflow', async () => {
    const next = await story.up(queueType, undefined, { friendlyName: 'next' })
    const { queue, workflow } = await declareRoute(story, 'on the way')
    const changed = await story.up(workflowType, workflow, {
      friendlyName: 'on the way workflow',
      configuration: {
        task_routing: {
          filters: [
            {
              filter_friendly_name: 'All',
              expression: '1==1',
              targets: [{ queue: sidOf(queue), timeout: 600 }, { queue: sidOf(next) }],
            },
          ],
          default_filter: { queue: sidOf(queue) },
        },
      },
    })
    await ask(story, { queue, workflow: changed })
    const [note] = await notesOf([[queueType, next]])
    assert.match(
      String(note?.message),
      /^1 task is in what leads to it, on the way workflow \(1 pending\); tasks keep their steps/,
    )
    assert.equal(note?.blocks, false)
    const both = await notesOf([
      [queueType, next],
      [workflowType, changed],
    ])
    assert.deepEqual(
      both.map(({ urn }) => urn),
      ['urn:of:Workflow'],
    )
  })

  it('does not count workers who go with their activity', async () => {
    const lunch = await story.up(activityType, undefined, { friendlyName: 'Lunch' })
    const going = await story.up(workerType, undefined, {
      friendlyName: 'going',
      activitySid: sidOf(lunch),
    })
    await story.up(workerType, undefined, { friendlyName: 'staying', activitySid: sidOf(lunch) })
    const [note] = await notesOf([
      [activityType, lunch],
      [workerType, going],
    ])
    assert.match(
      String(note?.message),
      /^1 worker is in it \(staying\), so it can’t be deleted yet/,
    )
    assert.equal(note?.blocks, true)
  })

  it('tells what stays, unless the parent goes, too', async () => {
    const offline = await story.up(activityType, undefined, { friendlyName: 'Offline' })
    const number = await story.engine.up(numberType, undefined, { phoneNumber: '+12025550172' })
    const planned = [
      [activityType, offline],
      [numberType, number.state],
    ] as const
    assert.deepEqual(
      (await notesOf(planned)).map(({ severity, message }) => `${severity}: ${message}`),
      [
        'info: Offline came with the workspace, and goes with it only',
        'info: the number +12025550172 stays in the account, without its webhooks; releaseOnDelete: true gives it back',
      ],
    )
    const workspace = { id: story.workspaceSid, inputs: {}, outputs: {} }
    const notes = await notesOf([...planned, [workspaceType, workspace]])
    assert.deepEqual(
      notes.filter(({ urn }) => urn.endsWith('Activity')),
      [],
    )
  })

  it('hears which deletions follow, and then says as little as the plan did', async () => {
    const offline = await story.up(activityType, undefined, { friendlyName: 'Offline' })
    const going = [{ urn: 'urn', type: activityType, id: offline.id, properties: offline.outputs }]
    const whole = { urn: 'urn', type: workspaceType, id: story.workspaceSid, properties: {} }
    const announce = (deletions: readonly object[]) =>
      story.engine.invoke('twilio:index:getDeletionNotes', { deletions, announce: true })
    story.twilio.forget()
    assert.deepEqual((await announce([...going, whole]))['notes'], [])
    assert.deepEqual(story.twilio.requests(), [], 'it asks nothing')
    story.said()
    await story.engine.destroy(activityType, offline)
    assert.deepEqual(story.said(), [])
    await announce(going)
    await story.engine.destroy(activityType, offline)
    assert.match(String(story.said()[0]?.message), /^Offline came with the workspace/)
  })
})
