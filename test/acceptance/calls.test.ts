import assert from 'node:assert/strict'
import { startCentre, type TestCentre } from '../support/centre.ts'
import { startStudioCentre } from '../support/studio-centre.ts'
import { describeCalls } from './describe-calls.ts'

describeCalls('a call', () => startCentre())

describeCalls('a call that a Studio flow answers', () => startStudioCentre(), {
  waiting: wentThroughFlow,
  over: endedAllExecutions,
})

// The functions answer where Studio fails: without this nobody would notice.
async function wentThroughFlow(centre: TestCentre, callSid: string): Promise<void> {
  const { flow, executions } = await executionsOf(centre)
  const [steps] = await Promise.all(
    executions.slice(0, 1).map(({ sid }) => flow.executions(sid).steps.list()),
  )
  assert.ok(
    steps?.some(({ transitionedTo }) => transitionedTo === 'queue'),
    callSid,
  )
}

// Whoever is gone is gone for Studio too.
async function endedAllExecutions(centre: TestCentre): Promise<void> {
  const { executions } = await executionsOf(centre)
  assert.deepEqual(
    executions.filter(({ status }) => status !== 'ended').map(({ sid }) => sid),
    [],
  )
}

async function executionsOf(centre: TestCentre) {
  const { flows } = centre.sdk.studio.v2
  const listed = (await flows.list()).find(({ friendlyName }) => friendlyName === 'incoming')
  assert.ok(listed)
  const flow = flows(listed.sid)
  return { flow, executions: await flow.executions.list() }
}
