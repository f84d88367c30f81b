import assert from 'node:assert/strict'
import { type LocalTwilio, refused, startLocalTwilio } from '../../../support/local-twilio.ts'

describe('the resources of TaskRouter', () => {
  let local: LocalTwilio
  let sid: string
  const api = () => local.client.taskrouter.v1.workspaces(sid)
  const activitySid = async (name: string) =>
    (await api().activities.list({ friendlyName: name }))[0]?.sid ?? ''

  before(async () => {
    local = await startLocalTwilio()
  })
  after(() => local.close())
  beforeEach(async () => {
    sid = (await local.client.taskrouter.v1.workspaces.create({ friendlyName: 'Centre' })).sid
  })

  describe('Workspaces', () => {
    it('come with three activities and five task channels', async () => {
      const workspace = await api().fetch()
      const activities = await api().activities.list()
      assert.deepEqual(
        activities.map(({ friendlyName, available }) => [friendlyName, available]),
        [
          ['Offline', false],
          ['Unavailable', false],
          ['Available', true],
        ],
      )
      assert.equal(workspace.defaultActivityName, 'Offline')
      assert.equal(workspace.timeoutActivitySid, activities[0]?.sid)
      assert.equal(workspace.multiTaskEnabled, true)
      assert.equal(workspace.dateCreated.toISOString(), '2026-01-05T09:00:00.000Z')
      assert.deepEqual(
        (await api().taskChannels.list()).map(({ uniqueName }) => uniqueName),
        ['default', 'voice', 'sms', 'chat', 'video'],
      )
    })

    it('of the template FIFO have a queue of everyone and a workflow to it', async () => {
      const { workspaces } = local.client.taskrouter.v1
      const fifo = await workspaces.create({ friendlyName: 'Fifo', template: 'FIFO' })
      const [queue] = await workspaces(fifo.sid).taskQueues.list()
      const [workflow] = await workspaces(fifo.sid).workflows.list()
      assert.equal(queue?.friendlyName, 'Sample Queue')
      assert.match(workflow?.configuration ?? '', new RegExp(queue?.sid ?? 'none'))
    })

    it('change what is sent and keep the rest', async () => {
      const available = await activitySid('Available')
      await api().update({ eventsFilter: 'task.created', timeoutActivitySid: available })
      const workspace = await api().update({ friendlyName: 'Other' })
      assert.equal(workspace.friendlyName, 'Other')
      assert.equal(workspace.eventsFilter, 'task.created')
      assert.equal(workspace.timeoutActivityName, 'Available')
    })

    it('refuse an activity of elsewhere as default', async () => {
      await assert.rejects(
        api().update({ defaultActivitySid: `WA${'0'.repeat(32)}` }),
        refused(400, 20001, /is no activity of workspace/),
      )
    })

    it('are gone once removed', async () => {
      await api().remove()
      await assert.rejects(api().fetch(), refused(404, 20404, /was not found/))
    })
  })

  describe('Activities', () => {
    it('have a name of their own', async () => {
      await assert.rejects(
        api().activities.create({ friendlyName: 'Available' }),
        refused(400, 20001, /exists already/),
      )
      await assert.rejects(
        api().activities.create({ friendlyName: 'x'.repeat(65) }),
        refused(400, 20001, /65 characters/),
      )
    })

    it('are not deleted while they have a role or a worker', async () => {
      const offline = await activitySid('Offline')
      await assert.rejects(
        api().activities(offline).remove(),
        refused(400, 20001, /default and timeout activity/),
      )
      const busy = await api().activities.create({ friendlyName: 'Busy' })
      const worker = await api().workers.create({ friendlyName: 'Ann', activitySid: busy.sid })
      await assert.rejects(api().activities(busy.sid).remove(), refused(400, 20001, /Ann/))
      await api().workers(worker.sid).update({ activitySid: offline })
      assert.equal(await api().activities(busy.sid).remove(), true)
    })

    it('are renamed, and listed by name and availability', async () => {
      const busy = await api().activities.create({ friendlyName: 'Busy', available: true })
      await api().activities(busy.sid).update({ friendlyName: 'On call' })
      const list = await api().activities.list({ available: 'true' })
      assert.deepEqual(
        list.map(({ friendlyName }) => friendlyName),
        ['Available', 'On call'],
      )
    })
  })

  describe('TaskChannels', () => {
    it('have a unique name that cannot be anything', async () => {
      const create = (uniqueName: string) =>
        api().taskChannels.create({ friendlyName: 'Mail', uniqueName })
      await assert.rejects(create('e-mail'), refused(400, 20001, /UniqueName/))
      await assert.rejects(create('voice'), refused(400, 20001, /exists already/))
      const mail = await create('email')
      assert.equal((await api().taskChannels('email').fetch()).sid, mail.sid)
      const next = await api().taskChannels(mail.sid).update({ channelOptimizedRouting: true })
      assert.equal(next.channelOptimizedRouting, true)
      assert.equal(await api().taskChannels(mail.sid).remove(), true)
    })
  })

  describe('TaskQueues', () => {
    it('take everyone unless told otherwise', async () => {
      const queue = await api().taskQueues.create({ friendlyName: 'All' })
      assert.deepEqual(
        [queue.targetWorkers, queue.maxReservedWorkers, queue.taskOrder],
        ['1==1', 1, 'FIFO'],
      )
    })

    it('refuse an expression that does not parse, and numbers out of bounds', async () => {
      await assert.rejects(
        api().taskQueues.create({ friendlyName: 'Q', targetWorkers: 'languages HAS' }),
        refused(400, 20001, /TargetWorkers|xpression/),
      )
      await assert.rejects(
        api().taskQueues.create({ friendlyName: 'Q', maxReservedWorkers: 51 }),
        refused(400, 20001, /1 to 50/),
      )
    })

    it('are listed by a worker, and by attributes that a worker might have', async () => {
      const worker = await api().workers.create({
        friendlyName: 'Ann',
        attributes: '{"languages":["es"]}',
      })
      await api().taskQueues.create({ friendlyName: 'Es', targetWorkers: "languages HAS 'es'" })
      await api().taskQueues.create({ friendlyName: 'Fr', targetWorkers: "languages HAS 'fr'" })
      const byWorker = await api().taskQueues.list({ workerSid: worker.sid })
      assert.deepEqual(
        byWorker.map(({ friendlyName }) => friendlyName),
        ['Es'],
      )
      const byAttributes = await api().taskQueues.list({
        evaluateWorkerAttributes: '{"languages":["fr"]}',
      })
      assert.deepEqual(
        byAttributes.map(({ friendlyName }) => friendlyName),
        ['Fr'],
      )
    })

    it('are not deleted while a workflow names them', async () => {
      const queue = await api().taskQueues.create({ friendlyName: 'All' })
      const workflow = await api().workflows.create({
        friendlyName: 'W',
        configuration: JSON.stringify({ task_routing: { default_filter: { queue: queue.sid } } }),
      })
      await assert.rejects(
        api().taskQueues(queue.sid).remove(),
        refused(400, 20001, /refers to it/),
      )
      await api().workflows(workflow.sid).remove()
      assert.equal(await api().taskQueues(queue.sid).remove(), true)
    })
  })

  describe('Workflows', () => {
    const configure = (target: object) =>
      JSON.stringify({
        task_routing: { filters: [{ expression: 'a == 1', targets: [target] }] },
      })

    it('keep the text of their configuration', async () => {
      const queue = await api().taskQueues.create({ friendlyName: 'All' })
      const configuration = `{ "task_routing": {"default_filter": {"queue": "${queue.sid}"}} }`
      const workflow = await api().workflows.create({
        friendlyName: 'W',
        configuration,
        assignmentCallbackUrl: 'https://example.com/assignment',
      })
      assert.equal(workflow.configuration, configuration)
      assert.equal(workflow.taskReservationTimeout, 120)
      assert.equal(workflow.assignmentCallbackUrl, 'https://example.com/assignment')
      const next = await api().workflows(workflow.sid).update({ assignmentCallbackUrl: '' })
      assert.equal(next.assignmentCallbackUrl, null)
      assert.equal(next.configuration, configuration)
    })

    it('refuse what is no configuration, and queues of elsewhere', async () => {
      const create = (configuration: string) =>
        api().workflows.create({ friendlyName: 'W', configuration })
      const queue = await api().taskQueues.create({ friendlyName: 'All' })
      await assert.rejects(create('{'), refused(400, 20001, /not valid JSON/))
      await assert.rejects(create('{}'), refused(400, 20001, /task_routing is missing/))
      await assert.rejects(create(configure({ timeout: 5 })), refused(400, 20001, /names no queue/))
      await assert.rejects(
        create(configure({ queue: `WQ${'0'.repeat(32)}` })),
        refused(400, 20001, /does not exist in workspace/),
      )
      await assert.rejects(
        create(configure({ queue: queue.sid, expression: 'task.a ==' })),
        refused(400, 20001, /expression/i),
      )
    })
  })
})
