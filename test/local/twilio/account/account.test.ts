import assert from 'node:assert/strict'
import { demoAccount } from '../../../../local/demo-account.ts'
import { type LocalTwilio, refused, startLocalTwilio } from '../../../support/local-twilio.ts'

describe('the account', () => {
  let local: LocalTwilio

  before(async () => {
    local = await startLocalTwilio()
  })
  after(() => local.close())

  it('is read to check credentials', async () => {
    const account = await local.client.api.v2010.accounts(demoAccount.accountSid).fetch()
    assert.deepEqual([account.status, account.type], ['active', 'Full'])
  })

  it('has applications that are created, changed, listed and removed', async () => {
    const { applications } = local.client
    const { sid } = await applications.create({
      friendlyName: 'Centre',
      voiceUrl: 'https://example.com/voice',
    })
    const changed = await applications(sid).update({ voiceMethod: 'GET' })
    assert.deepEqual(
      [changed.voiceUrl, changed.voiceMethod, changed.statusCallbackMethod],
      ['https://example.com/voice', 'GET', 'POST'],
    )
    const [found] = await applications.list({ friendlyName: 'Centre' })
    assert.equal(found?.sid, sid)
    assert.equal(await applications(sid).remove(), true)
    await assert.rejects(applications(sid).fetch(), refused(404, 20404, /was not found/))
  })

  it('says of what it does not have that it is not implemented', async () => {
    await assert.rejects(
      local.client.transcriptions.list(),
      refused(501, 20501, /GET https:.*Transcriptions\.json/),
    )
    await assert.rejects(
      local.client.tokens.create(),
      refused(501, 20501, /POST https:.*Tokens\.json/),
    )
  })
})
