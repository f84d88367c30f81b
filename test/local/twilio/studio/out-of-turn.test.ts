import assert from 'node:assert/strict'
import { demoAccount } from '../../../../local/demo-account.ts'
import type { FlowDefinition } from '../../../../schemas/index.ts'
import { type LocalTwilio, startLocalTwilio } from '../../../support/local-twilio.ts'
import { startWebhookTarget } from '../../../support/webhook-target.ts'

const contact = '+12025550199'
const own = '+12025550100'

describe('A flow that meets what is out of turn', () => {
  let local: LocalTwilio
  let numberSid: string

  beforeEach(async () => {
    local = await startLocalTwilio()
    numberSid = (await local.client.incomingPhoneNumbers.create({ phoneNumber: own })).sid
  })
  afterEach(() => local.close())

  const state = (
    name: string,
    type: string,
    properties: object,
    exits: Readonly<Record<string, string>>,
  ) => ({
    name,
    type,
    properties,
    transitions: Object.entries(exits).map(([event, next]) => (next ? { event, next } : { event })),
  })
  async function publish(...states: object[]) {
    const definition = { states, initial_state: 'Trigger' } as unknown as FlowDefinition
    const flows = local.client.studio.v2.flows
    const { sid } = await flows.create({ friendlyName: 'T', status: 'published', definition })
    const smsUrl = `https://webhooks.twilio.com/v1/Accounts/${demoAccount.accountSid}/Flows/${sid}`
    await local.client.incomingPhoneNumbers(numberSid).update({ smsUrl })
    return flows(sid)
  }

  it('takes no text for the reply to a question that it asks later', async () => {
    const target = await startWebhookTarget()
    const write = (body: string) => local.twilio.phones.text({ from: contact, to: own, body })
    target.reply = () => {
      if (target.delivered.length === 1) write('early')
      return { json: {} }
    }
    const request = { url: target.origin, method: 'POST', content_type: 'application/json' }
    const question = { from: own, body: 'Name?', timeout: '600' }
    const flow = await publish(
      state('Trigger', 'trigger', {}, { incomingMessage: 'look' }),
      state('look', 'make-http-request', request, { success: 'ask', failed: '' }),
      state('ask', 'send-and-wait-for-reply', question, { incomingMessage: '', timeout: '' }),
    )
    write('Hi')
    await local.clock.advance(5_000)
    const [execution] = await flow.executions.list()
    const codes = local.twilio.alerts().map(({ code }) => code)
    assert.deepEqual([execution?.status, codes], ['active', [81002]])
    await target.close()
  })

  it('starts one conversation, and no second', async () => {
    const { sid } = await local.client.conversations.v1.services.create({ friendlyName: 'Own' })
    const start = { conversation_service_sid: sid, participants: [{ type: 'chat', identity: 'x' }] }
    const flow = await publish(
      state('Trigger', 'trigger', {}, { incomingRequest: 'one' }),
      state('one', 'start-conversation', start, { created: 'two', failed: '' }),
      state('two', 'start-conversation', start, { created: '', failed: '' }),
    )
    const execution = await flow.executions.create({ to: contact, from: own })
    await local.clock.advance(1_000)
    const steps = await flow.executions(execution.sid).steps.list()
    assert.deepEqual(
      steps.map(({ name }) => name),
      ['failed', 'created', 'incomingRequest'],
    )
  })
})
