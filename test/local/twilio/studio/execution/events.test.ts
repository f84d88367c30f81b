import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { json } from 'node:stream/consumers'
import { startLocalTwilio } from '../../../../support/local-twilio.ts'
import { contact, publish, run } from './running-flow.ts'

type CloudEvent = { readonly type: string; readonly data: Readonly<Record<string, unknown>> }

const types = ['execution.started', 'execution.ended', 'step.ended'].map(
  (type) => `com.twilio.studio.flow.${type}`,
)

describe('events of executions', () => {
  it('tell of the beginning, each step and the end', async () => {
    const events: CloudEvent[] = []
    const server = createServer(async (incoming, outgoing) => {
      events.push(...((await json(incoming)) as CloudEvent[]))
      outgoing.end()
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const local = await startLocalTwilio()
    const { port } = server.address() as AddressInfo
    const sink = await local.client.events.v1.sinks.create({
      description: 'Sink',
      sinkType: 'webhook',
      sinkConfiguration: {
        destination: `http://127.0.0.1:${port}/`,
        method: 'POST',
        batch_events: true,
      },
    })
    await local.client.events.v1.subscriptions.create({
      description: 'Flows',
      sinkSid: sink.sid,
      types: types.map((type) => ({ type })),
    })
    const flowSid = await publish(local, {
      set: ['set-variables', { variables: [] }, { next: null }],
    })
    const { sid } = await (await run(local, flowSid)).fetch()
    await local.clock.advance(60_000)
    await local.close()
    server.close()
    const told = events
      .filter(({ type }) => types.includes(type))
      .map(({ type, data }) => [type.split('.').slice(-2).join('.'), data])
    const names = told.map(([name]) => name)
    assert.deepEqual(names.sort(), [
      'execution.ended',
      'execution.started',
      'step.ended',
      'step.ended',
    ])
    const of = (name: string) => told.filter(([found]) => found === name).map(([, data]) => data)
    assert.partialDeepStrictEqual(of('execution.ended'), [
      {
        execution_sid: sid,
        flow_sid: flowSid,
        contact_channel_address: contact,
        status: 'ended',
        flow_revision: 1,
        ended_reason: 'FLOW_END',
      },
    ])
    assert.partialDeepStrictEqual(of('step.ended'), [
      { name: 'incomingRequest', transitioned_from: 'Trigger', transitioned_to: 'set' },
      { name: 'next', transitioned_from: 'set', transitioned_to: 'Ended', parent_step_sid: null },
    ])
  })
})
