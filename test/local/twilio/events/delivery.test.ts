import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import twilio from 'twilio'
import { demoAccount } from '../../../../local/demo-account.ts'
import { type LocalTwilio, startLocalTwilio } from '../../../support/local-twilio.ts'

type Arrived = { readonly url: string; readonly signature: string; readonly body: string }
type CloudEvent = {
  id: string
  type: string
  source: string
  time: string
  data: { payload: object }
}

const created = 'com.twilio.taskrouter.worker.created'

describe('a webhook sink', () => {
  let local: LocalTwilio
  let arrived: Arrived[]
  let status: number
  let mostAtOnce: number
  let held: Promise<void>
  let origin: string
  let workspaceSid: string
  let close: () => void

  beforeEach(async () => {
    arrived = []
    status = 200
    mostAtOnce = 0
    held = Promise.resolve()
    let atOnce = 0
    const server = createServer(async (request, response) => {
      mostAtOnce = Math.max(mostAtOnce, ++atOnce)
      response.once('finish', () => atOnce--)
      const chunks: Buffer[] = []
      for await (const chunk of request) chunks.push(chunk)
      const signature = String(request.headers['x-twilio-signature'])
      arrived.push({ url: String(request.url), signature, body: Buffer.concat(chunks).toString() })
      await held
      response.writeHead(status).end()
    })
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
    close = () => server.close()
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    local = await startLocalTwilio()
    workspaceSid = (await workspaces().create({ friendlyName: 'Support' })).sid
  })
  afterEach(async () => {
    await local.close()
    close()
  })

  const workspaces = () => local.client.taskrouter.v1.workspaces
  const hire = (friendlyName: string) => workspaces()(workspaceSid).workers.create({ friendlyName })
  const events = () => arrived.flatMap(({ body }) => JSON.parse(body) as CloudEvent[])
  async function subscribe(more: object = {}, type = created, version = 4) {
    const { sid } = await local.client.events.v1.sinks.create({
      description: 'Lake',
      sinkConfiguration: { destination: `${origin}/events`, method: 'POST', ...more },
      sinkType: 'webhook',
    })
    await local.client.events.v1.subscriptions.create({
      description: 'Workers',
      sinkSid: sid,
      types: [{ type, schema_version: version }],
    })
    return sid
  }

  it('gets what it subscribes to as signed CloudEvents, several together', async () => {
    await subscribe()
    await hire('alice')
    await hire('bob')
    await local.clock.advance(1_000)
    assert.equal(arrived.length, 1)
    const [{ url, signature, body } = { url: '', signature: '', body: '' }] = arrived
    assert.ok(twilio.validateRequestWithBody(demoAccount.authToken, signature, origin + url, body))
    const [first, second] = events()
    assert.match(String(first?.id), /^EZ[0-9a-f]{32}$/)
    assert.notEqual(first?.id, second?.id)
    assert.ok(first)
    const { id: _id, time: _time, source: _source, data, ...rest } = first
    assert.deepEqual(rest, {
      specversion: '1.0',
      type: created,
      dataschema: 'https://events-schemas.twilio.com/TaskRouter.WDSEvent/4',
      datacontenttype: 'application/json',
    })
    assert.equal(Object(data.payload).worker_name, 'alice')
  })

  it('gets each alone when it does not want batches', async () => {
    await subscribe({ batch_events: false })
    await hire('alice')
    await hire('bob')
    await local.clock.advance(0)
    assert.deepEqual(
      arrived.map(({ body }) => JSON.parse(body).length),
      [1, 1],
    )
  })

  it('gets a few requests at a time, however many events wait', async () => {
    await subscribe({ batch_events: false })
    const { promise, resolve: answerAll } = Promise.withResolvers<void>()
    held = promise
    for (let agent = 0; agent < 20; agent++) await hire(`agent ${agent}`)
    answerAll()
    await local.clock.advance(0)
    assert.equal(arrived.length, 20)
    assert.ok(mostAtOnce <= 8, `${mostAtOnce} at once`)
  })

  it('has no connection overrides', async () => {
    await subscribe({ destination: `${origin}/events#rc=5&rp=all` })
    status = 503
    await hire('alice')
    await local.clock.advance(500)
    assert.equal(arrived.length, 1)
  })

  it('gets the same event again until it takes it', async () => {
    await subscribe()
    status = 503
    await hire('alice')
    await local.clock.advance(60_000)
    const tries = arrived.length
    assert.ok(tries > 3 && tries < 10, `${tries} in a minute`)
    status = 200
    await local.clock.advance(3_600_000)
    assert.equal(arrived.length, tries + 1)
    assert.equal(new Set(events().map(({ id }) => id)).size, 1)
    assert.deepEqual(local.twilio.alerts(), [])
  })

  it('loses what it did not take within four hours, and what it refuses; the debugger tells', async () => {
    await subscribe()
    status = 503
    await hire('alice')
    await local.clock.advance(5 * 3_600_000)
    assert.match(String(local.twilio.alerts().at(-1)?.text), /1 event lost: not taken in 4 h/)
    status = 400
    await hire('bob')
    await local.clock.advance(3_600_000)
    assert.match(String(local.twilio.alerts().at(-1)?.text), /1 event lost: .*answered 400/)
    const tries = arrived.length
    await local.clock.advance(3_600_000)
    assert.equal(arrived.length, tries)
  })

  it('may get an event twice, and in another order, when Twilio is told to misbehave', async () => {
    await subscribe({ batch_events: false })
    local.twilio.setFaults({ duplicateWebhooks: 1, reorderWebhooks: 0.5 })
    for (const name of ['alice', 'bob', 'carmen', 'diego', 'eve', 'frank']) await hire(name)
    await local.clock.advance(10_000)
    assert.equal(arrived.length, 12)
    assert.equal(new Set(events().map(({ id }) => id)).size, 6)
  })

  it('gets the debugger’s alerts, but for those about events', async () => {
    await subscribe({}, 'com.twilio.error-logs.error.logged', 1)
    await workspaces()(workspaceSid).update({ eventCallbackUrl: `${origin}/callback` })
    status = 400
    await hire('alice')
    await local.clock.advance(60_000)
    const sent = arrived.filter(({ url }) => url.startsWith('/events'))
    assert.equal(sent.length, 1)
    const [{ data } = { data: null }] = JSON.parse(String(sent[0]?.body)) as { data: object }[]
    const { error_code: code, account_sid: account } = Object(data)
    assert.deepEqual([code, account], ['11200', demoAccount.accountSid])
  })

  it('gets nothing any more once it is gone', async () => {
    const sid = await subscribe()
    status = 503
    await hire('alice')
    await local.clock.advance(1_000)
    const [subscription] = await local.client.events.v1.subscriptions.list()
    await local.client.events.v1.subscriptions(subscription?.sid ?? '').remove()
    await local.client.events.v1.sinks(sid).remove()
    const tries = arrived.length
    await local.clock.advance(3_600_000)
    assert.equal(arrived.length, tries)
  })
})
