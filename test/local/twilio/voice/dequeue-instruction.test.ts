import assert from 'node:assert/strict'
import { refused } from '../../../support/local-twilio.ts'
import { origin } from './application.ts'
import { openRoutedCentre, type RoutedCentre } from './routed-centre.ts'

describe('TaskRouter’s instruction dequeue', () => {
  let centre: RoutedCentre
  beforeEach(async () => {
    centre = await openRoutedCentre()
  })
  afterEach(() => centre.close())

  it('accepts when the worker answers, bridges, and wraps up at the hang-up', async () => {
    const callSid = await centre.call({
      instruction: 'dequeue',
      from: '+12025550188',
      post_work_activity_sid: centre.activities['Unavailable'],
    })
    await centre.clock.advance(4_000)
    assert.deepEqual(await centre.reservations(), ['pending'])
    assert.deepEqual(
      [
        (await centre.worker()).status,
        (await centre.worker()).from,
        (await centre.worker()).direction,
      ],
      ['ringing', '+12025550188', 'outbound-api'],
    )
    await centre.clock.advance(1_000)
    assert.deepEqual(await centre.reservations(), ['accepted'])
    const assigned = await centre.task()
    const attributes = JSON.parse(assigned.attributes)
    assert.equal(assigned.assignmentStatus, 'assigned')
    assert.deepEqual(
      [attributes.language, attributes.call_sid, attributes.worker_call_sid],
      ['en', callSid, (await centre.worker()).sid],
    )
    await centre.clock.advance(30_000)
    centre.twilio.phones.hangUp(callSid)
    await centre.clock.settle()
    assert.equal((await centre.task()).assignmentStatus, 'wrapping')
    assert.equal((await centre.worker()).status, 'completed')
    assert.equal(await centre.activity(), 'Unavailable')
    assert.deepEqual(
      [centre.left()?.['QueueResult'], centre.left()?.['QueueTime'], centre.left()?.['CallStatus']],
      ['bridged', '5', 'completed'],
    )
  })

  it('lets the caller go on when the worker hangs up first', async () => {
    const callSid = await centre.call({ instruction: 'dequeue' })
    await centre.clock.advance(5_000)
    assert.equal((await centre.worker()).from, centre.number)
    centre.twilio.phones.hangUp((await centre.worker()).sid)
    await centre.clock.settle()
    assert.equal((await centre.task()).assignmentStatus, 'wrapping')
    assert.equal(centre.left()?.['QueueResult'], 'bridged')
    assert.equal(await centre.statusOf(callSid), 'in-progress')
  })

  it('cancels the reservation when the worker’s leg fails, and the task comes again', async () => {
    centre.twilio.phones.setProfile({ address: 'client:bob', outcome: 'busy', afterSeconds: 2 })
    await centre.call({ instruction: 'dequeue' })
    await centre.clock.advance(2_000)
    assert.deepEqual([...(await centre.reservations())].sort(), ['canceled', 'pending'])
    assert.equal(await centre.activity(), 'Available')
    centre.twilio.phones.setProfile({ address: 'client:bob', afterSeconds: 1 })
    await centre.clock.advance(10_000)
    assert.equal((await centre.task()).assignmentStatus, 'assigned')
  })

  it('gives a worker who can’t be reached no more than the router’s thousand assignments', async () => {
    centre.twilio.phones.setProfile({ address: 'client:bob', outcome: 'unreachable' })
    const callSid = await centre.call({ instruction: 'dequeue' })
    await centre.clock.advance(0)
    assert.equal(centre.application.to('/assignment').length, 1_000)
    assert.deepEqual(
      await centre.api().tasks.list({ assignmentStatus: ['pending', 'reserved'] }),
      [],
    )
    assert.equal(await centre.statusOf(callSid), 'in-progress')
  })

  it('stops ringing when the reservation times out', async () => {
    centre.twilio.phones.setProfile({ address: 'client:bob', outcome: 'let-ring' })
    await centre.call({ instruction: 'dequeue' })
    await centre.clock.advance(20_000)
    assert.equal((await centre.worker()).status, 'canceled')
    assert.deepEqual(await centre.reservations(), ['timeout'])
    assert.equal(await centre.activity(), 'Offline')
    assert.equal((await centre.task()).assignmentStatus, 'pending')
    assert.ok(centre.story.includes('client:bob stops ringing: the reservation timed out'))
  })

  it('cancels the task when the caller hangs up meanwhile', async () => {
    const callSid = await centre.call({ instruction: 'dequeue' })
    await centre.clock.advance(2_000)
    const { sid } = await centre.task()
    centre.twilio.phones.hangUp(callSid)
    await centre.clock.settle()
    assert.equal((await centre.worker()).status, 'canceled')
    assert.deepEqual(await centre.reservations(), ['canceled'])
    const events = await centre.api().events.list({ taskSid: sid, eventType: 'task.canceled' })
    const data = events[0]?.eventData as { task_canceled_reason?: string } | undefined
    assert.equal(data?.task_canceled_reason, 'hangup')
    assert.equal(centre.left()?.['QueueResult'], 'hangup')
  })

  it('tells the end of the leg by GET', async () => {
    await centre.call({
      instruction: 'dequeue',
      status_callback_url: `${origin}/news`,
      timeout: '3',
    })
    await centre.clock.advance(3_000)
    const [told] = centre.application.to('/news')
    assert.deepEqual([told?.method, told?.fields['CallStatus']], ['GET', 'no-answer'])
    assert.match(told?.fields['taskCallSid'] ?? '', /^CA/)
  })

  it('becomes an alert when a callback’s can’t start, and is refused by REST when nothing is pending', async () => {
    await centre.call({ instruction: 'dequeue', to: 'nonsense' })
    assert.deepEqual(centre.alerts(), [40133])
    const update = () => centre.update('dequeue')
    await update()
    await centre.clock.advance(5_000)
    assert.deepEqual(await centre.reservations(), ['accepted'])
    await assert.rejects(update, refused(400, 20001, /not.*pending/i))
  })

  it('tells the debugger of a caller id that is none', async () => {
    await centre.call({ instruction: 'dequeue', from: 'Riverside' })
    assert.deepEqual(centre.alerts(), [40132])
  })

  it('completes an accepted task when its caller leaves the queue', async () => {
    const callSid = await centre.call({ instruction: 'accept' })
    assert.equal((await centre.task()).assignmentStatus, 'assigned')
    centre.twilio.phones.hangUp(callSid)
    await centre.clock.settle()
    assert.equal((await centre.task()).assignmentStatus, 'wrapping')
  })
})
