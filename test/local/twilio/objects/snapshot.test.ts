import assert from 'node:assert/strict'
import { createTestClock } from '../../../../local/clock.ts'
import { demoAccount } from '../../../../local/demo-account.ts'
import { createTwilio, ForeignSnapshot } from '../../../../local/twilio/index.ts'
import { declareProducts } from '../../../support/declared-products.ts'
import { type LocalTwilio, startLocalTwilio } from '../../../support/local-twilio.ts'
import { declareSmallCentre } from '../../../support/small-centre.ts'
import { startWebhookTarget } from '../../../support/webhook-target.ts'

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

  it('keeps keys, addresses and the products that are only configured', async () => {
    const before = await startLocalTwilio()
    const declared = await declareProducts(before)
    const restore = JSON.parse(JSON.stringify(before.twilio.snapshot()))
    await before.close()

    const after = await startLocalTwilio({ restore })
    assert.deepEqual(after.twilio.snapshot(), restore)
    const { client } = after
    assert.equal((await client.keys.list()).length, 1)
    assert.equal((await client.addresses.list()).length, 1)
    const flow = client.studio.v2.flows(declared.flowSid)
    assert.equal((await flow.revisions('LatestPublished').fetch()).revision, 2)
    const subscription = client.events.v1.subscriptions(declared.subscriptionSid)
    assert.equal((await subscription.subscribedEvents.list()).length, 1)
    const messaging = client.messaging.v1.services(declared.messagingSid)
    assert.equal((await messaging.phoneNumbers.list()).length, 1)
    assert.equal((await client.conversations.v1.addressConfigurations.list()).length, 1)
    const map = client.sync.v1.services('default').syncMaps('queues')
    assert.deepEqual((await map.syncMapItems('a').fetch()).data, { b: 1 })
    assert.equal((await client.flexApi.v1.configuration().fetch()).crmEnabled, true)
    await after.close()
  })

  it('ends the tasks of calls, which do not outlive the process', async () => {
    const application = await startWebhookTarget()
    const origins = () => ({ 'https://centre.example.com': application.origin })
    const before = await startLocalTwilio({ origins })
    const centre = await declareSmallCentre(before)
    application.reply = () => ({
      type: 'text/xml',
      text: `<Response><Enqueue workflowSid="${centre.workflowSid}" waitUrl=""/></Response>`,
    })
    const { phoneNumber } = await before.client.incomingPhoneNumbers.create({
      areaCode: '202',
      voiceUrl: 'https://centre.example.com/incoming-call',
    })
    before.twilio.phones.call({ from: demoAccount.callerNumber, to: phoneNumber })
    before.twilio.phones.call({ from: demoAccount.callerNumber, to: phoneNumber })
    await before.clock.advance(5_000)
    const tasksOf = ({ client }: LocalTwilio) =>
      client.taskrouter.v1.workspaces(centre.workspaceSid).tasks
    const [taken] = await tasksOf(before).list()
    const reservations = tasksOf(before)(taken?.sid ?? '').reservations
    const [offer] = await reservations.list()
    await reservations(offer?.sid ?? '').update({ reservationStatus: 'accepted' })
    const restore = JSON.parse(JSON.stringify(before.twilio.snapshot()))
    await before.close()

    const after = await startLocalTwilio({ origins, restore })
    assert.deepEqual(
      (await tasksOf(after).list()).map(({ assignmentStatus, reason }) => [
        assignmentStatus,
        reason,
      ]),
      [
        ['completed', 'hangup'],
        ['canceled', 'hangup'],
      ],
    )
    await after.close()
    await application.close()
  })

  it('of another version, or of something else, is refused with what is wrong', () => {
    const start = (restore: unknown) =>
      createTwilio({ clock: createTestClock(), ...demoAccount, restore })
    assert.throws(() => start({ version: 0 }), ForeignSnapshot)
    assert.throws(() => start('text'), ForeignSnapshot)
    const damaged = { version: 1, numbers: {}, applications: [], products: {}, taskRouter: {} }
    assert.throws(
      () => start(damaged),
      /numbers must be array; products\.studio is missing.*taskRouter\.callTasks is missing/,
    )
  })
})
