import assert from 'node:assert/strict'
import { createFunctionsHost, type FunctionsHost } from '../../../local/host/index.ts'
import { appEnvironment, sids } from '../../support/centre-settings.ts'
import { createQuietLog } from '../../support/quiet-log.ts'
import {
  type Answer,
  startTwilioRecorder,
  type TwilioRecorder,
} from '../../support/twilio-recorder.ts'

const key = 'a key of the back office'
const root = `/taskrouter.twilio.com/v1/Workspaces/${sids.workspace}`

describe('backOffice', () => {
  let answer: Answer
  let twilio: TwilioRecorder
  let host: FunctionsHost
  before(async () => {
    twilio = await startTwilioRecorder(() => answer)
    const environment = appEnvironment({ TWILIO_BASE_URL: twilio.baseUrl, BACK_OFFICE_KEY: key })
    host = await createFunctionsHost({ environment, log: createQuietLog() })
  })
  after(async () => {
    await host.close()
    await twilio.close()
  })

  const ask = (path: string, body: unknown, headers: Record<string, string> = {}) =>
    fetch(host.origin + path, {
      method: 'POST',
      headers: { 'x-functions-key': key, ...headers },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    })

  it('creates a task and answers its SID', async () => {
    answer = { status: 201, body: { sid: sids.task } }
    const response = await ask('/create-task', {
      attributes: { selected_language: 'es' },
      priority: 5,
    })
    assert.equal(response.status, 201)
    assert.deepEqual(await response.json(), { taskSid: sids.task })
    const request = twilio.requests.at(-1)
    assert.equal(request?.path, `${root}/Tasks`)
    assert.deepEqual(request?.form, {
      WorkflowSid: sids.workflow,
      Attributes: '{"selected_language":"es"}',
      Priority: '5',
    })
  })

  it('reads JSON as JSON also when curl calls it a form', async () => {
    answer = { status: 201, body: { sid: sids.task } }
    const form = { 'content-type': 'application/x-www-form-urlencoded' }
    const response = await ask('/create-task', { attributes: { selected_language: 'es' } }, form)
    assert.deepEqual(await response.json(), { taskSid: sids.task })
    const cut = await ask('/create-task', '{"attributes', form)
    assert.match(await cut.text(), /must be JSON/)
  })

  it('accepts a reservation and answers the name of its worker', async () => {
    answer = {
      body: { worker_sid: sids.worker, worker_name: 'alice', reservation_status: 'accepted' },
    }
    const response = await ask('/accept-reservation', {
      taskSid: sids.task,
      reservationSid: sids.reservation,
    })
    assert.deepEqual(await response.json(), { workerName: 'alice' })
  })

  it('tells when somebody else has the reservation, and does not try again', async () => {
    answer = { status: 410, body: { message: 'rescinded' } }
    const asked = twilio.requests.length
    const response = await ask('/accept-reservation', {
      taskSid: sids.task,
      reservationSid: sids.reservation,
    })
    assert.equal(response.status, 409)
    assert.equal(twilio.requests.length, asked + 1)
  })

  it('hands on what Twilio refuses, with its reason', async () => {
    const body = { code: 20001, message: 'WorkflowSid is no workflow' }
    answer = { status: 400, body }
    const refused = await ask('/create-task', { attributes: {} })
    assert.equal(refused.status, 400)
    const told = (await refused.json()) as { error: string; code: number }
    assert.equal(told.code, 20001)
    assert.match(told.error, /WorkflowSid is no workflow/)
  })

  it('says that Twilio failed, and that nobody knows whether a task was created', async () => {
    answer = { status: 401, body: { code: 20003, message: 'Authenticate' } }
    assert.equal((await ask('/create-task', { attributes: {} })).status, 502)
    answer = 'reset'
    const unreachable = await ask('/create-task', { attributes: {} })
    assert.equal(unreachable.status, 504)
    assert.match(JSON.stringify(await unreachable.json()), /no answer/)
  })

  it('refuses who has no key, a wrong one, or when none is configured', async () => {
    const asked = twilio.requests.length
    const wrong = await ask('/create-task', { attributes: {} }, { 'x-functions-key': 'guessed' })
    assert.equal(wrong.status, 401)
    const basic = await fetch(`${host.origin}/create-task`, {
      method: 'POST',
      headers: { authorization: `Basic ${btoa('crm:guessed')}` },
      body: '{}',
    })
    assert.equal(basic.status, 401)
    const keyless = await createFunctionsHost({
      environment: appEnvironment(),
      log: createQuietLog(),
    })
    const response = await fetch(`${keyless.origin}/create-task`, {
      method: 'POST',
      headers: { 'x-functions-key': '' },
      body: '{}',
    })
    assert.equal(response.status, 401)
    await keyless.close()
    assert.equal(twilio.requests.length, asked)
  })

  it('names what is wrong with a request', async () => {
    const response = await ask('/create-task', { attributes: [], colour: 'red' })
    assert.equal(response.status, 400)
    const { problems } = (await response.json()) as { problems: { path: string }[] }
    assert.deepEqual(problems.map(({ path }) => path).sort(), ['attributes', 'colour'])
    assert.equal((await ask('/create-task', '{')).status, 400)
  })
})
