import assert from 'node:assert/strict'
import type * as pulumi from '@pulumi/pulumi'
import {
  TieredWorkflow,
  type TieredWorkflowArgs,
} from '../../../infra/components/tiered-workflow.ts'
import { runProgram } from '../run-program.ts'

const args: TieredWorkflowArgs = {
  workspaceSid: 'WS1',
  friendlyName: 'Calls',
  filters: [
    {
      name: 'All',
      expression: '1==1',
      tiers: [
        { name: 'first line', queue: 'WQ1', timeoutSeconds: 15 },
        { name: 'everyone', queue: 'WQ2', timeoutSeconds: 40 },
      ],
    },
  ],
  assignmentCallbackUrl: 'https://calls.example.com/assignment',
  fallbackAssignmentCallbackUrl: 'https://calls.example.com/assignment-fallback',
}

const declare = (change: Partial<TieredWorkflowArgs> = {}) =>
  runProgram({
    program: () => {
      const workflow = new TieredWorkflow('calls', { ...args, ...change })
      return { workflow: workflow as pulumi.Resource, ringSeconds: workflow.ringSeconds }
    },
  })

describe('TieredWorkflow', () => {
  it('gives a reservation the time of the shortest tier, and the phone more', async () => {
    const { resources, outputs, warnings } = await declare()
    const workflow = resources.find(({ type }) => type === 'twilio:taskrouter:Workflow')
    assert.equal(workflow?.inputs['taskReservationTimeout'], 15)
    assert.ok(Number(outputs['ringSeconds']) > 15)
    assert.deepEqual(warnings, [])
  })

  it('warns when a reservation may outlast a tier', async () => {
    const { resources, warnings } = await declare({ reservationTimeoutSeconds: 30 })
    const workflow = resources.find(({ type }) => type === 'twilio:taskrouter:Workflow')
    assert.equal(workflow?.inputs['taskReservationTimeout'], 30)
    assert.equal(warnings.length, 1)
    assert.match(warnings[0] ?? '', /reservationTimeoutSeconds.*“first line” of “All” \(15 s\)/)
  })

  it('takes a shorter one without a word', async () => {
    const { warnings } = await declare({ reservationTimeoutSeconds: 10 })
    assert.deepEqual(warnings, [])
  })

  it('has the workflow for its child', async () => {
    const { resources } = await declare()
    assert.deepEqual(
      resources.map(({ type, name }) => `${type} ${name}`),
      ['switchboard:routing:TieredWorkflow calls', 'twilio:taskrouter:Workflow calls'],
    )
  })
})
