import assert from 'node:assert/strict'
import { demoAccount } from '../../../local/demo-account.ts'
import { hushed } from '../../../provider/protocol/secrets.ts'
import { serveProvider } from '../../../provider/protocol/server.ts'
import { configure, createEngine } from '../engine/engine.ts'
import { listObjects } from '../engine/list-objects.ts'
import { connectProvider } from '../engine/provider-connection.ts'
import { useTwilio } from '../engine/story.ts'
import { type Properties, secret } from '../engine/wire.ts'

// Against the local Twilio with its several accounts; what a proxy may do to it is in credentials.test.ts above.
describe('credentials at Configure', () => {
  const story = useTwilio()
  const main = () => story.twilio.sdk.api.v2010.accounts
  const { accountSid } = demoAccount

  async function refusalOf(configuration: Properties): Promise<string> {
    const server = await serveProvider({})
    const provider = connectProvider(server.port)
    try {
      await configure(provider, { baseUrl: story.twilio.url, ...configuration })
    } catch (error) {
      assert.ok(error instanceof Error)
      const secrets = [configuration['authToken'], configuration['apiSecret']]
      for (const hidden of secrets) {
        if (typeof hidden === 'string') assert.equal(error.message.includes(hidden), false)
      }
      return error.message
    } finally {
      provider.disconnect()
      server.close()
    }
    return 'let in'
  }

  it('name the setting when the token is wrong', async () => {
    assert.match(
      await refusalOf({ accountSid, authToken: 'hush-wrong' }),
      /does not accept the credentials for AC.*pulumi config set --secret twilio:authToken/,
    )
  })

  it('of a subaccount open it, those of the main account do not', async () => {
    const account = await main().create({ friendlyName: 'Branch' })
    const { sid, authToken } = account
    assert.equal(await refusalOf({ accountSid: sid, authToken }), 'let in')
    const { authToken: mainToken } = demoAccount
    assert.match(
      await refusalOf({ accountSid: sid, authToken: mainToken }),
      /a subaccount has one of its own/,
    )
  })

  it('of a subaccount list no subaccount: not even itself', async () => {
    const { sid, authToken } = await main().create({ friendlyName: 'Branch of its own' })
    const server = await serveProvider({})
    const provider = connectProvider(server.port)
    try {
      await configure(provider, { baseUrl: story.twilio.url, accountSid: sid, authToken })
      assert.deepEqual((await listObjects(provider, 'twilio:account:Subaccount')).objects, [])
    } finally {
      provider.disconnect()
      server.close()
    }
    const { objects } = await story.engine.list('twilio:account:Subaccount')
    assert.ok(objects.some(({ id }) => id === sid))
  })

  it('of a key of another account say where to make one', async () => {
    const { sid: other } = await main().create({ friendlyName: 'Other' })
    const key = await story.twilio.sdk.newKeys.create({ friendlyName: 'desk' })
    const login = { apiKey: key.sid, apiSecret: key.secret }
    assert.equal(await refusalOf({ accountSid, ...login }), 'let in')
    assert.match(
      await refusalOf({ accountSid: other, ...login }),
      /key was made in another account, then make one in the account that is to be managed/,
    )
  })

  it('of a suspended account say how it opens again, by token and by key', async () => {
    const { sid, authToken } = await main().create({ friendlyName: 'Behind' })
    const account = main()(sid)
    const key = await account.newKeys.create({ friendlyName: 'desk' })
    const login = { accountSid: sid, apiKey: key.sid, apiSecret: key.secret }
    assert.equal(await refusalOf(login), 'let in')
    await account.update({ status: 'suspended' })
    assert.match(
      await refusalOf({ accountSid: sid, authToken }),
      /is suspended: open it again in the console/,
    )
    assert.match(await refusalOf(login), /is suspended or closed: open it again/)
    await account.update({ status: 'closed' })
    assert.match(
      await refusalOf({ accountSid: sid, authToken }),
      /says the same of an account that is closed/,
    )
  })

  it('of one that is suspended under way are told with what Twilio says', async () => {
    const { sid, authToken } = await main().create({ friendlyName: 'Unlucky' })
    const server = await serveProvider({})
    const provider = connectProvider(server.port)
    await configure(provider, {
      baseUrl: story.twilio.url,
      accountSid: sid,
      authToken: secret(authToken),
    })
    await main()(sid).update({ status: 'suspended' })
    const engine = createEngine(provider, () => {
      provider.disconnect()
      server.close()
    })
    const workspace = { friendlyName: 'Support' }
    await assert.rejects(
      engine.up('twilio:taskrouter:Workspace', undefined, workspace),
      /Account AC\w+ is not active/,
    )
    engine.close()
  })
})

describe('a refusal that quotes a secret', () => {
  it('is told without it', async () => {
    const properties = { sinkConfiguration: { write_key: 'hush-hush' }, method: 'POST' }
    const error = new Error('Twilio refused POST: write_key "hush-hush" is unknown')
    const work = hushed(properties, new Set(['sinkConfiguration']), () => Promise.reject(error))
    await assert.rejects(work, { message: 'Twilio refused POST: write_key "[secret]" is unknown' })
    assert.doesNotMatch(String(error.stack), /hush-hush/)
  })
})
