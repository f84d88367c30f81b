import assert from 'node:assert/strict'
import { BlobServiceClient } from '@azure/storage-blob'
import { createTestClock, type TestClock } from '../../../local/clock.ts'
import { createFunctionsHost } from '../../../local/host/index.ts'
import { archivedEvent } from '../../../schemas/index.ts'
import { azuriteConnection, uniquePrefix } from '../../support/azurite.ts'
import { appEnvironment, sids } from '../../support/centre-settings.ts'
import { createQuietLog } from '../../support/quiet-log.ts'
import {
  type Answer,
  startTwilioRecorder,
  type TwilioRecorder,
} from '../../support/twilio-recorder.ts'
import { createWebhookSender } from '../../support/webhook-sender.ts'

type Host = Awaited<ReturnType<typeof createFunctionsHost>>

const redirect = `/api.twilio.com/2010-04-01/Accounts/AC${'5'.repeat(32)}/Calls/${sids.call}.json`

describe('taskEvents', () => {
  let clock: TestClock
  let twilio: TwilioRecorder
  let host: Host
  let environment: Record<string, string>
  let answer: Answer

  beforeEach(async () => {
    clock = createTestClock()
    answer = {}
    twilio = await startTwilioRecorder(() => answer)
    environment = appEnvironment({
      TWILIO_BASE_URL: twilio.baseUrl,
      AzureWebJobsStorage: await azuriteConnection(),
      STORE_PREFIX: uniquePrefix(),
    })
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
  const canceled = {
    EventType: 'task.canceled',
    TaskAttributes: JSON.stringify({ call_sid: sids.call, selected_language: 'es' }),
    TaskCanceledReason: 'Task canceled on Workflow Timeout',
  }

  it('archives the raw event under its date and hour, and a repeat overwrites nothing', async () => {
    await tell({ EventType: 'worker.activity.update', WorkerName: 'alice & bob' })
    await clock.advance(1000)
    await tell({ EventType: 'worker.activity.update', TimestampMs: String(clock.now() - 1000) })
    await clock.advance(0)
    const container = BlobServiceClient.fromConnectionString(
      environment['AzureWebJobsStorage'] ?? '',
    ).getContainerClient(`${environment['STORE_PREFIX']}raw`)
    const paths = []
    for await (const { name } of container.listBlobsFlat()) paths.push(name)
    assert.deepEqual(paths, [`taskrouter/2026/01/05/09/EV${'a'.repeat(32)}.json`])
    const blob = await container.getBlobClient(paths[0] ?? '').downloadToBuffer()
    const event = archivedEvent.parse(JSON.parse(blob.toString()))
    assert.equal(event.receivedAt, clock.now() - 1000)
    assert.match(event.body, /WorkerName=alice\+%26\+bob/)
    assert.match(event.headers['content-type'] ?? '', /x-www-form-urlencoded/)
  })

  it('takes a caller whose task was canceled to the voicemail, at once and once', async () => {
    assert.equal((await tell(canceled)).status, 204)
    await tell(canceled)
    await clock.advance(1000)
    assert.deepEqual(
      twilio.requests.map(({ method, path, form }) => ({ method, path, form })),
      [
        {
          method: 'POST',
          path: redirect,
          form: { Url: 'https://centre.example/voicemail?language=es', Method: 'POST' },
        },
      ],
    )
  })

  it('leaves a caller alone who hung up, or who left the queue before', async () => {
    await tell({ ...canceled, TaskCanceledReason: 'hangup' })
    await clock.advance(0)
    await createWebhookSender(host.origin).post('/queue-exit?language=es', {
      CallSid: sids.call,
      QueueResult: 'error',
    })
    await tell(canceled, 'b')
    await clock.advance(0)
    assert.deepEqual(twilio.requests, [])
  })

  it('takes a caller who hung up meanwhile for rescued', async () => {
    answer = { status: 400, body: { code: 21220, message: 'Call is not in-progress.' } }
    await tell(canceled)
    await clock.advance(200_000)
    assert.equal(twilio.requests.length, 1)
    assert.deepEqual(host.poison, [])
  })

  it('tries the rescue again when Twilio refuses it', async () => {
    answer = { status: 500, body: { message: 'Internal error' } }
    await tell(canceled)
    await clock.advance(1000)
    answer = {}
    await clock.advance(30_000)
    assert.equal(twilio.requests.length, 2)
  })

  it('gives a job up after five tries', async () => {
    answer = { status: 500 }
    await tell(canceled)
    await clock.advance(300_000)
    assert.equal(twilio.requests.length, 5)
    assert.equal(host.poison.length, 1)
  })

  it('refuses what is no event', async () => {
    assert.equal((await tell({})).status, 400)
  })
})

describe('taskEvents without a store', () => {
  it('acknowledges the event all the same, and rescues the caller', async () => {
    const twilio = await startTwilioRecorder(() => ({}))
    const environment = appEnvironment({ TWILIO_BASE_URL: twilio.baseUrl })
    const host = await createFunctionsHost({ environment, log: createQuietLog() })
    const response = await createWebhookSender(host.origin).post('/task-events', {
      EventType: 'task.canceled',
      TaskSid: sids.task,
      TaskAttributes: JSON.stringify({ call_sid: sids.call }),
    })
    assert.equal(response.status, 204)
    while (twilio.requests.length === 0) await new Promise((resolve) => setTimeout(resolve, 20))
    assert.equal(twilio.requests[0]?.path, redirect)
    // The archive is tried again, the rescue is not.
    await new Promise((resolve) => setTimeout(resolve, 700))
    assert.equal(twilio.requests.length, 1)
    await host.close()
    await twilio.close()
  })
})
