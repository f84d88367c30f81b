import assert from 'node:assert/strict'
import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createTestClock } from '../../../../local/clock.ts'
import type { FaultProfile } from '../../../../local/twilio/contract.ts'
import { createLiveFeed } from '../../../../local/twilio/live-feed.ts'
import { createNewSid } from '../../../../local/twilio/objects/sid.ts'
import { createCookieJar } from '../../../../local/twilio/webhooks/cookie-jar.ts'
import { sign } from '../../../../local/twilio/webhooks/signature.ts'
import { createWebhooks } from '../../../../local/twilio/webhooks/webhooks.ts'

type Seen = { method: string; path: string; headers: IncomingMessage['headers']; body: string }
type Reply = { status?: number; headers?: Record<string, string>; body?: string; afterMs?: number }

const AUTH_TOKEN = '12345'
const PUBLIC = 'https://centre.example.com'

describe('createWebhooks', () => {
  let server: Server
  let origin: string
  let seen: Seen[]
  let reply: (request: Seen) => Reply | 'reset'

  const clock = createTestClock()
  let faults: FaultProfile = {}
  const live = createLiveFeed()
  const webhooks = createWebhooks({
    clock,
    live,
    authToken: AUTH_TOKEN,
    newSid: createNewSid(),
    random: () => 0.5,
    origins: () => ({ [PUBLIC]: origin }),
    faults: () => faults,
  })

  before(async () => {
    server = createServer((incoming, outgoing) => {
      const chunks: Buffer[] = []
      incoming.on('data', (chunk: Buffer) => chunks.push(chunk))
      incoming.on('end', () => {
        const { method = '', url: path = '', headers } = incoming
        const request = { method, path, headers, body: Buffer.concat(chunks).toString() }
        seen.push(request)
        const answer = reply(request)
        if (answer === 'reset') return incoming.socket.destroy()
        const { status = 200, headers: replyHeaders = {}, body = '', afterMs = 0 } = answer
        setTimeout(() => outgoing.writeHead(status, replyHeaders).end(body), afterMs)
      })
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  })
  beforeEach(() => {
    seen = []
    faults = {}
    reply = () => ({})
  })
  after(() => {
    webhooks.close()
    server.close()
  })

  it('signs for the public address and connects where it leads', async () => {
    reply = () => ({ headers: { 'content-type': 'Text/XML; charset=utf-8' }, body: '<Response/>' })
    const fields = { CallSid: 'CA1', Digits: '1' }
    const result = await webhooks.send({ purpose: 'TwiML', url: `${PUBLIC}/menu?a=b`, fields })
    assert.partialDeepStrictEqual(result, {
      kind: 'answered',
      url: `${PUBLIC}/menu?a=b`,
      status: 200,
      contentType: 'text/xml',
      body: '<Response/>',
    })
    const [request] = seen
    assert.equal(request?.path, '/menu?a=b')
    assert.equal(request?.body, 'CallSid=CA1&Digits=1')
    assert.equal(request?.headers['user-agent'], 'TwilioProxy/1.1')
    assert.equal(request?.headers['x-forwarded-host'], 'centre.example.com')
    assert.equal(
      request?.headers['x-twilio-signature'],
      sign(AUTH_TOKEN, `${PUBLIC}/menu?a=b`, fields),
    )
  })

  it('puts the fields of a GET into the query and signs that', async () => {
    await webhooks.send({
      purpose: 'TwiML',
      url: `${PUBLIC}/menu`,
      method: 'GET',
      fields: { A: 'b' },
    })
    assert.equal(seen[0]?.path, '/menu?A=b')
    assert.equal(seen[0]?.body, '')
    assert.equal(seen[0]?.headers['x-twilio-signature'], sign(AUTH_TOKEN, `${PUBLIC}/menu?A=b`))
  })

  it('sends JSON with the hash of its body in the query', async () => {
    await webhooks.send({ purpose: 'event', url: `${PUBLIC}/events`, json: '[1]' })
    assert.match(seen[0]?.path ?? '', /^\/events\?bodySHA256=[0-9a-f]{64}$/)
    assert.equal(seen[0]?.headers['content-type'], 'application/json')
    assert.equal(
      seen[0]?.headers['x-twilio-signature'],
      sign(AUTH_TOKEN, `${PUBLIC}${seen[0]?.path}`),
    )
  })

  it('keeps the fields over a 307 and loses them over a 302, signing anew', async () => {
    reply = ({ path }) =>
      path === '/a'
        ? { status: 307, headers: { location: '/b' } }
        : path === '/b'
          ? { status: 302, headers: { location: '/c' } }
          : {}
    const result = await webhooks.send({ purpose: 'TwiML', url: `${PUBLIC}/a`, fields: { A: 'b' } })
    assert.deepEqual(
      seen.map(({ method, path, body }) => [method, path, body]),
      [
        ['POST', '/a', 'A=b'],
        ['POST', '/b', 'A=b'],
        ['GET', '/c', ''],
      ],
    )
    assert.equal(result.url, `${PUBLIC}/c`)
    assert.equal(seen[2]?.headers['x-twilio-signature'], sign(AUTH_TOKEN, `${PUBLIC}/c`))
  })

  it('lets no burst of patient webhooks hold up another', async () => {
    reply = ({ path }) => (path === '/event' ? { afterMs: 500 } : {})
    const event = { purpose: 'event', url: `${PUBLIC}/event`, isPatient: true }
    const events = Array.from({ length: 130 }, () => webhooks.send(event))
    const result = await webhooks.send({ purpose: 'TwiML', url: `${PUBLIC}/menu` })
    assert.equal(result.kind, 'answered')
    assert.ok(seen.filter(({ path }) => path === '/event').length < events.length)
    await Promise.all(events)
  })

  it('gives up after ten redirects', async () => {
    reply = () => ({ status: 307, headers: { location: '/again' } })
    const result = await webhooks.send({ purpose: 'TwiML', url: `${PUBLIC}/a` })
    assert.equal(seen.length, 11)
    assert.equal(result.kind === 'failed' && result.code, 11215)
  })

  it('keeps the cookies of a call', async () => {
    reply = () => ({ headers: { 'set-cookie': 'step=2; Path=/' } })
    const cookies = createCookieJar()
    await webhooks.send({ purpose: 'TwiML', url: `${PUBLIC}/a`, cookies })
    await webhooks.send({ purpose: 'TwiML', url: `${PUBLIC}/b`, cookies })
    assert.deepEqual(
      seen.map(({ headers }) => headers.cookie),
      [undefined, 'step=2'],
    )
  })

  it('does not retry an error status by default', async () => {
    reply = () => ({ status: 500 })
    const result = await webhooks.send({ purpose: 'TwiML', url: `${PUBLIC}/a` })
    assert.equal(result.kind === 'answered' && result.status, 500)
    assert.equal(seen.length, 1)
  })

  it('retries with the same idempotency token what the fragment asks for', async () => {
    reply = () => (seen.length < 3 ? { status: 500 } : {})
    const result = await webhooks.send({ purpose: 'TwiML', url: `${PUBLIC}/a#rc=2&rp=5xx` })
    assert.equal(result.kind === 'answered' && result.status, 200)
    assert.equal(seen.length, 3)
    assert.equal(new Set(seen.map((one) => one.headers['i-twilio-idempotency-token'])).size, 1)
    assert.equal(seen[0]?.path, '/a')
  })

  it('fails with 11205 when no answer comes within the read timeout', async () => {
    reply = () => ({ afterMs: 400 })
    const result = await webhooks.send({ purpose: 'TwiML', url: `${PUBLIC}/a#rt=100` })
    assert.equal(result.kind === 'failed' && result.code, 11205)
    assert.equal(seen.length, 1)
  })

  it('retries a refused connection once and fails with 11205', async () => {
    const result = await webhooks.send({ purpose: 'TwiML', url: 'http://127.0.0.1:1/a' })
    assert.equal(result.kind === 'failed' && result.code, 11205)
  })

  it('refuses what is no address with 11100', async () => {
    const result = await webhooks.send({ purpose: 'TwiML', url: '/menu' })
    assert.equal(result.kind === 'failed' && result.code, 11100)
  })

  it('keeps the order of one resource', async () => {
    reply = ({ path }) => ({ afterMs: path === '/1' ? 50 : 0 })
    for (const path of ['/1', '/2', '/3']) {
      webhooks.notify({ purpose: 'event', url: PUBLIC + path }, 'WT1')
    }
    await clock.settle()
    assert.deepEqual(
      seen.map(({ path }) => path),
      ['/1', '/2', '/3'],
    )
  })

  it('delivers twice and out of order when the fault profile says so', async () => {
    faults = { duplicateWebhooks: 1 }
    await webhooks.send({ purpose: 'event', url: `${PUBLIC}/1` })
    assert.equal(seen.length, 2)
    faults = { reorderWebhooks: 1 }
    webhooks.notify({ purpose: 'event', url: `${PUBLIC}/late` }, 'WT1')
    faults = {}
    webhooks.notify({ purpose: 'event', url: `${PUBLIC}/early` }, 'WT1')
    await clock.advance(1_000)
    assert.deepEqual(
      seen.slice(2).map(({ path }) => path),
      ['/early', '/late'],
    )
  })

  it('holds back what nobody waits for when the fault profile says so, and nothing else', async () => {
    faults = { delayWebhooksMs: 30_000 }
    webhooks.notify({ purpose: 'event', url: `${PUBLIC}/event` }, 'WT1')
    await webhooks.send({ purpose: 'TwiML', url: `${PUBLIC}/twiml` })
    await clock.advance(29_999)
    assert.deepEqual(
      seen.map(({ path }) => path),
      ['/twiml'],
    )
    await clock.advance(1)
    assert.deepEqual(
      seen.map(({ path }) => path),
      ['/twiml', '/event'],
    )
  })

  it('tells the live feed what came of each', async () => {
    const lines: string[] = []
    const stop = live.subscribe(({ text }) => lines.push(text))
    await webhooks.send({ purpose: 'assignment callback', url: `${PUBLIC}/assignment` })
    stop()
    assert.deepEqual(lines, ['assignment callback /assignment answered 200'])
  })
})
