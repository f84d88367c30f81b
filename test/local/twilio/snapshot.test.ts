import assert from 'node:assert/strict'
import { createTestClock } from '../../../local/clock.ts'
import { demoAccount } from '../../../local/demo-account.ts'
import { createTwilio, ForeignSnapshot } from '../../../local/twilio/index.ts'
import { startLocalTwilio } from '../../support/local-twilio.ts'
import { declareSmallCentre } from '../../support/small-centre.ts'

describe('Twilio.snapshot', () => {
  it('keeps workspaces, numbers, tasks, timers and history over a restart', async () => {
    const before = await startLocalTwilio()
    const centre = await declareSmallCentre(before)
    await before.client.incomingPhoneNumbers.create({ areaCode: '202', friendlyName: 'Desk' })
    const task = await before.client.taskrouter.v1
      .workspaces(centre.workspaceSid)
      .tasks.create({ attributes: '{"a":1}' })
    await before.clock.advance(60_000)
    const restore = JSON.parse(JSON.stringify(before.twilio.snapshot()))
    await before.close()

    const after = await startLocalTwilio({ restore })
    await after.clock.advance(60_000)
    const api = after.client.taskrouter.v1.workspaces(centre.workspaceSid)
    assert.equal((await api.fetch()).friendlyName, 'Small centre')
    assert.equal((await api.workers(centre.annSid).fetch()).activityName, 'Available')
    assert.equal((await api.tasks(task.sid).fetch()).attributes, '{"a":1}')
    // The clock of the second life starts anew: the offer to Ann ends 120 s after it was made.
    await after.clock.advance(60_000)
    assert.equal((await api.workers(centre.annSid).fetch()).activityName, 'Offline')
    const [number] = await after.client.incomingPhoneNumbers.list()
    assert.equal(number?.friendlyName, 'Desk')
    assert.equal((await api.events.list({ eventType: 'workspace.created' })).length, 1)
    await after.close()
  })

  it('of another version is refused', () => {
    assert.throws(
      () => createTwilio({ clock: createTestClock(), ...demoAccount, restore: { version: 0 } }),
      ForeignSnapshot,
    )
  })
})
