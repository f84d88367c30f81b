import assert from 'node:assert/strict'
import { startCentre, type TestCentre } from '../support/centre.ts'
import { startStudioCentre } from '../support/studio-centre.ts'
import { describeCalls } from './describe-calls.ts'

describeCalls('a call', () => startCentre())

describeCalls('a call that a Studio flow answers', () => startStudioCentre(), wentThroughFlow)

describe('a call that a Studio flow answers outside the hours', () => {
  it('hears so, and is over', async () => {
    const closed = { timeZone: 'Europe/Madrid', open: [], closedPrompt: 'We are closed.' }
    const centre = await startStudioCentre(`switchboard:hours: ${JSON.stringify(closed)}`)
    try {
      const callSid = centre.twilio.phones.call({ from: '+12025550123', to: '+12025550100' })
      await centre.clock.settle()
      assert.ok(centre.story.some((line) => line.endsWith('hears: We are closed.')))
      const call = centre.twilio.view().calls.find(({ sid }) => sid === callSid)
      assert.ok(!call || call.endedAt !== null)
      assert.deepEqual(centre.twilio.view().tasks, [])
    } finally {
      await centre.stop()
    }
  })
})

// The functions answer where Studio fails: without this nobody would notice.
async function wentThroughFlow(centre: TestCentre, callSid: string): Promise<void> {
  const { flows } = centre.sdk.studio.v2
  const flow = (await flows.list()).find(({ friendlyName }) => friendlyName === 'incoming')
  assert.ok(flow)
  const executions = await flows(flow.sid).executions.list()
  const [steps] = await Promise.all(
    executions.slice(0, 1).map(({ sid }) => flows(flow.sid).executions(sid).steps.list()),
  )
  assert.ok(
    steps?.some(({ transitionedTo }) => transitionedTo === 'queue'),
    callSid,
  )
}
