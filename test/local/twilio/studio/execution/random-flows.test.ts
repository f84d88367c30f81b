import assert from 'node:assert/strict'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { json } from 'node:stream/consumers'
import fc from 'fast-check'
import { type LocalTwilio, startLocalTwilio } from '../../../../support/local-twilio.ts'
import { contact, definition, ownNumber, publish, type SmallWidget } from './running-flow.ts'

type CloudEvent = {
  readonly type: string
  readonly data: { readonly execution_sid: string; readonly step_sid?: string }
}

const FLOW = 'com.twilio.studio.flow'
const types = [`${FLOW}.execution.started`, `${FLOW}.step.ended`, `${FLOW}.execution.ended`]
const names = ['a', 'b', 'c', 'd'] as const
const next = fc.option(fc.constantFrom(...names))
/** A widget of that type whose exits lead anywhere. */
const widget = (
  type: string,
  properties: fc.Arbitrary<Readonly<Record<string, unknown>>>,
  ...exits: string[]
): fc.Arbitrary<SmallWidget> =>
  fc
    .tuple(properties, fc.record(Object.fromEntries(exits.map((exit) => [exit, next]))))
    .map(([given, ways]) => [type, given, ways])
const just = (properties: object) => fc.constant({ ...properties })

const set = widget(
  'set-variables',
  fc
    .record({
      key: fc.constantFrom('x', 'y'),
      value: fc.constantFrom('1', '{{flow.variables.x | plus: 1}}', '{{', '{{flow.list[3]}}'),
      type: fc.constantFrom('string', 'json_object'),
    })
    .map((variable) => ({ variables: [variable] })),
  'next',
)
const split = fc
  .constantFrom('equal_to 1', 'less_than 5', 'regex (', 'regex [0-9]+', 'is_blank')
  .chain((condition) =>
    widget(
      'split-based-on',
      just({ input: '{{flow.variables.x}}' }),
      'noMatch',
      `match ${condition}`,
    ),
  )
const http = widget(
  'make-http-request',
  fc.record({
    url: fc.constantFrom('nowhere', 'https://studio.twilio.com/v2/Flows/{{flow.flow_sid}}'),
    add_twilio_auth: fc.boolean(),
  }),
  ...['success', 'failed'],
)
const call = widget('run-function', just({ url: 'nowhere' }), 'success', 'fail')
const message = widget(
  'send-message',
  fc.record({ from: fc.constantFrom(ownNumber, '+12025550666'), body: fc.constant('Hi') }),
  ...['sent', 'failed'],
)
const flex = widget(
  'send-to-flex',
  just({ workflow: 'WW1', channel: 'TC1' }),
  ...['callComplete', 'failedToEnqueue', 'callFailure'],
)
const wait = widget(
  'send-and-wait-for-reply',
  just({ from: ownNumber, body: 'Well?', timeout: '60' }),
  ...['timeout', 'incomingMessage', 'deliveryFailure'],
)
const say = widget('say-play', just({ say: 'Hi' }), 'audioComplete')
const subflow = (sid: string) =>
  widget(
    'run-subflow',
    fc.record({
      flow_sid: fc.constantFrom(sid, `FW${'9'.repeat(32)}`),
      flow_revision: fc.constant('LatestPublished'),
    }),
    ...['completed', 'failed'],
  )

describe('any small flow', () => {
  let local: LocalTwilio
  let server: Server
  let events: CloudEvent[]
  beforeEach(async () => {
    events = []
    server = createServer(async (incoming, outgoing) => {
      events.push(...((await json(incoming)) as CloudEvent[]))
      outgoing.end()
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    local = await startLocalTwilio()
    const { client } = local
    await client.incomingPhoneNumbers.create({ phoneNumber: ownNumber })
    const { port } = server.address() as AddressInfo
    const sink = await client.events.v1.sinks.create({
      description: 'Sink',
      sinkType: 'webhook',
      sinkConfiguration: {
        destination: `http://127.0.0.1:${port}/`,
        method: 'POST',
        batch_events: true,
      },
    })
    await client.events.v1.subscriptions.create({
      description: 'Flows',
      sinkSid: sink.sid,
      types: types.map((type) => ({ type })),
    })
  })
  afterEach(async () => {
    await local.close()
    server.close()
    server.closeAllConnections()
  })

  it('comes to an end, by steps that form a chain, of each of which the sink hears once', async () => {
    const callee = await publish(local, {
      one: ['set-variables', { variables: [{ key: 'x', value: '3' }] }, { next: 'two' }],
      two: ['split-based-on', { input: '{{trigger.request.to}}' }, { noMatch: null }],
    })
    const any = fc.oneof(set, split, http, call, message, flex, wait, say, subflow(callee))
    const widgets = fc.record(Object.fromEntries(names.map((name) => [name, any])))
    await fc.assert(
      fc.asyncProperty(widgets, async (some) => {
        const { flows } = local.client.studio.v2
        const flow = await flows.create({
          friendlyName: 'Any',
          status: 'published',
          definition: definition(some),
        })
        const { sid } = await flows(flow.sid).executions.create({ to: contact, from: ownNumber })
        // The most that a thousand steps may wait, and a batch of events.
        await local.clock.advance(1_001 * 60_000)
        const { status } = await flows(flow.sid).executions(sid).fetch()
        assert.equal(status, 'ended')
        const steps = (await flows(flow.sid).executions(sid).steps.list()).reverse()
        assert.ok(steps.length > 0 && steps.length <= 1_000)
        assert.equal(new Set(steps.map((step) => step.sid)).size, steps.length)
        assertChain(steps.filter(({ parentStepSid }) => parentStepSid === null))
        const told = (type: string) =>
          events.filter((event) => event.type === type && event.data.execution_sid === sid)
        const [started = '', stepEnded = '', ended = ''] = types
        assert.deepEqual([told(started).length, told(ended).length], [1, 1])
        assert.deepEqual(
          told(stepEnded)
            .map(({ data }) => data.step_sid)
            .sort(),
          steps.map((step) => step.sid).sort(),
        )
      }),
      { numRuns: 15, seed: 7 },
    )
  })
})

/** Each begins where the one before it led. */
function assertChain(
  steps: readonly { readonly transitionedFrom: string; readonly transitionedTo: string }[],
): void {
  assert.equal(steps[0]?.transitionedFrom, 'Trigger')
  for (const [index, step] of steps.entries()) {
    const following = steps[index + 1]
    if (following) assert.equal(following.transitionedFrom, step.transitionedTo)
  }
}
