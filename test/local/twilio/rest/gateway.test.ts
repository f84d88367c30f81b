import assert from 'node:assert/strict'
import { demoAccount } from '../../../../local/demo-account.ts'
import { type LocalTwilio, startLocalTwilio } from '../../../support/local-twilio.ts'

const { accountSid, authToken } = demoAccount
const authorization = `Basic ${btoa(`${accountSid}:${authToken}`)}`
const unknownSid = `WS${'0'.repeat(32)}`

describe('createTwilio', () => {
  let local: LocalTwilio
  const ask = (path: string, init: RequestInit = {}) =>
    fetch(local.url + path, { headers: { authorization }, ...init })

  before(async () => {
    local = await startLocalTwilio()
  })
  after(() => local.close())

  it('refuses wrong credentials with 401 and 20003', async () => {
    const response = await ask('/v1/Workspaces', {
      headers: { authorization: `Basic ${btoa(`${accountSid}:wrong`)}` },
    })
    assert.equal(response.status, 401)
    assert.deepEqual(await response.json(), {
      code: 20003,
      message: 'Authenticate',
      more_info: 'https://www.twilio.com/docs/errors/20003',
      status: 401,
    })
  })

  it('answers below its host’s name and, where the path is unambiguous, without it', async () => {
    const mapped = await ask('/taskrouter.twilio.com/v1/Workspaces')
    const bare = await ask('/v1/Workspaces')
    assert.equal(mapped.status, 200)
    assert.deepEqual(await mapped.json(), await bare.json())
    const account = await ask(`/2010-04-01/Accounts/${accountSid}.json`)
    assert.equal(((await account.json()) as { sid: string }).sid, accountSid)
  })

  it('answers for every edge and region', async () => {
    for (const place of ['dublin.ie1', 'sydney.au1', 'ie1']) {
      const response = await ask(`/taskrouter.${place}.twilio.com/v1/Workspaces`)
      assert.equal(response.status, 200, place)
    }
  })

  it('answers what is not there with 404 and names it', async () => {
    const response = await ask(`/v1/Workspaces/${unknownSid}`)
    assert.equal(response.status, 404)
    const { code, message } = (await response.json()) as { code: number; message: string }
    assert.equal(code, 20404)
    assert.equal(message, `The requested resource /Workspaces/${unknownSid} was not found`)
  })

  it('speaks XML of the API of 2010 to whoever leaves the suffix out, and says what to ask for', async () => {
    const path = `/2010-04-01/Accounts/${accountSid}`
    const errors: [string, number, RegExp][] = [
      [`${path}/Calls`, 501, /asks for XML.* ask for .*\/Calls\.json<\/Message>/],
      [`${path}/Calls.csv`, 501, /asks for CSV.* ask for .*\/Calls\.json<\/Message>/],
      [path, 501, /<Code>20501<\/Code>/],
      [`${path}/Recordings/RE${'0'.repeat(32)}`, 404, /<Status>404<\/Status>/],
      [`${path}/Nothing?a=1`, 501, /<RestException>/],
    ]
    for (const [address, status, text] of errors) {
      const response = await ask(address)
      assert.equal(response.status, status, address)
      assert.equal(response.headers.get('content-type'), 'application/xml')
      assert.match(await response.text(), text)
    }
    const stranger = await ask(path, { headers: {} })
    assert.equal(stranger.status, 401)
    assert.match(await stranger.text(), /<Message>Authenticate<\/Message>/)
  })

  it('answers what it does not implement with 501 and names the call', async () => {
    const response = await ask('/verify.twilio.com/v2/Services')
    assert.equal(response.status, 501)
    const { message } = (await response.json()) as { message: string }
    assert.equal(
      message,
      'GET https://verify.twilio.com/v2/Services is not implemented by the local Twilio',
    )
  })

  it('answers a method that an address does not have with 405', async () => {
    const response = await ask('/v1/Workspaces', { method: 'DELETE' })
    assert.equal(response.status, 405)
    assert.equal(response.headers.get('allow'), 'GET, POST')
  })

  it('answers HEAD as GET without a body', async () => {
    const response = await ask('/v1/Workspaces', { method: 'HEAD' })
    assert.equal(response.status, 200)
    assert.equal(await response.text(), '')
  })

  it('says in its headers which request this was and how many are under way', async () => {
    const { headers } = await ask('/v1/Workspaces')
    assert.match(headers.get('twilio-request-id') ?? '', /^RQ[0-9a-f]{32}$/)
    assert.equal(headers.get('twilio-concurrent-requests'), '1')
  })

  it('does not know another account', async () => {
    const response = await ask(`/2010-04-01/Accounts/AC${'0'.repeat(32)}/Applications.json`)
    assert.equal(response.status, 404)
  })

  it('reads the pages of a list one after another', async () => {
    const workspace = await local.client.taskrouter.v1.workspaces.create({ friendlyName: 'Pages' })
    const { activities } = local.client.taskrouter.v1.workspaces(workspace.sid)
    const all = await activities.list({ pageSize: 2 })
    assert.deepEqual(
      all.map(({ friendlyName }) => friendlyName),
      ['Offline', 'Unavailable', 'Available'],
    )
    const first = await activities.page({ pageSize: 2 })
    assert.match(
      first.nextPageUrl ?? '',
      /^https:\/\/taskrouter\.twilio\.com\/v1\/.*Page=1&PageToken=PA/,
    )
    const second = await first.nextPage()
    const back = await second?.previousPage()
    assert.deepEqual(
      back?.instances.map(({ friendlyName }) => friendlyName),
      ['Offline', 'Unavailable'],
    )
  })
})
