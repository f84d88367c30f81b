import assert from 'node:assert/strict'
import { demoAccount } from '../../../../local/demo-account.ts'
import { sign } from '../../../../local/twilio/webhooks/signature.ts'
import { type LocalTwilio, startLocalTwilio } from '../../../support/local-twilio.ts'
import { declareSmallCentre, type SmallCentre } from '../../../support/small-centre.ts'
import { startWebhookTarget, type WebhookTarget } from '../../../support/webhook-target.ts'

const PUBLIC = 'https://centre.example.com'

describe('the callbacks of TaskRouter', () => {
  let local: LocalTwilio
  let target: WebhookTarget
  let centre: SmallCentre
  const api = () => local.client.taskrouter.v1.workspaces(centre.workspaceSid)
  const statusOf = async (sid: string) => (await api().tasks(sid).fetch()).assignmentStatus
  const paths = () => target.delivered.map(({ path }) => path)

  before(async () => {
    target = await startWebhookTarget()
  })
  after(() => target.close())
  beforeEach(async () => {
    target.delivered.length = 0
    target.reply = () => ({})
    local = await startLocalTwilio({ origins: () => ({ [PUBLIC]: target.origin }) })
    centre = await declareSmallCentre(local, {
      assignmentCallbackUrl: `${PUBLIC}/assignment`,
      fallbackAssignmentCallbackUrl: `${PUBLIC}/fallback`,
      taskReservationTimeout: 20,
    })
  })
  afterEach(() => local.close())

  describe('assignment', () => {
    it('tells the application who, what and where, signed for the public address', async () => {
      const task = await api().tasks.create({ attributes: '{"a":1}' })
      await local.clock.settle()
      const [callback] = target.delivered
      assert.ok(callback)
      const { ReservationSid, ...form } = callback.form
      assert.match(ReservationSid ?? '', /^WR[0-9a-f]{32}$/)
      assert.deepEqual(form, {
        Timestamp: '1767603600',
        AccountSid: demoAccount.accountSid,
        WorkspaceSid: centre.workspaceSid,
        WorkflowSid: centre.workflowSid,
        TaskQueueSid: centre.queueSid,
        TaskQueueName: 'Everyone',
        WorkerSid: centre.annSid,
        WorkerName: 'Ann',
        WorkerAttributes: '{}',
        TaskSid: task.sid,
        TaskAttributes: '{"a":1}',
        TaskAge: '0',
        TaskPriority: '0',
        TaskChannelSid: task.taskChannelSid,
        TaskChannelUniqueName: 'default',
      })
      assert.equal(
        callback.headers['x-twilio-signature'],
        sign(demoAccount.authToken, `${PUBLIC}/assignment`, callback.form),
      )
    })

    it('accepts and rejects as the answer says', async () => {
      target.reply = ({ form }) => ({
        json:
          form['WorkerName'] === 'Ann'
            ? { instruction: 'reject', activity_sid: centre.offlineSid }
            : { instruction: 'accept' },
      })
      const { sid } = await api().tasks.create({})
      await local.clock.settle()
      assert.equal(await statusOf(sid), 'assigned')
      assert.equal((await api().workers(centre.annSid).fetch()).activityName, 'Offline')
    })

    it('leaves the reservation to the API after an empty answer', async () => {
      const { sid } = await api().tasks.create({})
      await local.clock.settle()
      assert.equal(await statusOf(sid), 'reserved')
      assert.deepEqual(paths(), ['/assignment'])
      assert.deepEqual(local.twilio.alerts(), [])
    })

    it('takes 204 for an empty answer too', async () => {
      target.reply = () => ({ status: 204 })
      const { sid } = await api().tasks.create({})
      await local.clock.settle()
      assert.equal(await statusOf(sid), 'reserved')
      assert.deepEqual(paths(), ['/assignment'])
    })

    it('asks the fallback address when the first does not answer 200 and JSON', async () => {
      target.reply = ({ path }) =>
        path === '/assignment' ? { status: 500 } : { json: { instruction: 'accept' } }
      const { sid } = await api().tasks.create({})
      await local.clock.settle()
      assert.equal(await statusOf(sid), 'assigned')
      assert.deepEqual(paths(), ['/assignment', '/fallback'])
      assert.equal(target.delivered[1]?.form['ErrorCode'], '11200')
    })

    it('does not take an instruction that is not JSON by its content type', async () => {
      target.reply = ({ path }) =>
        path === '/assignment' ? { text: '{"instruction":"accept"}', type: 'text/html' } : {}
      await api().tasks.create({})
      await local.clock.settle()
      assert.deepEqual(paths(), ['/assignment', '/fallback'])
    })

    it('cancels the reservation when both addresses are dead', async () => {
      let dead = true
      target.reply = () => (dead ? 'reset' : {})
      // Whoever is asked next finds the application alive again.
      local.twilio.subscribe(({ name }) => {
        if (name === 'reservation.canceled') dead = false
      })
      const { sid } = await api().tasks.create({})
      await local.clock.settle()
      const reservations = await api().tasks(sid).reservations.list()
      assert.deepEqual(
        reservations.map(({ reservationStatus }) => reservationStatus),
        ['canceled', 'pending'],
      )
      assert.deepEqual(
        local.twilio.alerts().map(({ code }) => code),
        [11205, 11205],
      )
    })

    it('gives the task up after a thousand offers that nobody could be told of', async () => {
      await api().workflows(centre.workflowSid).update({ fallbackAssignmentCallbackUrl: '' })
      target.reply = () => ({ status: 500 })
      const { sid } = await api().tasks.create({})
      await local.clock.settle()
      assert.equal(target.delivered.length, 1_000)
      const task = await api().tasks(sid).fetch()
      assert.deepEqual(
        [task.assignmentStatus, task.reason],
        ['canceled', 'Task TTL Exceeded or Max assignment count exceeded'],
      )
    })

    it('warns of an answer without an instruction, and of one that does not exist', async () => {
      target.reply = ({ form }) => ({
        json: form['WorkerName'] === 'Ann' ? {} : { instruction: 'dance' },
      })
      await api().tasks.create({})
      await api().tasks.create({})
      await local.clock.settle()
      assert.deepEqual(
        local.twilio.alerts().map(({ code }) => code),
        [40005, 55555],
      )
    })
  })

  describe('event', () => {
    it('tells every event that the filter lets pass, in order', async () => {
      await api().update({
        eventCallbackUrl: `${PUBLIC}/events`,
        eventsFilter: 'task.created,reservation.created,worker.activity.update',
      })
      const { sid } = await api().tasks.create({ attributes: '{"a":1}' })
      await local.clock.advance(20_000)
      const events = target.delivered.filter(({ path }) => path === '/events')
      const ofTask = events.filter(({ form }) => form['TaskSid'] === sid)
      assert.deepEqual(
        ofTask.map(({ form }) => [form['EventType'], form['WorkerName']]),
        [
          ['task.created', undefined],
          ['reservation.created', 'Ann'],
          ['reservation.created', 'Bob'],
        ],
      )
      const [created] = ofTask
      assert.equal(created?.form['WorkspaceName'], 'Small centre')
      assert.equal(created?.form['ResourceType'], 'task')
      assert.equal(created?.form['ResourceSid'], sid)
      assert.equal(created?.form['TimestampMs'], '1767603600000')
      assert.equal(created?.form['TaskAttributes'], '{"a":1}')
      assert.equal(created?.form['TaskQueueSid'], undefined)
      const moved = events.find(({ form }) => form['EventType'] === 'worker.activity.update')
      assert.equal(moved?.form['WorkerActivityName'], 'Offline')
      assert.equal(moved?.form['WorkerTimeInPreviousActivity'], '20')
      assert.equal(moved?.form['WorkerTimeInPreviousActivityMs'], '20000')
    })

    it('tells of the declared objects too', async () => {
      await api().update({ eventCallbackUrl: `${PUBLIC}/events` })
      await api().activities.create({ friendlyName: 'Busy' })
      await local.clock.settle()
      const event = target.delivered.find(({ form }) => form['EventType'] === 'activity.created')
      assert.equal(event?.form['ActivityName'], 'Busy')
      assert.equal(event?.form['ActivityAvailable'], 'false')
    })
  })
})
