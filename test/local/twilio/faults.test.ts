import assert from 'node:assert/strict'
import { demoAccount } from '../../../local/demo-account.ts'
import { type LocalTwilio, startLocalTwilio } from '../../support/local-twilio.ts'

const { accountSid, authToken } = demoAccount
const headers = {
  authorization: `Basic ${btoa(`${accountSid}:${authToken}`)}`,
  'content-type': 'application/x-www-form-urlencoded',
}

describe('the fault profile', () => {
  let local: LocalTwilio
  let dice: number | undefined
  const list = () => fetch(`${local.url}/v1/Workspaces`, { headers })
  const create = () =>
    fetch(`${local.url}/v1/Workspaces`, { method: 'POST', headers, body: 'FriendlyName=A' })

  beforeEach(async () => {
    dice = undefined
    local = await startLocalTwilio({ random: () => dice ?? Math.random() })
  })
  afterEach(() => local.close())

  it('answers its share of requests with a status, 429 with Retry-After', async () => {
    local.twilio.setFaults({ statuses: { '429': 0.2, '503': 0.4 } })
    dice = 0.1
    const limited = await list()
    assert.equal(limited.status, 429)
    assert.equal(limited.headers.get('retry-after'), '1')
    assert.equal(((await limited.json()) as { code: number }).code, 20429)
    dice = 0.5
    assert.equal((await list()).status, 503)
    dice = 0.7
    assert.equal((await list()).status, 200)
  })

  it('cuts its share of connections', async () => {
    local.twilio.setFaults({ resets: 1 })
    await assert.rejects(list(), /fetch failed/)
  })

  it('limits writes a second but not reads', async () => {
    local.twilio.setFaults({ writesPerSecond: 1 })
    // One of three writes in a row is within the limit, two if the second changes between them.
    const statuses = [(await create()).status, (await create()).status, (await create()).status]
    assert.ok(statuses.includes(429), `statuses: ${statuses}`)
    assert.ok(statuses.includes(201), `statuses: ${statuses}`)
    assert.equal((await list()).status, 200)
  })

  it('delays answers', async () => {
    local.twilio.setFaults({ delayMs: [20, 60] })
    const startedAt = performance.now()
    await list()
    assert.ok(performance.now() - startedAt >= 19)
  })

  it('hides what was just created from reads', async () => {
    local.twilio.setFaults({ readAfterCreateMs: 60_000 })
    const { sid } = (await (await create()).json()) as { sid: string }
    const response = await fetch(`${local.url}/v1/Workspaces/${sid}`, { headers })
    assert.equal(response.status, 404)
  })

  it('is read and replaced over HTTP while everything else fails', async () => {
    local.twilio.setFaults({ statuses: { '500': 1 } })
    const admin = (init: RequestInit = {}) =>
      fetch(`${local.url}/_switchboard/faults`, { headers, ...init })
    assert.deepEqual(await (await admin()).json(), { statuses: { '500': 1 } })
    const wrong = await admin({ method: 'POST', body: '{"statuses":{"200":2},"spoons":1}' })
    assert.equal(wrong.status, 400)
    assert.match(((await wrong.json()) as { message: string }).message, /spoons is not known here/)
    assert.equal((await list()).status, 500)
    await admin({ method: 'POST', body: '{}' })
    assert.equal((await list()).status, 200)
  })
})
