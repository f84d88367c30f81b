import assert from 'node:assert/strict'
import twilio from 'twilio'
import { createRequestClient } from '../../../../functions/twilio-client.ts'
import { demoAccount } from '../../../../local/demo-account.ts'
import { type LocalTwilio, refused, startLocalTwilio } from '../../../support/local-twilio.ts'

describe('API keys', () => {
  let local: LocalTwilio
  const signIn = (sid: string, secret: string) =>
    twilio(sid, secret, {
      accountSid: demoAccount.accountSid,
      httpClient: createRequestClient(local.url),
    })

  beforeEach(async () => {
    local = await startLocalTwilio()
  })
  afterEach(() => local.close())

  it('show their secret once, and are renamed, listed and removed', async () => {
    const { keys } = local.client
    const key = await local.client.newKeys.create({ friendlyName: 'Deployment' })
    assert.match(key.sid, /^SK[0-9a-f]{32}$/)
    assert.match(key.secret, /^\w{32}$/)
    assert.equal((await keys(key.sid).update({ friendlyName: 'Build' })).friendlyName, 'Build')
    assert.deepEqual(
      (await keys.list()).map(({ sid, friendlyName }) => [sid, friendlyName]),
      [[key.sid, 'Build']],
    )
    assert.equal(JSON.stringify(await keys(key.sid).fetch()).includes(key.secret), false)
    assert.equal(await keys(key.sid).remove(), true)
    await assert.rejects(keys(key.sid).fetch(), refused(404, 20404, /Keys\/SK/))
  })

  it('answer under their older name too', async () => {
    const { sid } = await local.client.newSigningKeys.create({ friendlyName: 'Tokens' })
    const [found] = await local.client.signingKeys.list()
    assert.deepEqual([found?.sid, found?.friendlyName], [sid, 'Tokens'])
  })

  it('are credentials for everything but the account and the keys', async () => {
    const { sid, secret } = await local.client.newKeys.create({})
    const client = signIn(sid, secret)
    assert.deepEqual(await client.taskrouter.v1.workspaces.list(), [])
    assert.deepEqual(await client.incomingPhoneNumbers.list(), [])
    const forbidden = refused(401, 20003, /invalid username/)
    await assert.rejects(client.keys.list(), forbidden)
    await assert.rejects(client.newKeys.create({}), forbidden)
    await assert.rejects(client.api.v2010.accounts(demoAccount.accountSid).fetch(), forbidden)
  })

  it('are no credentials with another secret, or once removed', async () => {
    const { sid, secret } = await local.client.newKeys.create({})
    const wrong = signIn(sid, `${secret}0`).taskrouter.v1.workspaces.list()
    await assert.rejects(wrong, refused(401, 20003, /Authenticate/))
    await local.client.keys(sid).remove()
    const late = signIn(sid, secret).taskrouter.v1.workspaces.list()
    await assert.rejects(late, refused(401, 20003, /Authenticate/))
  })
})
