import assert from 'node:assert/strict'
import * as pulumi from '@pulumi/pulumi'
import { FunctionApp } from '../../../infra/components/function-app.ts'
import { hostElsewhere } from '../../../infra/components/function-place.ts'
import { IncidentHunt, type IncidentHuntArgs } from '../../../infra/components/incident-hunt.ts'
import { runProgram } from '../run-program.ts'

const sid = `WK${'1'.repeat(32)}`
const ada = { name: 'Ada', phone_no: '+12025550141', role: 'engineer' }
const incidents: IncidentHuntArgs['incidents'] = {
  rounds: 2,
  roster: {
    agent_list: [{ ...ada, worker: 'ada', phone: { outcome: 'busy' } }],
    escalation_list: [],
  },
}

const declare = (change: IncidentHuntArgs['incidents'] = incidents) =>
  runProgram({
    program: () => {
      const functions = new FunctionApp('functions', {
        place: hostElsewhere('https://centre.example'),
      })
      const workers = { ada: { sid: pulumi.output(sid) } }
      const hunt = new IncidentHunt('incidents', { incidents: change, workers, functions })
      return { settings: hunt.settings, flowSid: hunt.flowSid }
    },
  })

describe('IncidentHunt', () => {
  it('has the ends of executions sent to the functions', async () => {
    const { resources } = await declare()
    const sink = resources.find(({ type }) => type === 'twilio:events:Sink')
    assert.deepEqual(sink?.inputs['sinkConfiguration'], {
      destination: 'https://centre.example/studio-events',
      method: 'POST',
      batch_events: true,
    })
    const subscription = resources.find(({ type }) => type === 'twilio:events:Subscription')
    assert.equal(subscription?.inputs['sinkSid'], sink?.id)
    assert.deepEqual(subscription?.inputs['types'], [
      { type: 'com.twilio.studio.flow.execution.ended' },
    ])
  })

  it('S3.13 has them sent to a Kinesis stream instead, where one is given', async () => {
    const kinesis = {
      arn: 'arn:aws:kinesis:us-east-1:123456789012:stream/events',
      role_arn: 'arn:aws:iam::123456789012:role/twilio',
      external_id: 'of-that-role',
    }
    const { resources } = await declare({ ...incidents, kinesis })
    const sink = resources.find(({ type }) => type === 'twilio:events:Sink')
    assert.equal(sink?.inputs['sinkType'], 'kinesis')
    // As a secret: the external id opens the stream.
    const secret = sink?.inputs['sinkConfiguration'] as { value?: unknown } | undefined
    assert.deepEqual(secret?.value, kinesis)
  })

  it('deploys the flow, and tells the functions the roster with SIDs of workers', async () => {
    const { resources, outputs } = await declare()
    const flow = resources.find(({ type }) => type === 'twilio:studio:Flow')
    assert.equal(outputs['flowSid'], flow?.id)
    assert.deepEqual(outputs['settings'], {
      rounds: 2,
      roster: { agent_list: [{ ...ada, worker_sid: sid }], escalation_list: [] },
    })
  })

  it('refuses a worker who is not declared', () =>
    assert.rejects(
      declare({ roster: { agent_list: [{ ...ada, worker: 'bob' }], escalation_list: [] } }),
      /names the worker “bob” for Ada; declared: ada/,
    ))

  it('refuses to be without any roster', () =>
    assert.rejects(declare({}), /has no roster: give `roster` or `rosterUrl`/))
})
