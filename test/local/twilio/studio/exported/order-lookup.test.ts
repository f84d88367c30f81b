import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { json } from 'node:stream/consumers'
import { type LocalTwilio, startLocalTwilio } from '../../../../support/local-twilio.ts'
import { contextOf, wayOf } from '../execution/running-flow.ts'

const customer = '+12025550123'
const ownNumber = '+12025550100'
const definition = JSON.parse(
  await readFile(new URL('order-lookup.json', import.meta.url), { encoding: 'utf8' }),
)

describe('an exported flow that looks something up', () => {
  let local: LocalTwilio
  let server: Server
  let asked: Record<string, unknown>[]
  let answer: { status: number; body: string }
  let flowSid: string
  beforeEach(async () => {
    asked = []
    server = createServer(async (incoming, outgoing) => {
      asked.push((await json(incoming)) as Record<string, unknown>)
      outgoing.writeHead(answer.status, { 'content-type': 'application/json; charset=utf-8' })
      outgoing.end(answer.body)
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const { port } = server.address() as AddressInfo
    const origins = { 'http://crm.example.com': `http://127.0.0.1:${port}` }
    local = await startLocalTwilio({ origins: () => origins, sayMsPerCharacter: 0 })
    const { flows } = local.client.studio.v2
    const flow = await flows.create({ friendlyName: 'Lookup', status: 'published', definition })
    flowSid = flow.sid
    await local.client.incomingPhoneNumbers.create({
      phoneNumber: ownNumber,
      voiceUrl: flow.webhookUrl,
      smsUrl: flow.webhookUrl,
    })
  })
  afterEach(async () => {
    await local.close()
    server.close()
    server.closeAllConnections()
  })

  const codes = () => local.twilio.alerts().map(({ code }) => code)
  async function latest() {
    const { flows } = local.client.studio.v2
    const [found] = await flows(flowSid).executions.list({ limit: 1 })
    return flows(flowSid).executions(found?.sid ?? '')
  }
  async function text(body: string) {
    local.twilio.phones.text({ from: customer, to: ownNumber, body })
    await local.clock.advance(2_000)
    return local.twilio.phones.inbox(customer).at(-1)?.body
  }
  const orders = {
    customer: { name: 'ada', tier: 'gold' },
    orders: [
      { item: 'Boots', status: 'sent', price: 19.99 },
      { item: 'Laces', status: 'lost', price: 2 },
    ],
  }

  it('sends JSON that Liquid has filled in, and answers a text from what came back', async () => {
    answer = { status: 200, body: JSON.stringify(orders) }
    const reply = await text('Where is "it"?\nHurry')
    assert.equal(reply, 'Hi Ada: Boots is on its way, Laces is lost.')
    const [request] = asked
    const { phone, text: sent, flow, trigger } = request as Record<string, string>
    assert.deepEqual([phone, sent, flow], [customer, 'Where is "it"?\nHurry', flowSid])
    assert.partialDeepStrictEqual(trigger, { message: { From: customer, To: ownNumber } })
    const { variables } = (await contextOf(await latest())).flow
    assert.deepEqual([variables['customer'], variables['cents']], [orders.customer, 1999])
    assert.deepEqual(codes(), [])
  })

  it('tells a caller the same', async () => {
    answer = { status: 200, body: JSON.stringify({ ...orders, orders: [] }) }
    const heard: string[] = []
    local.twilio.subscribe(({ name, text: line }) => name === 'call.say' && heard.push(line))
    const callSid = local.twilio.phones.call({ from: customer, to: ownNumber })
    await local.clock.advance(2_000)
    assert.match(heard[0] ?? '', /You have no orders\./)
    assert.partialDeepStrictEqual(asked, [{ text: '', trigger: { call: { CallSid: callSid } } }])
    assert.equal((await wayOf(await latest())).at(-1), 'speak audioComplete Ended')
    assert.deepEqual(codes(), [])
  })

  it('reads the body of a refusal, and nothing of what is no answer', async () => {
    answer = { status: 404, body: '{"reason": "no such number"}' }
    assert.equal(await text('Hi'), 'We do not know you: no such number.')
    answer = { status: 200, body: 'x'.repeat(70_000) }
    assert.equal(await text('Hi'), 'Sorry, try again later.')
    assert.deepEqual(codes(), [81016, 81016])
  })
})
