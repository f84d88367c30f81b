import assert from 'node:assert/strict'
import { demoAccount } from '../../../../local/demo-account.ts'
import { type LocalTwilio, refused, startLocalTwilio } from '../../../support/local-twilio.ts'

const { accountSid } = demoAccount

describe('the Flex configuration', () => {
  let local: LocalTwilio
  const configuration = () => local.client.flexApi.v1.configuration()
  const update = (properties: object) =>
    configuration().update({ account_sid: accountSid, ...properties })

  beforeEach(async () => {
    local = await startLocalTwilio()
  })
  afterEach(() => local.close())

  it('is there from the start', async () => {
    const found = await configuration().fetch()
    assert.deepEqual([found.accountSid, found.status], [accountSid, 'ok'])
    assert.match(found.flexInstanceSid, /^GO[0-9a-f]{32}$/)
    assert.equal((await configuration().fetch()).flexInstanceSid, found.flexInstanceSid)
  })

  it('keeps what is not sent, and replaces what is, objects as a whole', async () => {
    await update({
      call_recording_enabled: true,
      ui_attributes: { theme: 'dark', logo: 'a.svg' },
      taskrouter_skills: [{ name: 'sales', multivalue: false }],
    })
    const next = await update({ ui_attributes: { theme: 'light' } })
    assert.deepEqual(
      [next.callRecordingEnabled, next.uiAttributes, next.taskrouterSkills.length],
      [true, { theme: 'light' }, 1],
    )
  })

  it('leaves alone what Twilio sets itself', async () => {
    const { flexInstanceSid } = await configuration().fetch()
    const next = await update({ flex_instance_sid: 'x', status: 'inprogress' })
    assert.deepEqual([next.flexInstanceSid, next.status], [flexInstanceSid, 'ok'])
  })

  it('refuses another account, unknown properties and wrong types', async () => {
    const bad = (problem: RegExp) => refused(400, 20001, problem)
    await assert.rejects(configuration().update({ crm_enabled: true }), bad(/account_sid/))
    await assert.rejects(update({ crm_enable: true }), bad(/no property crm_enable/))
    await assert.rejects(update({ crm_enabled: 'yes' }), bad(/crm_enabled must be of type boolean/))
  })
})
