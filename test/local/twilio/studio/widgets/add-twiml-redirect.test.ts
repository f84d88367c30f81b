import assert from 'node:assert/strict'
import { demoAccount } from '../../../../../local/demo-account.ts'
import { type LocalTwilio, startLocalTwilio } from '../../../../support/local-twilio.ts'
import { origin, response, startApplication } from '../../voice/application.ts'
import {
  contact,
  contextOf,
  ownNumber,
  publish,
  type SmallWidget,
  wayOf,
} from '../execution/running-flow.ts'

describe('a redirect out of a flow', () => {
  let local: LocalTwilio
  let application: Awaited<ReturnType<typeof startApplication>>
  let flowSid: string
  beforeEach(async () => {
    application = await startApplication(demoAccount.authToken)
    local = await startLocalTwilio({ origins: () => application.origins, sayMsPerCharacter: 100 })
  })
  afterEach(async () => {
    await local.close()
    await application.close()
  })

  const codes = () => local.twilio.alerts().map(({ code }) => code)
  const back = () =>
    `https://webhooks.twilio.com/v1/Accounts/${demoAccount.accountSid}/Flows/${flowSid}?FlowEvent=return&amp;test=success`
  const away = (timeout: string, exits: Record<string, string>): SmallWidget => [
    'add-twiml-redirect',
    { url: `${origin}/theirs?Name=Ada`, method: 'POST', timeout },
    { return: null, timeout: null, fail: null, ...exits },
  ]
  const after: SmallWidget = [
    'set-variables',
    { variables: [{ key: 'test', value: '{{widgets.away.test}}' }] },
    { next: null },
  ]
  async function open(widgets: Readonly<Record<string, SmallWidget>>) {
    flowSid = await publish(local, widgets)
    const { webhookUrl } = await local.client.studio.v2.flows(flowSid).fetch()
    await local.client.incomingPhoneNumbers.create({
      phoneNumber: ownNumber,
      voiceUrl: webhookUrl,
      smsUrl: webhookUrl,
    })
  }
  async function only() {
    const [latest] = await local.client.studio.v2.flows(flowSid).executions.list()
    return local.client.studio.v2.flows(flowSid).executions(latest?.sid ?? '')
  }
  const text = async () => {
    local.twilio.phones.text({ from: contact, to: ownNumber, body: 'Hi' })
    await local.clock.advance(1_000)
  }
  const answers = () => local.twilio.phones.inbox(contact).map(({ body }) => body)

  it('answers a message with the application’s TwiML, and takes the flow up again', async () => {
    await open({ away: away('60', { return: 'after' }), after })
    application.on('/theirs', ({ fields }) =>
      response(`<Message>Hello ${fields['Name']}!</Message><Redirect>${back()}</Redirect>`),
    )
    await text()
    assert.deepEqual(answers(), ['Hello Ada!'])
    const execution = await only()
    assert.deepEqual(await wayOf(execution), [
      'Trigger incomingMessage away',
      'away return after',
      'after next Ended',
    ])
    assert.equal((await contextOf(execution)).flow.variables['test'], 'success')
    assert.deepEqual(codes(), [])
  })

  it('goes another way when a message does not come back in time', async () => {
    await open({ away: away('60', { timeout: 'after' }), after })
    application.on('/theirs', response('<Message>Bye</Message>'))
    await text()
    const execution = await only()
    assert.equal((await execution.fetch()).status, 'active')
    await local.clock.advance(60_000)
    assert.equal((await wayOf(execution))[1], 'away timeout after')
    assert.deepEqual([answers(), codes()], [['Bye'], []])
  })

  it('leaves a call that does not come back to the application', async () => {
    await open({ away: away('10', { timeout: 'say' }), say: ['say-play', { say: 'Late' }, {}] })
    application.on('/theirs', response('<Say>Hold on</Say><Pause length="60"/>'))
    const callSid = local.twilio.phones.call({ from: contact, to: ownNumber })
    await local.clock.advance(30_000)
    const execution = await only()
    assert.equal((await wayOf(execution))[1], 'away timeout say')
    assert.equal((await execution.fetch()).status, 'ended')
    const { calls } = local.twilio.view()
    assert.equal(calls.find(({ sid }) => sid === callSid)?.status, 'in-progress')
    assert.deepEqual(codes(), [81020])
  })

  it('does not wait for what is not to come back', async () => {
    await open({ away: away('0', {}) })
    application.on('/theirs', response('<Say>Theirs</Say>'))
    const callSid = local.twilio.phones.call({ from: contact, to: ownNumber })
    await local.clock.advance(1)
    assert.equal((await (await only()).fetch()).status, 'ended')
    const { calls } = local.twilio.view()
    assert.equal(calls.find(({ sid }) => sid === callSid)?.doing, 'Say: Theirs')
    assert.deepEqual(codes(), [])
  })
})
