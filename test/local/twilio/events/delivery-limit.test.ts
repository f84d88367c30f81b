import assert from 'node:assert/strict'
import { createTestClock } from '../../../../local/clock.ts'
import { demoAccount } from '../../../../local/demo-account.ts'
import { createAlerts } from '../../../../local/twilio/alerts.ts'
import { createDelivery } from '../../../../local/twilio/events/delivery.ts'
import { cloudEvent } from '../../../../local/twilio/events/published-event.ts'
import type { SinkRow } from '../../../../local/twilio/events/sinks.ts'
import { createLiveFeed } from '../../../../local/twilio/live-feed.ts'
import { createNewSid } from '../../../../local/twilio/objects/sid.ts'
import { createWebhooks } from '../../../../local/twilio/webhooks/webhooks.ts'

describe('createDelivery', () => {
  it('keeps ten thousand events of a sink that is away, and tells once that more are lost', async () => {
    const clock = createTestClock()
    const live = createLiveFeed()
    const alerts = createAlerts(clock, live)
    const newSid = createNewSid(undefined)
    let status = 503
    let taken = 0
    const webhooks = createWebhooks({
      ...{ clock, live, newSid, authToken: demoAccount.authToken },
      ...{ random: () => 0.5, faults: () => ({}) },
      wire: {
        async exchange({ body }) {
          if (status === 200) taken += JSON.parse(String(body)).length
          return { kind: 'answered', status, headers: {}, body: '' }
        },
        close() {},
      },
    })
    const delivery = createDelivery(
      { clock, accountSid: demoAccount.accountSid, newSid, webhooks, alerts, live },
      () => true,
    )
    const sink: SinkRow = {
      ...{ sid: 'DG1', description: '', dateCreated: 0, dateUpdated: 0 },
      sinkType: 'webhook',
      sinkConfiguration: { destination: 'http://lake.example/', method: 'POST' },
    }
    const event = { type: 'com.twilio.taskrouter.task.created', at: clock.now(), data: () => ({}) }
    const add = (count: number) => {
      for (let one = 0; one < count; one++) {
        delivery.add(sink, cloudEvent(event, {}, 4, newSid('EZ')))
      }
    }
    add(10_000)
    assert.deepEqual(alerts.list(), [])
    add(500)
    assert.equal(alerts.list().length, 1)
    assert.match(String(alerts.list()[0]?.text), /1 event lost: 10000 wait already/)
    status = 200
    await clock.advance(60_000)
    assert.equal(taken, 10_000)
    add(1)
    await clock.advance(1_000)
    assert.equal(taken, 10_001)
  })
})
