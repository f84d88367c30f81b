import assert from 'node:assert/strict'
import twilio from 'twilio'
import { demoAccount } from '../../local/demo-account.ts'
import { createFunctionsHost, type FunctionsHost } from '../../local/host/index.ts'
import { appEnvironment, sids } from '../support/centre-settings.ts'
import { createQuietLog } from '../support/quiet-log.ts'
import { createWebhookSender, type WebhookSender } from '../support/webhook-sender.ts'

const call = { CallSid: sids.call, From: '+12025550123', To: '+12025550100' }

describe('webhook', () => {
  let host: FunctionsHost
  let sender: WebhookSender
  const second = 'the token that will be the first one soon'
  before(async () => {
    const environment = appEnvironment({ TWILIO_AUTH_TOKEN_SECONDARY: second })
    host = await createFunctionsHost({ environment, log: createQuietLog() })
    sender = createWebhookSender(host.origin)
  })
  after(() => host.close())

  it('lets through what the official SDK signed for the public address', async () => {
    const response = await sender.post('/incoming-call', call)
    assert.equal(response.status, 200)
    assert.equal(response.headers.get('content-type'), 'text/xml')
  })

  it('accepts the second auth token while tokens are rotated', async () => {
    const response = await createWebhookSender(host.origin, second).post('/incoming-call', call)
    assert.equal(response.status, 200)
  })

  it('refuses a wrong signature, a missing one, and one for the address of the request', async () => {
    const wrong = await createWebhookSender(host.origin, 'guessed').post('/assignment', call)
    assert.equal(wrong.status, 403)
    const missing = await fetch(`${host.origin}/incoming-call`, {
      method: 'POST',
      body: new URLSearchParams(call),
    })
    assert.equal(missing.status, 403)
    const own = await fetch(`${host.origin}/incoming-call`, {
      method: 'POST',
      headers: {
        'x-twilio-signature': twilio.getExpectedTwilioSignature(
          demoAccount.authToken,
          `${host.origin}/incoming-call`,
          call,
        ),
      },
      body: new URLSearchParams(call),
    })
    assert.equal(own.status, 403)
  })

  it('holds for a repeated name and for names that objects have', async () => {
    const body = `Tag=b&Tag=a&Tag=a&__proto__=1&constructor=2&CallSid=${sids.call}`
    const parameters = { Tag: ['b', 'a', 'a'], ['__proto__']: '1', constructor: '2' }
    const response = await fetch(`${host.origin}/incoming-call`, {
      method: 'POST',
      headers: {
        'content-type': 'application/x-www-form-urlencoded; charset=UTF-8',
        'x-twilio-signature': twilio.getExpectedTwilioSignature(
          demoAccount.authToken,
          'https://centre.example/incoming-call',
          { ...parameters, CallSid: sids.call },
        ),
      },
      body,
    })
    assert.equal(response.status, 200)
  })

  it('checks the query of a GET', async () => {
    assert.equal((await sender.get('/wait-music?language=es', call)).status, 200)
    const tampered = await fetch(`${host.origin}/wait-music?language=en&CallSid=${sids.call}`, {
      headers: { 'x-twilio-signature': 'AAAAAAAAAAAAAAAAAAAAAAAAAAA=' },
    })
    assert.equal(tampered.status, 403)
  })

  it('answers 400 to a signed form that is not what it should be', async () => {
    const response = await sender.post('/assignment', { TaskSid: 'WT1' })
    assert.equal(response.status, 400)
    assert.match(await response.text(), /ReservationSid is missing/)
  })
})
