import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { type LocalTwilio, startLocalTwilio } from '../../../../support/local-twilio.ts'
import { contextOf, wayOf } from '../execution/running-flow.ts'

const caller = '+12025550123'
const ownNumber = '+12025550100'
const sales = '+12025550177'
const definition = JSON.parse(
  await readFile(new URL('ivr.json', import.meta.url), { encoding: 'utf8' }),
)

describe('an exported IVR', () => {
  let local: LocalTwilio
  let flowSid: string
  let said: string[]
  beforeEach(async () => {
    local = await startLocalTwilio({ sayMsPerCharacter: 0 })
    const { flows } = local.client.studio.v2
    const flow = await flows.create({ friendlyName: 'IVR', status: 'published', definition })
    flowSid = flow.sid
    await local.client.incomingPhoneNumbers.create({
      phoneNumber: ownNumber,
      voiceUrl: flow.webhookUrl,
      statusCallback: flow.webhookUrl,
    })
    said = []
    local.twilio.subscribe(({ name, text }) => name === 'call.say' && said.push(text))
  })
  afterEach(() => local.close())

  async function dial() {
    const callSid = local.twilio.phones.call({ from: caller, to: ownNumber })
    await local.clock.advance(1_000)
    const { flows } = local.client.studio.v2
    const [latest] = await flows(flowSid).executions.list({ limit: 1 })
    return { callSid, execution: flows(flowSid).executions(latest?.sid ?? '') }
  }
  const statusOf = (callSid: string) =>
    local.twilio.view().calls.find(({ sid }) => sid === callSid)?.status
  const alerts = () => local.twilio.alerts().map(({ code, text }) => `${code} ${text}`)

  it('connects who presses 1 to sales, and hangs up when they are done', async () => {
    local.twilio.phones.setProfile({
      ...{ address: sales, outcome: 'answer' },
      ...{ afterSeconds: 2, hangUpAfterSeconds: 30 },
    })
    const { callSid, execution } = await dial()
    local.twilio.phones.press(callSid, '1')
    await local.clock.advance(60_000)
    assert.deepEqual(await wayOf(execution), [
      'Trigger incomingCall greeting',
      'greeting audioComplete menu',
      'menu keypress choice',
      'choice match connect_sales',
      'connect_sales callCompleted sales_outcome',
      'sales_outcome match Ended',
    ])
    const { menu = {}, connect_sales: dialled = {} } = (await contextOf(execution)).widgets
    assert.deepEqual([menu['Digits'], menu['CallSid'], menu['From']], ['1', callSid, caller])
    const { DialCallStatus, DialCallDuration, DialCallSid, RecordingUrl } = dialled
    assert.deepEqual([DialCallStatus, DialCallDuration], ['completed', '30'])
    assert.match(`${DialCallSid} ${RecordingUrl}`, /^CA\w{32} https:.*\/Recordings\/RE\w{32}$/)
    assert.equal(statusOf(callSid), 'completed')
    assert.deepEqual(alerts(), [])
  })

  it('takes a message when sales is busy', async () => {
    local.twilio.phones.setProfile({ address: sales, outcome: 'busy' })
    const { callSid, execution } = await dial()
    local.twilio.phones.speak(callSid, 'Sales, please.')
    await local.clock.advance(4_000)
    local.twilio.phones.speak(callSid, 'It is me')
    await local.clock.advance(3_000)
    local.twilio.phones.press(callSid, '#')
    await local.clock.advance(2_000)
    assert.deepEqual((await wayOf(execution)).slice(2), [
      'menu speech spoken',
      'spoken match connect_sales',
      'connect_sales callCompleted sales_outcome',
      'sales_outcome noMatch voicemail_prompt',
      'voicemail_prompt audioComplete voicemail',
      'voicemail recordingComplete thanks',
      'thanks audioComplete keep_message',
      'keep_message next Ended',
    ])
    const { flow, widgets } = await contextOf(execution)
    const { menu = {}, connect_sales: dialled = {}, voicemail = {} } = widgets
    assert.deepEqual([menu['SpeechResult'], menu['Digits']], ['Sales, please.', undefined])
    assert.ok(Number(menu['Confidence']) > 0)
    assert.equal(dialled['DialCallStatus'], 'busy')
    assert.equal(voicemail['Digits'], '#')
    assert.equal(flow.variables['message_url'], voicemail['RecordingUrl'])
    assert.ok(said.some((text) => text.includes(`${voicemail['RecordingDuration']} seconds`)))
    assert.deepEqual(alerts(), [])
  })

  it('asks three times whoever says nothing, then says goodbye', async () => {
    const { callSid, execution } = await dial()
    await local.clock.advance(30_000)
    const ways = await wayOf(execution)
    assert.equal(ways.filter((way) => way === 'menu timeout count_tries').length, 3)
    assert.equal(ways.at(-1), 'goodbye audioComplete Ended')
    assert.match(said.at(-1) ?? '', /after 3 tries/)
    assert.equal(statusOf(callSid), 'completed')
    assert.deepEqual(alerts(), [])
  })

  it('keeps the message of a caller who hangs up', async () => {
    const { callSid, execution } = await dial()
    local.twilio.phones.press(callSid, '2')
    await local.clock.advance(2_000)
    local.twilio.phones.hangUp(callSid)
    await local.clock.advance(2_000)
    assert.deepEqual((await wayOf(execution)).slice(-2), [
      'voicemail hangup keep_message',
      'keep_message next Ended',
    ])
    const { flow, widgets } = await contextOf(execution)
    assert.equal(widgets['voicemail']?.['Digits'], 'hangup')
    assert.match(String(flow.variables['message_url']), /Recordings\/RE/)
    assert.deepEqual(alerts(), [])
  })

  it('lets a caller hang up while sales’ phone rings', async () => {
    local.twilio.phones.setProfile({ address: sales, outcome: 'let-ring' })
    const { callSid, execution } = await dial()
    local.twilio.phones.press(callSid, '1')
    await local.clock.advance(5_000)
    local.twilio.phones.hangUp(callSid)
    await local.clock.advance(5_000)
    assert.equal((await wayOf(execution)).at(-1), 'connect_sales hangup Ended')
    assert.equal((await execution.fetch()).status, 'ended')
    assert.deepEqual(
      local.twilio.view().calls.filter(({ endedAt }) => endedAt === null),
      [],
    )
    assert.deepEqual(alerts(), [])
  })
})
