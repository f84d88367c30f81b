import assert from 'node:assert/strict'
import createSdk from 'twilio'
import { createRequestClient } from '../../../../functions/twilio-client.ts'
import { demoAccount } from '../../../../local/demo-account.ts'
import { type LocalTwilio, refused, startLocalTwilio } from '../../../support/local-twilio.ts'
import { startWebhookTarget } from '../../../support/webhook-target.ts'

describe('subaccounts', () => {
  let local: LocalTwilio
  const sdkOf = (user: string, password: string, accountSid = user) =>
    createSdk(user, password, { accountSid, httpClient: createRequestClient(local.url) })
  const open = async (friendlyName: string) => {
    const account = await local.client.api.v2010.accounts.create({ friendlyName })
    return { ...account, sdk: sdkOf(account.sid, account.authToken) }
  }

  beforeEach(async () => {
    local = await startLocalTwilio()
  })
  afterEach(() => local.close())

  it('are made with a token of their own, renamed and listed', async () => {
    const { sid, authToken, ownerAccountSid, status } = await open('Branch')
    assert.match(sid, /^AC[0-9a-f]{32}$/)
    assert.match(authToken, /^[0-9a-f]{32}$/)
    assert.deepEqual([ownerAccountSid, status], [demoAccount.accountSid, 'active'])
    const accounts = () => local.client.api.v2010.accounts
    await accounts()(sid).update({ friendlyName: 'Branch office' })
    const [found] = await accounts().list({ friendlyName: 'Branch office' })
    assert.equal(found?.sid, sid)
    assert.equal((await accounts().list()).length, 2)
  })

  it('have everything to themselves', async () => {
    const one = await open('One')
    const other = await open('Other')
    const { sid } = await one.sdk.taskrouter.v1.workspaces.create({ friendlyName: 'Support' })
    assert.equal((await one.sdk.taskrouter.v1.workspaces(sid).fetch()).accountSid, one.sid)
    for (const { taskrouter } of [local.client, other.sdk]) {
      assert.deepEqual(await taskrouter.v1.workspaces.list(), [])
      await assert.rejects(taskrouter.v1.workspaces(sid).fetch(), refused(404, 20404, /not found/))
    }
    const number = await one.sdk.incomingPhoneNumbers.create({ phoneNumber: '+12025550100' })
    await assert.rejects(
      other.sdk.incomingPhoneNumbers.create({ phoneNumber: number.phoneNumber }),
      refused(400, 21422, /./),
    )
    const key = await one.sdk.newKeys.create({ friendlyName: 'desk' })
    const byKey = sdkOf(key.sid, key.secret, one.sid)
    assert.equal((await byKey.taskrouter.v1.workspaces.list()).length, 1)
    await assert.rejects(
      sdkOf(key.sid, key.secret, other.sid).applications.list(),
      refused(404, 20404, /./),
    )
  })

  it('are open to the token of the main account in the API of 2010 only', async () => {
    const { sid, sdk } = await open('Branch')
    await sdk.taskrouter.v1.workspaces.create({ friendlyName: 'Support' })
    const asMain = sdkOf(demoAccount.accountSid, demoAccount.authToken, sid)
    await asMain.applications.create({ friendlyName: 'Desk' })
    assert.equal((await sdk.applications.list()).length, 1)
    assert.deepEqual(await local.client.applications.list(), [])
    assert.deepEqual(await asMain.taskrouter.v1.workspaces.list(), [])

    const key = await local.client.newKeys.create({ friendlyName: 'main' })
    const byKey = sdkOf(key.sid, key.secret, sid)
    await assert.rejects(byKey.applications.list(), refused(404, 20404, /./))
    const upwards = sdkOf(sid, (await open('x')).authToken, demoAccount.accountSid)
    await assert.rejects(upwards.applications.list(), refused(401, 20003, /Authenticate/))
    await assert.rejects(
      sdk.api.v2010.accounts(demoAccount.accountSid).fetch(),
      refused(404, 20404, /./),
    )
    assert.equal((await sdk.api.v2010.accounts.list()).length, 1)
    await assert.rejects(sdk.api.v2010.accounts.create(), refused(403, 20403, /subaccount/))
  })

  it('that are suspended can only be read; the main account opens them again', async () => {
    const { sid, sdk } = await open('Branch')
    const account = local.client.api.v2010.accounts(sid)
    await account.update({ status: 'suspended' })
    await assert.rejects(sdk.taskrouter.v1.workspaces.list(), refused(403, 20005, /not active/))
    assert.equal((await sdk.api.v2010.accounts(sid).fetch()).status, 'suspended')
    await assert.rejects(
      sdk.api.v2010.accounts(sid).update({ status: 'active' }),
      refused(403, 20403, /Only the main account/),
    )
    await account.update({ status: 'active' })
    assert.deepEqual(await sdk.taskrouter.v1.workspaces.list(), [])
    await assert.rejects(
      local.client.api.v2010.accounts(demoAccount.accountSid).update({ status: 'suspended' }),
      refused(400, 20001, /main account/),
    )
  })

  it('that are closed give their numbers back and never open again', async () => {
    const { sid, sdk } = await open('Branch')
    await sdk.incomingPhoneNumbers.create({ phoneNumber: '+12025550100' })
    const account = local.client.api.v2010.accounts(sid)
    await account.update({ status: 'closed' })
    await local.client.incomingPhoneNumbers.create({ phoneNumber: '+12025550100' })
    await assert.rejects(sdk.api.v2010.accounts(sid).fetch(), refused(401, 20003, /./))
    assert.equal((await account.fetch()).status, 'closed')
    await assert.rejects(account.update({ status: 'active' }), refused(400, 20001, /for good/))
    const asMain = sdkOf(demoAccount.accountSid, demoAccount.authToken, sid)
    await assert.rejects(asMain.applications.list(), refused(403, 20005, /not active/))
  })

  it('are on the same phone network, and sign with their own tokens', async () => {
    const { sdk } = await open('Branch')
    const target = await startWebhookTarget()
    const gather = '<Response><Gather numDigits="1" action="/key"/></Response>'
    target.reply = () => ({ text: gather, type: 'text/xml' })
    await sdk.incomingPhoneNumbers.create({
      phoneNumber: '+12025550100',
      voiceUrl: `${target.origin}/call`,
    })
    const callSid = local.twilio.phones.call({ from: '+12025550199', to: '+12025550100' })
    await local.clock.advance(2_000)
    local.twilio.phones.press(callSid, '7')
    await local.clock.advance(1_000)
    const [call, key] = target.delivered
    assert.deepEqual([call?.path, key?.path, key?.form['Digits']], ['/call', '/key', '7'])
    assert.notEqual(call?.form['AccountSid'], demoAccount.accountSid)
    local.twilio.phones.hangUp(callSid)
    assert.equal((await sdk.calls.list()).length, 1)
    assert.deepEqual(await local.client.calls.list(), [])
    await target.close()
  })

  it('outlive a restart with what is in them', async () => {
    const { sid, authToken, sdk } = await open('Branch')
    await sdk.taskrouter.v1.workspaces.create({ friendlyName: 'Support' })
    const restore = JSON.parse(JSON.stringify(local.twilio.snapshot()))
    await local.close()
    local = await startLocalTwilio({ restore })
    assert.deepEqual(local.twilio.snapshot(), restore)
    const [workspace] = await sdkOf(sid, authToken).taskrouter.v1.workspaces.list()
    assert.equal(workspace?.friendlyName, 'Support')
    assert.deepEqual(await local.client.taskrouter.v1.workspaces.list(), [])
  })
})
