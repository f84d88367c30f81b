import assert from 'node:assert/strict'
import {
  createTwilioRest,
  TwilioRefusal,
  type TwilioRest,
  TwilioUnreachable,
} from '../../../functions/twilio/rest.ts'
import { demoAccount } from '../../../local/demo-account.ts'
import {
  type Answer,
  startTwilioRecorder,
  type TwilioRecorder,
} from '../../support/twilio-recorder.ts'

const path = 'taskrouter.twilio.com/v1/Workspaces'

describe('createTwilioRest', () => {
  let answers: Answer[]
  let twilio: TwilioRecorder
  let rest: TwilioRest
  beforeEach(async () => {
    answers = []
    twilio = await startTwilioRecorder(() => answers.shift() ?? { body: { done: true } })
    rest = createTwilioRest({ ...demoAccount, baseUrl: twilio.baseUrl })
  })
  afterEach(() => twilio.close())

  it('posts a form below the base URL, with credentials and a version', async () => {
    const answer = await rest.post(path, { A: 'b c' }, { ifMatch: '"3"' })
    assert.deepEqual(answer.body, { done: true })
    const [request] = twilio.requests
    assert.equal(request?.path, `/${path}`)
    assert.deepEqual(request?.form, { A: 'b c' })
    assert.equal(request?.headers['if-match'], '"3"')
    const { accountSid, authToken } = demoAccount
    assert.equal(request?.headers.authorization, `Basic ${btoa(`${accountSid}:${authToken}`)}`)
  })

  it('tries again after 429, 503 and a reset, and waits as told', async () => {
    answers = [
      { status: 429 },
      { status: 503 },
      'reset',
      { status: 429, headers: { 'retry-after': '1' } },
    ]
    const began = performance.now()
    assert.deepEqual((await rest.get(path)).body, { done: true })
    assert.equal(twilio.requests.length, 5)
    assert.ok(performance.now() - began >= 1000)
  })

  it('tries again when the connection breaks in the middle of an answer', async () => {
    answers = ['cut']
    assert.deepEqual((await rest.get(path)).body, { done: true })
    answers = ['cut']
    await assert.rejects(rest.post(path, {}, { creates: true }), TwilioUnreachable)
    assert.equal(twilio.requests.length, 3)
  })

  it('gives up after five tries with the refusal and its code', async () => {
    answers = Array<Answer>(9).fill({
      status: 429,
      body: { code: 20429, message: 'Too many requests' },
    })
    await assert.rejects(rest.get(path), (error) => {
      assert.ok(error instanceof TwilioRefusal)
      assert.deepEqual([error.status, error.code], [429, 20429])
      assert.match(error.message, /GET taskrouter.*Too many requests/)
      return true
    })
    assert.equal(twilio.requests.length, 5)
  })

  it('does not wait longer than the caller can', async () => {
    answers = [{ status: 429, headers: { 'retry-after': '60' } }]
    await assert.rejects(rest.get(path), TwilioRefusal)
    assert.equal(twilio.requests.length, 1)
  })

  it('creates again only when nothing can have been created', async () => {
    answers = [{ status: 429 }, { status: 503 }]
    await assert.rejects(rest.post(path, {}, { creates: true }), TwilioRefusal)
    assert.equal(twilio.requests.length, 2)
    answers = ['reset']
    await assert.rejects(rest.post(path, {}, { creates: true }), TwilioUnreachable)
    assert.equal(twilio.requests.length, 3)
    assert.equal(rest.state(), 'unreachable')
  })
})
