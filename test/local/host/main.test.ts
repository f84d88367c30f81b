import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout } from 'node:timers/promises'
import { hostProgram } from '../../../local/host/index.ts'
import { routes } from '../../../schemas/index.ts'
import { azuriteConnection, uniquePrefix } from '../../support/azurite.ts'
import { appEnvironment, centre, sids } from '../../support/centre-settings.ts'
import { type RecordedRequest, startTwilioRecorder } from '../../support/twilio-recorder.ts'
import { createWebhookSender } from '../../support/webhook-sender.ts'

type Announcement = {
  ready: boolean
  origin: string
  port: number
  functionNames: string[]
  error?: string
}

describe('local/host/main.ts', () => {
  const children: ChildProcess[] = []
  async function start(environment: Record<string, string>) {
    const child = spawn(process.execPath, hostProgram, {
      env: { PATH: process.env['PATH'] ?? '', ...environment },
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    children.push(child)
    assert.ok(child.stdout)
    const [line] = await once(child.stdout, 'data')
    return { child, announcement: JSON.parse(String(line)) as Announcement }
  }
  afterEach(() => {
    for (const child of children.splice(0)) child.kill('SIGKILL')
  })

  it('serves the app as Azure loads it, says so in one line, and leaves with SIGTERM', async () => {
    const { child, announcement } = await start(appEnvironment())
    assert.equal(announcement.ready, true)
    // A path with two methods has a function for each.
    const served = announcement.functionNames.map((name) => name.replace(/^(get|post)-/, ''))
    const paths = Object.values(routes).map((path) => path.slice(1).replaceAll(/[{}]/g, ''))
    const wanted = paths.map((path) => path.replaceAll('/', '-'))
    assert.deepEqual(new Set(served), new Set([...wanted, 'jobs']))
    const sender = createWebhookSender(announcement.origin)
    assert.equal((await sender.post('/incoming-call', { CallSid: sids.call })).status, 200)
    child.kill('SIGTERM')
    assert.deepEqual(await once(child, 'exit'), [0, null])
  })

  it('does its jobs off the storage queue, those of a process that was killed too', async () => {
    const twilio = await startTwilioRecorder(({ path }) => ({
      body: path.includes('/Reservations')
        ? { reservations: [] }
        : { sid: sids.task, activity_sid: sids.offline },
    }))
    const environment = appEnvironment(
      {
        TWILIO_BASE_URL: twilio.baseUrl,
        AzureWebJobsStorage: await azuriteConnection(),
        STORE_PREFIX: uniquePrefix(),
      },
      { ...centre, wrapUpSeconds: { default: 1 } },
    )
    const first = await start(environment)
    const event = { EventType: 'task.wrapup', TaskSid: sids.task }
    await createWebhookSender(first.announcement.origin).post('/task-events', event)
    // The clock is set once the worker of the task was looked up.
    while (twilio.requests.length === 0) await setTimeout(20)
    await setTimeout(500)
    first.child.kill('SIGKILL')
    await start(environment)
    const isCompletion = ({ form }: RecordedRequest) => form['AssignmentStatus'] === 'completed'
    while (!twilio.requests.some(isCompletion)) await setTimeout(20)
    await twilio.close()
  })

  it('serves its health before it is configured', async () => {
    const { announcement } = await start({})
    const response = await fetch(`${announcement.origin}/healthz`)
    assert.equal(response.status, 503)
    assert.match(await response.text(), /not configured.*WORKFLOW_SID is missing/)
  })

  it('says which port is taken', async () => {
    const { announcement } = await start({})
    const second = await start({ PORT: String(announcement.port) })
    assert.equal(second.announcement.ready, false)
    assert.match(second.announcement.error ?? '', /Port \d+ is taken by another program/)
    assert.equal((await once(second.child, 'exit'))[0], 1)
  })
})
