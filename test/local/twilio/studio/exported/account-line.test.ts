import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { type LocalTwilio, startLocalTwilio } from '../../../../support/local-twilio.ts'
import { contextOf, wayOf } from '../execution/running-flow.ts'

const caller = '+12025550123'
const ownNumber = '+12025550100'
const read = async (name: string) =>
  JSON.parse(await readFile(new URL(name, import.meta.url), { encoding: 'utf8' }))
const callee = await read('verify-caller.json')
const parent = await read('account-line.json')

describe('an exported flow with a sub-flow', () => {
  let local: LocalTwilio
  let flowSid: string
  let calleeSid: string
  let said: string[]
  beforeEach(async () => {
    local = await startLocalTwilio({ sayMsPerCharacter: 0 })
    calleeSid = await publish('Verify', callee)
    // As a deployment does: SIDs differ from account to account.
    const placed = JSON.stringify(parent).replace(/FW0+/, calleeSid)
    flowSid = await publish('Account line', JSON.parse(placed))
    const { webhookUrl } = await flows()(flowSid).fetch()
    await local.client.incomingPhoneNumbers.create({
      phoneNumber: ownNumber,
      voiceUrl: webhookUrl,
    })
    said = []
    local.twilio.subscribe(({ name, text }) => name === 'call.say' && said.push(text))
  })
  afterEach(() => local.close())

  const flows = () => local.client.studio.v2.flows
  const codes = () => local.twilio.alerts().map(({ code }) => code)
  async function publish(friendlyName: string, definition: unknown) {
    const { sid } = await flows().create({ friendlyName, status: 'published', definition })
    return sid
  }
  async function dial(keys: string) {
    const callSid = local.twilio.phones.call({ from: caller, to: ownNumber })
    await local.clock.advance(1_000)
    if (keys) local.twilio.phones.press(callSid, keys)
    await local.clock.advance(10_000)
    const [latest] = await flows()(flowSid).executions.list({ limit: 1 })
    return flows()(flowSid).executions(latest?.sid ?? '')
  }

  it('runs it on the same call and in the same execution, and reads what it has set', async () => {
    const execution = await dial('5678#')
    assert.deepEqual(await wayOf(execution), [
      'Trigger incomingCall accounts',
      'accounts next verify',
      'Trigger incomingParent ask_pin',
      'ask_pin keypress check_pin',
      'check_pin match verified',
      'verified next Ended',
      'verify completed was_verified',
      'was_verified match balance',
      'balance audioComplete Ended',
    ])
    assert.match(said[0] ?? '', /Welcome back\. Please enter your PIN/)
    assert.match(said[1] ?? '', /\+12025550123 has 12\.50 dollars, by call\./)
    const { flow, widgets } = await contextOf(execution)
    assert.deepEqual(Object.keys(flow.variables), ['voice', 'balance'])
    assert.deepEqual(widgets['verify'], { verified: 'yes', caller, started_by: 'call' })
    assert.deepEqual(await flows()(calleeSid).executions.list(), [])
    assert.deepEqual(codes(), [])
  })

  it('goes the other way when the sub-flow says so, or hears nothing', async () => {
    for (const keys of ['1111#', '']) {
      const execution = await dial(keys)
      assert.equal((await wayOf(execution)).at(-2), 'was_verified noMatch refuse')
      assert.match(said.at(-1) ?? '', /That PIN is wrong/)
    }
    assert.deepEqual(codes(), [])
  })

  it('fails over when the sub-flow has gone', async () => {
    await flows()(calleeSid).remove()
    const execution = await dial('')
    assert.equal((await wayOf(execution)).at(-2), 'verify failed broken')
    assert.match(said.at(-1) ?? '', /Out of order/)
    assert.deepEqual(codes(), [81024])
  })
})
