import assert from 'node:assert/strict'
import type { FlowDefinition } from '../../../../schemas/index.ts'
import { type LocalTwilio, refused, startLocalTwilio } from '../../../support/local-twilio.ts'

const from = '+12025550100'
const to = '+12025550141'

describe('a running flow', () => {
  let local: LocalTwilio

  beforeEach(async () => {
    local = await startLocalTwilio({ sayMsPerCharacter: 0 })
    await local.client.incomingPhoneNumbers.create({ phoneNumber: from })
  })
  afterEach(() => local.close())

  const flows = () => local.client.studio.v2.flows
  async function publish(definition: FlowDefinition) {
    const flow = await flows().create({ friendlyName: 'test', status: 'published', definition })
    return flow.sid
  }
  const widgets = (...states: object[]) =>
    ({
      description: 'test',
      flags: { allow_concurrent_calls: true },
      initial_state: 'Trigger',
      states: [
        {
          name: 'Trigger',
          type: 'trigger',
          properties: { offset: { x: 0, y: 0 } },
          transitions: ['incomingRequest', 'incomingCall', 'incomingParent'].map((event) => ({
            event,
            next: 'first',
          })),
        },
        ...states,
      ],
    }) as unknown as FlowDefinition
  const start = (sid: string, parameters?: object) =>
    flows()(sid).executions.create({ to, from, parameters })
  const stepsOf = async (flow: string, execution: string) =>
    (await flows()(flow).executions(execution).steps.list())
      .reverse()
      .map(({ name, transitionedFrom, transitionedTo }) => [name, transitionedFrom, transitionedTo])
  const contextOf = async (flow: string, execution: string) =>
    (await flows()(flow).executions(execution).executionContext().fetch()).context

  const set = (name: string, value: string, next?: string, type?: string) => ({
    name,
    type: 'set-variables',
    properties: { variables: [{ key: 'v', value, type }] },
    transitions: [{ event: 'next', next }],
  })
  const split = (
    name: string,
    input: string,
    type: string,
    value: string,
    yes?: string,
    no?: string,
  ) => ({
    name,
    type: 'split-based-on',
    properties: { input },
    transitions: [
      { event: 'noMatch', next: no },
      {
        event: 'match',
        next: yes,
        conditions: [{ friendly_name: 'c', arguments: [input], type, value }],
      },
    ],
  })

  it('goes from widget to widget, and tells its steps and its context', async () => {
    const flow = await publish(
      widgets(
        set('first', 'Hello {{flow.data.name | upcase}}', 'which'),
        split('which', '{{flow.variables.v}}', 'equal_to', 'hello zoe', 'good', 'bad'),
        set('good', 'good'),
        set('bad', 'bad'),
      ),
    )
    const { sid, status, contactChannelAddress } = await start(flow, { name: 'Zoe' })
    assert.deepEqual([status, contactChannelAddress], ['ended', to])
    assert.deepEqual(await stepsOf(flow, sid), [
      ['incomingRequest', 'Trigger', 'first'],
      ['next', 'first', 'which'],
      ['match', 'which', 'good'],
      ['next', 'good', 'Ended'],
    ])
    const context = await contextOf(flow, sid)
    assert.equal(context.flow.variables.v, 'good')
    assert.equal(context.widgets.first.v, 'Hello ZOE')
    assert.deepEqual(context.trigger.request, { to, from, parameters: { name: 'Zoe' } })
    assert.equal(context.contact.channel.address, to)
    const [first] = await flows()(flow).executions(sid).steps.list({ limit: 1 })
    const after = await flows()(flow)
      .executions(sid)
      .steps(first?.sid ?? '')
      .stepContext()
      .fetch()
    assert.equal(after.context.flow.variables.v, 'good')
  })

  it('calls somebody, and hears the key', async () => {
    const flow = await publish(
      widgets(
        {
          name: 'first',
          type: 'make-outgoing-call-v2',
          properties: {
            from: '{{flow.channel.address}}',
            to: '{{contact.channel.address}}',
            timeout: 20,
          },
          transitions: [
            { event: 'answered', next: 'ask' },
            { event: 'busy', next: 'gone' },
            { event: 'noAnswer', next: 'gone' },
            { event: 'failed', next: 'gone' },
          ],
        },
        {
          name: 'ask',
          type: 'gather-input-on-call',
          properties: { say: 'Press 1 & wait', timeout: 5, number_of_digits: 1, stop_gather: true },
          transitions: [
            { event: 'keypress', next: 'thanks' },
            { event: 'speech' },
            { event: 'timeout', next: 'silent' },
          ],
        },
        {
          name: 'thanks',
          type: 'say-play',
          properties: { say: 'Thanks' },
          transitions: [{ event: 'audioComplete' }],
        },
        set('gone', '{{widgets.first.CallStatus}}'),
        set('silent', 'silent'),
      ),
    )
    const run = async (outcome: 'answer' | 'busy' | 'let-ring', keys: string) => {
      const pressed = keys ? [{ afterSeconds: 2, digits: keys }] : []
      local.twilio.phones.setProfile({ address: to, outcome, afterSeconds: 1, keys: pressed })
      const { sid } = await start(flow)
      assert.equal((await flows()(flow).executions(sid).fetch()).status, 'active')
      await assert.rejects(start(flow), refused(409, 20409, /already active/))
      await local.clock.advance(60_000)
      assert.equal((await flows()(flow).executions(sid).fetch()).status, 'ended')
      const live = local.twilio.view().calls.filter(({ endedAt }) => endedAt === null)
      assert.deepEqual(live, [])
      return {
        steps: (await stepsOf(flow, sid)).map(([event]) => event),
        context: await contextOf(flow, sid),
      }
    }
    const answered = await run('answer', '1')
    assert.deepEqual(answered.steps, ['incomingRequest', 'answered', 'keypress', 'audioComplete'])
    assert.equal(answered.context.widgets.ask.Digits, '1')
    assert.deepEqual((await run('answer', '')).steps, [
      'incomingRequest',
      'answered',
      'timeout',
      'next',
    ])
    const busy = await run('busy', '')
    assert.deepEqual(busy.steps, ['incomingRequest', 'busy', 'next'])
    assert.equal(busy.context.flow.variables.v, 'busy')
    assert.deepEqual((await run('let-ring', '')).steps, ['incomingRequest', 'noAnswer', 'next'])
  })

  it('answers a call to its number', async () => {
    const flow = await publish(
      widgets(
        {
          name: 'first',
          type: 'gather-input-on-call',
          properties: {
            say: 'Which language?',
            timeout: 5,
            number_of_digits: 1,
            stop_gather: true,
          },
          transitions: [
            { event: 'keypress', next: 'bye' },
            { event: 'speech' },
            { event: 'timeout' },
          ],
        },
        {
          name: 'bye',
          type: 'say-play',
          properties: { say: 'You pressed {{widgets.first.Digits}}' },
          transitions: [{ event: 'audioComplete' }],
        },
      ),
    )
    const { webhookUrl } = await flows()(flow).fetch()
    const [number] = await local.client.incomingPhoneNumbers.list()
    await local.client
      .incomingPhoneNumbers(number?.sid ?? '')
      .update({ voiceUrl: webhookUrl, statusCallback: webhookUrl })
    const heard: string[] = []
    local.twilio.subscribe(({ name, text }) => name === 'call.say' && heard.push(text))
    const callSid = local.twilio.phones.call({ from: to, to: from })
    await local.clock.advance(1_000)
    local.twilio.phones.press(callSid, '7')
    await local.clock.advance(10_000)
    const [execution] = await flows()(flow).executions.list()
    assert.equal(execution?.status, 'ended')
    assert.deepEqual(
      (await stepsOf(flow, execution?.sid ?? '')).map(([event]) => event),
      ['incomingCall', 'keypress', 'audioComplete'],
    )
    assert.equal(local.twilio.view().calls.filter(({ endedAt }) => endedAt === null).length, 0)
    assert.deepEqual(local.twilio.alerts(), [])
  })

  it('is stopped when it goes round for ever', async () => {
    const self = await publish(widgets(set('first', 'again', 'first')))
    assert.equal((await start(self)).status, 'ended')
    assert.match(String(local.twilio.alerts().at(-1)?.text), /first/)
    assert.equal(local.twilio.alerts().at(-1)?.code, 81001)
    const two = await publish(widgets(set('first', 'a', 'second'), set('second', 'b', 'first')))
    const { sid } = await start(two)
    assert.equal(local.twilio.alerts().at(-1)?.code, 81000)
    assert.equal((await flows()(two).executions(sid).steps.list()).length, 1_000)
  })
})
