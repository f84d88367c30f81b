import assert from 'node:assert/strict'
import { type LocalTwilio, startLocalTwilio } from '../../support/local-twilio.ts'
import { declareSmallCentre, type SmallCentre } from '../../support/small-centre.ts'

describe('the live side of the local Twilio', () => {
  let local: LocalTwilio
  let centre: SmallCentre
  const api = () => local.client.taskrouter.v1.workspaces(centre.workspaceSid)

  beforeEach(async () => {
    local = await startLocalTwilio()
    centre = await declareSmallCentre(local, { taskReservationTimeout: 20 })
  })
  afterEach(() => local.close())

  it('tells in sentences what becomes of a task', async () => {
    const lines: string[] = []
    local.twilio.subscribe(({ text }) => lines.push(text.replaceAll(/WT\w+…/g, 'WT…')))
    await api().tasks.create({ attributes: '{"urgent":true,"call_sid":"CA1"}' })
    await local.clock.advance(20_000)
    assert.deepEqual(lines, [
      'task WT… is created',
      'task WT… waits in “Everyone” (tier 1 of 2, priority 10)',
      'task WT… is offered to Ann',
      'Ann let task WT… time out',
      'Ann goes from Available to Offline',
      'task WT… is offered to Bob',
    ])
  })

  it('shows the centre at one moment', async () => {
    await local.client.incomingPhoneNumbers.create({ areaCode: '202', friendlyName: 'Desk' })
    await api().workers(centre.annSid).update({ attributes: '{"contact_uri":"client:ann"}' })
    const task = await api().tasks.create({ attributes: '{"urgent":true}' })
    const view = local.twilio.view()
    assert.deepEqual(view.numbers, [{ phoneNumber: '+12025550100', friendlyName: 'Desk' }])
    assert.deepEqual(
      view.activities.map(({ friendlyName }) => friendlyName),
      ['Offline', 'Unavailable', 'Available'],
    )
    const [ann] = view.workers
    assert.equal(ann?.contactUri, 'client:ann')
    assert.equal(ann?.activityName, 'Available')
    assert.equal(ann?.reservations[0]?.timeoutAt, view.at + 20_000)
    const [shown] = view.tasks
    assert.deepEqual(
      [shown?.sid, shown?.queueName, shown?.filterName, shown?.tier, shown?.tiers],
      [task.sid, 'Everyone', 'Urgent', 1, 2],
    )
    assert.equal(shown?.tierEndsAt, view.at + 60_000)
    assert.equal(shown?.workerName, 'Ann')
  })

  it('ends a subscription', async () => {
    let heard = 0
    const stop = local.twilio.subscribe(() => heard++)
    stop()
    await api().tasks.create({})
    assert.equal(heard, 0)
  })
})
