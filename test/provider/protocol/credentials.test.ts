import assert from 'node:assert/strict'
import type { CreateResponse } from '@pulumi/pulumi/proto/provider_pb.js'
import providerProto from '@pulumi/pulumi/proto/provider_pb.js'
import { serveProvider } from '../../../provider/protocol/server.ts'
import { startTwilioRecorder, type TwilioRecorder } from '../../support/twilio-recorder.ts'
import { configure } from '../engine/engine.ts'
import { connectProvider, type ProviderConnection } from '../engine/provider-connection.ts'
import { type Properties, secret, toStruct } from '../engine/wire.ts'

const parent = { accountSid: `AC${'1'.repeat(32)}`, authToken: 'hush-parent' }
const subaccount = { accountSid: `AC${'2'.repeat(32)}`, authToken: 'hush-subaccount' }
const closed = { accountSid: `AC${'3'.repeat(32)}`, authToken: 'hush-closed' }
const key = { apiKey: `SK${'4'.repeat(32)}`, apiSecret: 'hush-key' }

describe('credentials', () => {
  let twilio: TwilioRecorder
  const providers: { close(): void }[] = []

  before(async () => {
    twilio = await startTwilioRecorder(({ method, path, headers, form }) => {
      const [username = '', password = ''] = Buffer.from(
        headers.authorization?.slice('Basic '.length) ?? '',
        'base64',
      )
        .toString()
        .split(':')
      const account = accountOf(username, password)
      // A proxy that quotes what it was sent.
      if (!account) {
        return { status: 401, body: { code: 20003, message: `Authenticate, not ${password}` } }
      }
      const named = /Accounts\/(AC\w+)/.exec(path)?.[1]
      if (named && named !== account) return { status: 404, body: { code: 20404 } }
      if (path.includes('/Applications')) return { body: { applications: [] } }
      if (named) return { body: { status: account === closed.accountSid ? 'suspended' : 'active' } }
      const row = { sid: `WS${account.slice(2)}`, account_sid: account, ...form }
      return method === 'POST'
        ? { status: 201, body: row }
        : { body: { workspaces: [{ ...row, friendly_name: 'Old' }] } }
    })
  })

  after(async () => {
    for (const provider of providers) provider.close()
    await twilio.close()
  })

  /** A provider instance with this configuration, as an engine starts one for each. */
  async function start(configuration: Properties, environment: Record<string, string> = {}) {
    const server = await serveProvider(environment)
    const provider = connectProvider(server.port)
    providers.push({
      close() {
        provider.disconnect()
        server.close()
      },
    })
    const base = environment['TWILIO_BASE_URL'] ? {} : { baseUrl: twilio.baseUrl }
    await configure(provider, { ...base, ...configuration })
    return provider
  }

  async function createWorkspace(provider: ProviderConnection): Promise<string> {
    const request = new providerProto.CreateRequest()
      .setType('twilio:taskrouter:Workspace')
      .setName('it')
      .setProperties(toStruct({ friendlyName: 'New' }))
    const answer = await provider.call<CreateResponse>((client, done) =>
      client.create(request, done),
    )
    return answer.getId()
  }

  /** The refusal of a configuration, which holds none of the secrets. */
  async function refusalOf(configuration: Properties, environment = {}): Promise<string> {
    const error = await start(configuration, environment).then(
      () => assert.fail('was let in'),
      (refusal: Error) => refusal,
    )
    assert.doesNotMatch(`${error.message} ${error.stack}`, /hush/)
    return error.message
  }

  it('are an account with its token, and a subaccount with its own, side by side', async () => {
    const [one, two] = await Promise.all(
      [parent, subaccount].map(async ({ accountSid, authToken }) =>
        createWorkspace(await start({ accountSid, authToken: secret(authToken) })),
      ),
    )
    assert.equal(one, `WS${'1'.repeat(32)}`)
    assert.equal(two, `WS${'2'.repeat(32)}`)
  })

  it('may be an API key of the account', async () => {
    const { accountSid } = parent
    const provider = await start({ accountSid, ...key, apiSecret: secret(key.apiSecret) })
    assert.equal(await createWorkspace(provider), `WS${'1'.repeat(32)}`)
    assert.match(
      await refusalOf({ accountSid, ...key, apiSecret: 'hush-wrong' }),
      /twilio:apiSecret/,
    )
  })

  it('of a key that belongs to another account are refused', async () => {
    const { accountSid } = subaccount
    assert.match(await refusalOf({ accountSid, ...key }), /twilio:accountSid|twilio:apiKey/)
  })

  it('of the parent do not open a subaccount', async () => {
    const mixed = { accountSid: subaccount.accountSid, authToken: parent.authToken }
    assert.match(await refusalOf(mixed), /a subaccount has one of its own/)
  })

  it('of the environment are not used for another account', async () => {
    const environment = {
      TWILIO_ACCOUNT_SID: parent.accountSid,
      TWILIO_AUTH_TOKEN: parent.authToken,
    }
    await start({}, environment)
    const { accountSid } = subaccount
    assert.match(await refusalOf({ accountSid }, environment), /twilio:authToken is missing/)
  })

  it('of a suspended account are refused with its state', async () => {
    assert.match(await refusalOf(closed), /is suspended/)
  })

  it('with region and edge reach the hosts of both', async () => {
    const asked = twilio.requests.length
    await start({ ...parent, region: 'ie1' })
    await start({ ...parent, region: 'au1', edge: 'singapore' })
    await start({ ...parent, edge: 'frankfurt' }, { TWILIO_REGION: 'ie1' })
    const hosts = twilio.requests.slice(asked).map(({ path }) => path.split('/')[1])
    assert.deepEqual(hosts, [
      'api.dublin.ie1.twilio.com',
      'api.singapore.au1.twilio.com',
      'api.frankfurt.ie1.twilio.com',
    ])
  })

  it('do not belong into the base URL, wherever that is set', async () => {
    const baseUrl = 'https://me:hush@example.com'
    assert.match(await refusalOf({ ...parent, baseUrl }), /twilio:baseUrl .*without user/)
    const environment = { TWILIO_BASE_URL: baseUrl }
    assert.match(await refusalOf(parent, environment), /environment/)
  })
})

function accountOf(username: string, password: string): string | undefined {
  if (username === key.apiKey && password === key.apiSecret) return parent.accountSid
  const accounts = [parent, subaccount, closed]
  return accounts.find((one) => one.accountSid === username && one.authToken === password)
    ?.accountSid
}
