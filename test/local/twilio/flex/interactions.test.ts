import assert from 'node:assert/strict'
import { type LocalTwilio, refused, startLocalTwilio } from '../../../support/local-twilio.ts'

const CUSTOMER = '+12025550999'

describe('A Flex interaction', () => {
  let local: LocalTwilio
  let workspaceSid: string
  let workflowSid: string
  let conversationSid: string
  const workspace = () => local.client.taskrouter.v1.workspaces(workspaceSid)
  const conversation = () => local.client.conversations.v1.conversations(conversationSid)
  const interactions = () => local.client.flexApi.v1.interaction

  const create = (attributes: object = {}, more: object = {}) =>
    interactions().create({
      channel: {
        type: 'sms',
        initiated_by: 'customer',
        properties: { media_channel_sid: conversationSid },
      },
      routing: {
        properties: {
          workspace_sid: workspaceSid,
          workflow_sid: workflowSid,
          task_channel_unique_name: 'sms',
          attributes,
          ...more,
        },
      },
    })

  beforeEach(async () => {
    local = await startLocalTwilio()
    const { workspaces } = local.client.taskrouter.v1
    workspaceSid = (await workspaces.create({ friendlyName: 'Centre' })).sid
    const queue = await workspace().taskQueues.create({ friendlyName: 'All' })
    const workflow = await workspace().workflows.create({
      friendlyName: 'Texts',
      configuration: JSON.stringify({ task_routing: { default_filter: { queue: queue.sid } } }),
    })
    workflowSid = workflow.sid
    conversationSid = (await local.client.conversations.v1.conversations.create()).sid
  })
  afterEach(() => local.close())

  it('offers a conversation to agents by a task that leads back to it', async () => {
    const interaction = await create({ customerAddress: CUSTOMER, conversationSid: 'mine' })
    assert.match(interaction.sid, /^KD[0-9a-f]{32}$/)
    const [task] = await workspace().tasks.list()
    const { sid, task_channel_unique_name: channel } = interaction.routing.properties
    assert.deepEqual([sid, channel], [task?.sid, 'sms'])
    const { flexChannelInviteSid, ...attributes } = JSON.parse(task?.attributes ?? '')
    assert.match(flexChannelInviteSid, /^KG/)
    assert.deepEqual(attributes, {
      channelType: 'sms',
      initiatedBy: 'customer',
      direction: 'inbound',
      customerAddress: CUSTOMER,
      conversationSid,
      flexInteractionSid: interaction.sid,
      flexInteractionChannelSid: interaction.channel.sid,
    })
    const [only] = await interactions()(interaction.sid).channels.list()
    assert.deepEqual([only?.sid, only?.status], [interaction.channel.sid, 'active'])
  })

  it('brings the agent who accepts into the conversation', async () => {
    const activities = await workspace().activities.list({ friendlyName: 'Available' })
    const { sid } = await workspace().workers.create({
      friendlyName: 'alice',
      activitySid: activities[0]?.sid,
    })
    await create()
    const [reservation] = await workspace().workers(sid).reservations.list()
    await workspace()
      .workers(sid)
      .reservations(reservation?.sid ?? '')
      .update({ reservationStatus: 'accepted' })
    await local.clock.settle()
    const participants = await conversation().participants.list()
    assert.deepEqual(
      participants.map(({ identity }) => identity),
      ['alice'],
    )
  })

  it('ends with its conversation and its task', async () => {
    const { sid, channel } = await create()
    const one = interactions()(sid).channels(channel.sid)
    assert.equal((await one.update({ status: 'closed' })).status, 'closed')
    const [task] = await workspace().tasks.list()
    assert.deepEqual(
      [(await conversation().fetch()).state, task?.assignmentStatus],
      ['closed', 'canceled'],
    )
    await one.update({ status: 'closed' })
    assert.equal((await one.fetch()).status, 'closed')
  })

  it('is refused without what it is about, and where it would be routed otherwise than here', async () => {
    await assert.rejects(
      create({}, { worker_sid: `WK${'1'.repeat(32)}` }),
      refused(501, 20501, /worker_sid/),
    )
    await assert.rejects(
      create({}, { workflow_sid: `WW${'1'.repeat(32)}` }),
      refused(400, 20001, /WW1111/),
    )
    const channel = { type: 'sms', initiated_by: 'agent' }
    await assert.rejects(
      interactions().create({ channel, routing: {} }),
      refused(501, 20501, /media_channel_sid/),
    )
    conversationSid = `CH${'1'.repeat(32)}`
    await assert.rejects(create(), refused(400, 20001, /no conversation/))
    await assert.rejects(
      interactions()(`KD${'1'.repeat(32)}`).fetch(),
      refused(404, 20404, /Interactions/),
    )
  })

  it('outlives a restart', async () => {
    const { sid } = await create()
    const restore = JSON.parse(JSON.stringify(local.twilio.snapshot()))
    await local.close()
    local = await startLocalTwilio({ restore })
    assert.equal((await interactions()(sid).fetch()).sid, sid)
  })
})
