import assert from 'node:assert/strict'
import { startCentre, type TestCentre } from '../support/centre.ts'

// Real parts only: the deployed centre, the local Twilio, the functions over HTTP, Azurite.
describe('the functions under Twilio’s worst', () => {
  let centre: TestCentre
  before(async () => {
    centre = await startCentre()
  })
  after(() => centre?.stop())

  const alice = () =>
    centre.twilio.view().workers.find(({ friendlyName }) => friendlyName === 'alice')
  const call = (callSid: string) => centre.twilio.view().calls.find(({ sid }) => sid === callSid)

  it('serve a call whose webhooks come twice and out of order', async () => {
    centre.twilio.setFaults({
      duplicateWebhooks: 1,
      reorderWebhooks: 0.5,
      statuses: { '503': 0.2 },
    })
    centre.twilio.phones.setProfile({ address: 'client:alice', outcome: 'answer', afterSeconds: 1 })
    const callSid = centre.twilio.phones.call({ from: '+12025550123', to: '+12025550100' })
    await centre.clock.advance(10_000)
    assert.equal(centre.twilio.view().tasks[0]?.workerName, 'alice')
    centre.twilio.phones.hangUp(callSid)
    await centre.clock.advance(2_000)
    assert.equal(alice()?.activityName, 'Wrap-Up')
    await centre.clock.advance(120_000)
    assert.equal(alice()?.activityName, 'Available')
    assert.deepEqual(centre.twilio.view().tasks, [])
    centre.twilio.setFaults({})
  })

  it('rescue a caller whose task is canceled while the call waits', async () => {
    for (const name of ['alice', 'bob']) {
      centre.twilio.phones.setProfile({ address: `client:${name}`, outcome: 'let-ring' })
    }
    const callSid = centre.twilio.phones.call({ from: '+12025550123', to: '+12025550100' })
    await centre.clock.advance(6_000)
    const { workspaceSid } = await centre.engine.outputs()
    const [task] = centre.twilio.view().tasks
    assert.ok(task)
    await centre.sdk.taskrouter.v1
      .workspaces(String(workspaceSid))
      .tasks(task.sid)
      .update({ assignmentStatus: 'canceled', reason: 'no longer wanted' })
    await centre.clock.advance(5_000)
    assert.match(call(callSid)?.doing ?? '', /Record/)
    assert.match(centre.story.join('\n'), /leave a message/i)
    centre.twilio.phones.hangUp(callSid)
    await centre.clock.advance(0)
  })

  it('offer voicemail where the queue has no room', async () => {
    for (const name of ['alice', 'bob', 'carmen', 'diego']) {
      centre.twilio.phones.setProfile({ address: `client:${name}`, outcome: 'let-ring' })
    }
    const first = centre.twilio.phones.call({ from: '+12025550123', to: '+12025550100' })
    await centre.clock.advance(6_000)
    const [queue] = await centre.sdk.queues.list()
    await centre.sdk.queues(queue?.sid ?? '').update({ maxSize: 1 })
    const second = centre.twilio.phones.call({ from: '+12025550124', to: '+12025550100' })
    await centre.clock.advance(6_000)
    assert.match(call(first)?.doing ?? '', /Enqueue/)
    assert.match(call(second)?.doing ?? '', /Record/)
    for (const callSid of [first, second]) centre.twilio.phones.hangUp(callSid)
    await centre.clock.advance(0)
  })
})
