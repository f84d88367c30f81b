import assert from 'node:assert/strict'
import { createClient, type TwilioClient } from '../../../provider/requests/client.ts'
import { TwilioError, TwilioUnreachable } from '../../../provider/requests/errors.ts'
import {
  type Answer,
  startTwilioRecorder,
  type TwilioRecorder,
} from '../../support/twilio-recorder.ts'

const accountSid = `AC${'5'.repeat(32)}`
const host = 'taskrouter.twilio.com'

describe('createClient', () => {
  let twilio: TwilioRecorder
  let answers: Answer[]
  let client: TwilioClient
  const signal = AbortSignal.abort()

  beforeEach(async () => {
    answers = []
    twilio = await startTwilioRecorder(() => answers.shift() ?? { body: {} })
    client = connect({})
  })

  afterEach(() => twilio.close())

  function connect(options: object): TwilioClient {
    const { baseUrl } = twilio
    const login = { accountSid, username: accountSid, password: 'token', baseUrl: `${baseUrl}/` }
    return createClient({ ...login, ...options })
  }

  const get = { method: 'GET', host, path: '/v1/Workspaces' } as const
  const create = { method: 'POST', host, path: '/v1/Workspaces', creates: true } as const

  it('reaches every host below the base URL, signs in and sends parameters', async () => {
    await client.send({ ...get, parameters: { FriendlyName: 'a b', PageSize: 5 } })
    await client.send({ ...create, parameters: { Available: false, Events: ['a', 'b'] } })
    const [read, write] = twilio.requests
    assert.equal(read?.path, `/${host}/v1/Workspaces?FriendlyName=a+b&PageSize=5`)
    assert.equal(
      read?.headers.authorization,
      `Basic ${Buffer.from(`${accountSid}:token`).toString('base64')}`,
    )
    assert.equal(write?.headers['content-type'], 'application/x-www-form-urlencoded;charset=UTF-8')
    assert.equal(write?.form['Available'], 'false')
  })

  it('signs in with an API key in the place of the account', async () => {
    await connect({ username: 'SK1', password: 'secret' }).send(get)
    const [request] = twilio.requests
    assert.equal(
      request?.headers.authorization,
      `Basic ${Buffer.from('SK1:secret').toString('base64')}`,
    )
  })

  it('follows pages that name a whole address at Twilio’s host', async () => {
    const next = `https://${host}/v1/Workspaces?PageSize=1&Page=1&PageToken=PAx`
    answers = [
      { body: { workspaces: [{ sid: '1' }], meta: { next_page_url: next } } },
      { body: { workspaces: [{ sid: '2' }], meta: { next_page_url: null } } },
    ]
    const rows = await client.list(get, 'workspaces')
    assert.deepEqual(rows, [{ sid: '1' }, { sid: '2' }])
    assert.equal(twilio.requests[1]?.path, `/${host}/v1/Workspaces?PageSize=1&Page=1&PageToken=PAx`)
  })

  it('follows pages that name a path', async () => {
    const path = '/2010-04-01/Accounts/AC/IncomingPhoneNumbers.json'
    answers = [
      { body: { incoming_phone_numbers: [], next_page_uri: `${path}?Page=1` } },
      { body: { incoming_phone_numbers: [{ sid: 'PN' }], next_page_uri: null } },
    ]
    const request = { host: 'api.twilio.com', path }
    assert.deepEqual(await client.list(request, 'incoming_phone_numbers'), [{ sid: 'PN' }])
    assert.equal(twilio.requests[1]?.path, `/api.twilio.com${path}?Page=1`)
  })

  it('tries again after 429, 503 and a broken connection, and gives up in the end', async () => {
    const again = { status: 429, headers: { 'retry-after': '0' } }
    const down = { status: 503, headers: { 'retry-after': '0' }, body: { code: 20503 } }
    answers = [again, 'reset', down, { body: { sid: 'WS' } }]
    assert.deepEqual(await client.send(get), { sid: 'WS' })
    assert.equal(twilio.requests.length, 4)
    answers = Array.from({ length: 5 }, () => down)
    await assert.rejects(connect({ tries: 3 }).send(get), { name: 'TwilioError', status: 503 })
    assert.equal(twilio.requests.length, 7)
  })

  it('takes a deletion for done that finds nothing after a lost answer, and not without one', async () => {
    const remove = { method: 'DELETE', host, path: '/v1/Workspaces/WS1' } as const
    const gone = { status: 404, body: { code: 20404, message: 'not found' } }
    answers = ['reset', gone]
    assert.equal(await client.send(remove), undefined)
    answers = [gone]
    await assert.rejects(client.send(remove), { status: 404 })
  })

  it('does not wait any longer when it is canceled', async () => {
    answers = [{ status: 429, headers: { 'retry-after': '60' } }]
    await assert.rejects(connect({ signal }).send(get), { status: 429 })
  })

  it('gives a try no more than its time', async () => {
    const slow: typeof fetch = (_, init) =>
      new Promise((_resolve, reject) => {
        init?.signal?.addEventListener('abort', () => reject(init.signal?.reason))
      })
    const hurried = connect({ fetch: slow, timeoutMs: 20, tries: 1 })
    await assert.rejects(hurried.send(get), { name: 'TwilioUnreachable', mayExist: false })
    await assert.rejects(hurried.send(create), { mayExist: true })
  })

  it('repeats a creation when nobody was there to carry it out', async () => {
    const refused = Object.assign(new TypeError('fetch failed'), {
      cause: Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' }),
    })
    let tries = 0
    const flaky: typeof fetch = async () => {
      tries += 1
      if (tries === 1) throw refused
      return Response.json({ sid: 'WS' }, { status: 201 })
    }
    assert.deepEqual(await connect({ fetch: flaky }).send(create), { sid: 'WS' })
  })

  it('throws a TwilioError with everything that Twilio said', async () => {
    const moreInfo = 'https://www.twilio.com/docs/errors/20404'
    const message = 'The requested resource was not found'
    answers = [{ status: 404, body: { code: 20404, message, more_info: moreInfo, status: 404 } }]
    await assert.rejects(client.send(get), (error) => {
      assert.ok(error instanceof TwilioError)
      const { status, code, reason, method, path } = error
      assert.deepEqual(
        { status, code, reason, method, path, moreInfo: error.moreInfo },
        {
          status: 404,
          code: 20404,
          reason: message,
          method: 'GET',
          path: `${host}/v1/Workspaces`,
          moreInfo,
        },
      )
      return true
    })
  })

  it('understands an error that is no JSON', async () => {
    const page: typeof fetch = async () => new Response('<h1>Bad gateway</h1>', { status: 502 })
    await assert.rejects(connect({ fetch: page }).send(get), /502: <h1>Bad gateway/)
  })

  it('says that a creation whose answer broke off may have been carried out', async () => {
    answers = ['reset']
    await assert.rejects(client.send(create), (error) => {
      assert.ok(error instanceof TwilioUnreachable)
      assert.ok(error.mayExist)
      assert.match(error.message, /import it if it is there/)
      return true
    })
    assert.equal(twilio.requests.length, 1)
  })
})
