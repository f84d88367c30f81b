import assert from 'node:assert/strict'
import { packageSchema } from '../../../provider/description/schema.ts'
import { lookUps } from '../../../provider/listing/look-up.ts'
import { type Stack, upCentre } from '../engine/centre.ts'
import { Refused } from '../engine/engine.ts'
import { useTwilio } from '../engine/story.ts'

const getQueue = 'twilio:taskrouter:getTaskQueue'

describe('look-ups', () => {
  const story = useTwilio()
  let stack: Stack = {}
  let workspaceSid = ''
  before(async () => {
    stack = (await upCentre(story.engine)).stack
    workspaceSid = String(stack['workspace']?.id)
  })

  it('find a workspace and what is in it by name, with its properties', async () => {
    const workspace = await story.engine.invoke('twilio:taskrouter:getWorkspace', {
      friendlyName: 'Support',
    })
    assert.deepEqual([workspace['id'], workspace['sid']], [workspaceSid, workspaceSid])
    const queue = await story.engine.invoke(getQueue, { workspaceSid, friendlyName: 'Spanish' })
    assert.equal(queue['id'], stack['spanish']?.id)
    assert.equal(queue['targetWorkers'], 'languages HAS "es"')
    assert.equal(queue['workspaceSid'], workspaceSid)
    const workflow = await story.engine.invoke('twilio:taskrouter:getWorkflow', {
      workspaceSid,
      friendlyName: 'Calls',
    })
    assert.deepEqual(workflow['configuration'], stack['calls']?.inputs['configuration'])
    const activity = await story.engine.invoke('twilio:taskrouter:getActivity', {
      workspaceSid,
      friendlyName: 'Unavailable',
    })
    assert.equal(activity['available'], false)
    const worker = await story.engine.invoke('twilio:taskrouter:getWorker', {
      workspaceSid,
      friendlyName: 'alice',
    })
    assert.deepEqual(worker['attributes'], {
      languages: ['en', 'es'],
      contact_uri: 'client:alice',
    })
  })

  it('find a number by its digits', async () => {
    const number = await story.engine.invoke('twilio:phoneNumbers:getPhoneNumber', {
      phoneNumber: '+12025550100',
    })
    assert.equal(number['id'], stack['main']?.id)
    assert.equal(number['voiceUrl'], 'https://example.com/call')
  })

  it('find a flow, with the definition that lists leave out', async () => {
    const flow = await story.engine.invoke('twilio:studio:getFlow', { friendlyName: 'Main line' })
    assert.match(String(flow['id']), /^FW/)
    assert.equal(flow['status'], 'published')
    assert.ok(flow['definition'])
    assert.match(String(flow['webhookUrl']), /webhooks\.twilio\.com.*FW/)
  })

  it('say what is there when nothing has the name, and which was probably meant', async () => {
    await assert.rejects(
      story.engine.invoke(getQueue, { workspaceSid, friendlyName: 'Spansh' }),
      /getTaskQueue finds no friendlyName “Spansh”: there are “Spanish”, “Anyone”; did you mean “Spanish”\?/,
    )
  })

  it('do not choose among several of one name', async () => {
    const twin = await story.twilio.sdk.taskrouter.v1
      .workspaces(workspaceSid)
      .taskQueues.create({ friendlyName: 'Anyone' })
    await assert.rejects(
      story.engine.invoke(getQueue, { workspaceSid, friendlyName: 'Anyone' }),
      new RegExp(`finds 2 of friendlyName “Anyone”: .*${twin.sid}.*write the SID`),
    )
  })

  it('refuse arguments by property', async () => {
    const refused = (args: object, property: string) =>
      assert.rejects(
        story.engine.invoke(getQueue, { ...args }),
        (error) => error instanceof Refused && error.failures[0]?.property === property,
      )
    await refused({ friendlyName: 'Spanish' }, 'workspaceSid')
    await refused({ friendlyName: 'Spanish', workspaceSid: 'WS1' }, 'workspaceSid')
    await refused({ workspaceSid, friendlyName: 'Spanish', queue: 1 }, 'queue')
    await assert.rejects(
      story.engine.invoke('twilio:taskrouter:getQueue', {}),
      /There is no function twilio:taskrouter:getQueue; there are .*getTaskQueue/,
    )
  })

  it('are all in the schema', () => {
    const { functions } = packageSchema() as { functions: Record<string, { inputs: object }> }
    assert.deepEqual(Object.keys(functions).sort(), lookUps.map(({ token }) => token).sort())
    assert.ok(Object.values(functions).every(({ inputs }) => inputs))
  })
})
