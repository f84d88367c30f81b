import assert from 'node:assert/strict'
import { createTestClock, type TestClock } from '../../../local/clock.ts'
import { createFunctionsHost } from '../../../local/host/index.ts'
import { azuriteConnection, uniquePrefix } from '../../support/azurite.ts'
import { appEnvironment, centre, sids } from '../../support/centre-settings.ts'
import { createQuietLog } from '../../support/quiet-log.ts'
import { startTwilioRecorder, type TwilioRecorder } from '../../support/twilio-recorder.ts'
import { createWebhookSender } from '../../support/webhook-sender.ts'

const key = 'a key of the back office'
const root = `/taskrouter.twilio.com/v1/Workspaces/${sids.workspace}`

describe('startWrapUp and endWrapUp', () => {
  let clock: TestClock
  let twilio: TwilioRecorder
  let host: Awaited<ReturnType<typeof createFunctionsHost>>
  let environment: Record<string, string>
  let activity: string
  let otherTasks: object[]
  let busy: object[]
  let away: boolean

  beforeEach(async () => {
    clock = createTestClock()
    activity = sids.wrapUp
    otherTasks = []
    busy = []
    away = false
    twilio = await startTwilioRecorder(({ method, path, form }) => {
      if (away) return { status: 500, body: { message: 'Internal error' } }
      if (path.includes('/Tasks?')) return { body: { tasks: busy } }
      if (path.endsWith('?ReservationStatus=wrapping')) {
        return { body: { reservations: otherTasks } }
      }
      if (path.endsWith('/Reservations')) {
        const row = { worker_sid: sids.worker, worker_name: 'alice' }
        const reservations = [
          { ...row, worker_sid: `WK${'0'.repeat(32)}`, reservation_status: 'timeout' },
          { ...row, reservation_status: 'wrapping' },
        ]
        return { body: { reservations } }
      }
      if (path.includes('/Workers/')) {
        if (method === 'POST') activity = form['ActivitySid'] ?? ''
        return { body: { sid: sids.worker, activity_sid: activity }, headers: { etag: '"7"' } }
      }
      return { body: { sid: sids.task } }
    })
    const wrapUpSeconds = { default: 30, byQueue: { [sids.queue]: 90 } }
    environment = appEnvironment(
      {
        TWILIO_BASE_URL: twilio.baseUrl,
        BACK_OFFICE_KEY: key,
        AzureWebJobsStorage: await azuriteConnection(),
        STORE_PREFIX: uniquePrefix(),
      },
      { ...centre, wrapUpSeconds },
    )
    host = await createFunctionsHost({ environment, clock, log: createQuietLog() })
  })
  afterEach(async () => {
    await host.close()
    await twilio.close()
  })

  const tell = (event: Record<string, string>, id = 'a') =>
    createWebhookSender(host.origin).post('/task-events', {
      Sid: `EV${id.repeat(32)}`,
      TimestampMs: String(clock.now()),
      TaskSid: sids.task,
      ...event,
    })
  const ask = (path: string) =>
    fetch(host.origin + path, {
      method: 'POST',
      headers: { 'x-functions-key': key },
      body: JSON.stringify({ taskSid: sids.task }),
    })
  const completions = () =>
    twilio.requests.filter(({ form }) => form['AssignmentStatus'] === 'completed')

  it('completes the task with a reason and makes the worker available, when the time is up', async () => {
    assert.equal((await tell({ EventType: 'task.wrapup' })).status, 204)
    await clock.advance(29_999)
    assert.equal(completions().length, 0)
    await clock.advance(1)
    const [completed, , looked, moved] = twilio.requests.slice(-4)
    assert.equal(completed?.path, `${root}/Tasks/${sids.task}`)
    assert.deepEqual(completed?.form, {
      AssignmentStatus: 'completed',
      Reason: 'The time for wrap-up is over',
    })
    assert.equal(looked?.method, 'GET')
    assert.equal(moved?.path, `${root}/Workers/${sids.worker}`)
    assert.equal(moved?.form['ActivitySid'], sids.available)
    assert.equal(moved?.headers['if-match'], '"7"')
  })

  it('begins while Twilio is away, and ends once it is back', async () => {
    away = true
    await tell({ EventType: 'task.wrapup' })
    await clock.advance(20 * 60_000)
    assert.deepEqual(host.poison, [])
    assert.equal(activity, sids.wrapUp)
    away = false
    await clock.advance(60_000)
    assert.equal(activity, sids.available)
  })

  it('is found when the event of its beginning found nobody at home', async () => {
    await tell({ EventType: 'reservation.accepted' })
    const task = { sid: sids.task, task_queue_sid: sids.queue, workflow_sid: null }
    busy = [{ ...task, assignment_status: 'assigned' }]
    await clock.advance(10 * 60_000)
    assert.equal(completions().length, 0)
    busy = [{ ...task, assignment_status: 'wrapping' }]
    await clock.advance(5 * 60_000)
    busy = []
    await clock.advance(90_000)
    assert.equal(completions().length, 1)
    assert.equal(activity, sids.available)
    const seen = twilio.requests.length
    await clock.advance(60 * 60_000)
    assert.ok(twilio.requests.length <= seen + 1, 'nobody looks while nobody talks')
  })

  it('lasts as long as the queue says', async () => {
    await tell({ EventType: 'task.wrapup', TaskQueueSid: sids.queue })
    await clock.advance(89_000)
    assert.equal(completions().length, 0)
    await clock.advance(1_000)
    assert.equal(completions().length, 1)
  })

  it('has no second effect when events come twice, together and in another order', async () => {
    const wrapup = { EventType: 'task.wrapup' }
    await tell({ EventType: 'task.completed' }, 'b')
    await Promise.all([tell(wrapup), tell(wrapup), tell({ EventType: 'reservation.wrapup' }, 'c')])
    await clock.advance(60_000)
    await tell(wrapup)
    await clock.advance(60_000)
    assert.equal(completions().length, 1)
    assert.equal(twilio.requests.filter(({ form }) => form['ActivitySid']).length, 1)
  })

  it('leaves a worker alone who went somewhere else', async () => {
    await tell({ EventType: 'task.wrapup' })
    await clock.advance(10_000)
    activity = sids.offline
    await clock.advance(20_000)
    assert.equal(completions().length, 1)
    assert.equal(activity, sids.offline)
  })

  it('leaves a worker in wrap-up who has another task there', async () => {
    await tell({ EventType: 'task.wrapup' })
    otherTasks = [{ worker_sid: sids.worker, worker_name: 'alice', reservation_status: 'wrapping' }]
    await clock.advance(30_000)
    assert.equal(completions().length, 1)
    assert.equal(activity, sids.wrapUp)
  })

  it('ends for a worker who came to it with a task that is over already', async () => {
    const came = { EventType: 'worker.activity.update', WorkerSid: sids.worker, TaskSid: '' }
    await tell({ ...came, WorkerActivitySid: sids.wrapUp })
    await clock.advance(29_999)
    assert.equal(activity, sids.wrapUp)
    await clock.advance(1)
    assert.equal(activity, sids.available)
    assert.equal(completions().length, 0)
  })

  it('is none of its business when a worker goes somewhere else', async () => {
    const went = { EventType: 'worker.activity.update', WorkerSid: sids.worker, TaskSid: '' }
    await tell({ ...went, WorkerActivitySid: sids.offline })
    await clock.advance(60_000)
    assert.deepEqual(twilio.requests, [])
  })

  it('ends at once when the agent says so', async () => {
    await tell({ EventType: 'task.wrapup' })
    await clock.advance(5_000)
    assert.equal((await ask('/end-wrap-up')).status, 200)
    assert.equal(completions()[0]?.form['Reason'], 'The agent finished wrap-up')
    assert.equal(activity, sids.available)
    await clock.advance(60_000)
    assert.equal(completions().length, 1)
  })

  it('is extended by the same time, once', async () => {
    await tell({ EventType: 'task.wrapup' })
    await clock.advance(5_000)
    const extended = await ask('/extend-wrap-up')
    assert.deepEqual(await extended.json(), { taskSid: sids.task, endsAt: clock.now() + 55_000 })
    assert.equal((await ask('/extend-wrap-up')).status, 409)
    await clock.advance(54_000)
    assert.equal(completions().length, 0)
    await clock.advance(1_000)
    assert.equal(completions().length, 1)
  })

  it('knows nothing of a task that is not in wrap-up, and asks for a credential', async () => {
    assert.equal((await ask('/end-wrap-up')).status, 404)
    assert.equal((await ask('/extend-wrap-up')).status, 404)
    const anonymous = await fetch(`${host.origin}/end-wrap-up`, { method: 'POST', body: '{}' })
    assert.equal(anonymous.status, 401)
  })

  it('goes on in another process', async () => {
    await tell({ EventType: 'task.wrapup' })
    await clock.advance(0)
    const second = await createFunctionsHost({ environment, clock, log: createQuietLog() })
    const response = await fetch(`${second.origin}/end-wrap-up`, {
      method: 'POST',
      headers: { authorization: `Basic ${Buffer.from(`desk:${key}`).toString('base64')}` },
      body: JSON.stringify({ taskSid: sids.task }),
    })
    assert.equal(response.status, 200)
    await clock.advance(60_000)
    assert.equal(completions().length, 1)
    await second.close()
  })
})
