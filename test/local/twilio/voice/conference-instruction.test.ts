import assert from 'node:assert/strict'
import { origin, response } from './application.ts'
import { openRoutedCentre, type RoutedCentre } from './routed-centre.ts'

describe('TaskRouter’s instruction conference', () => {
  let centre: RoutedCentre
  beforeEach(async () => {
    centre = await openRoutedCentre()
  })
  afterEach(() => centre.close())

  const instruction = {
    instruction: 'conference',
    from: '+12025550188',
    end_conference_on_exit: 'true',
    conference_status_callback: `${origin}/news`,
    conference_status_callback_events: 'start,end,join,leave',
  }

  it('brings worker and caller into a room named by the task', async () => {
    const callSid = await centre.call(instruction)
    await centre.clock.advance(4_000)
    assert.deepEqual(await centre.client.conferences.list(), [])
    await centre.clock.advance(1_000)
    const assigned = await centre.task()
    const [room] = await centre.client.conferences.list()
    assert.deepEqual([room?.friendlyName, room?.status], [assigned.sid, 'in-progress'])
    assert.deepEqual(JSON.parse(assigned.attributes).conference, {
      sid: room?.sid,
      participants: { worker: (await centre.worker()).sid, customer: callSid },
    })
    assert.deepEqual(await centre.reservations(), ['accepted'])
    centre.twilio.phones.hangUp((await centre.worker()).sid)
    await centre.clock.settle()
    assert.deepEqual(
      centre.application.to('/news').map(({ fields }) => fields['StatusCallbackEvent']),
      [
        'participant-join',
        'participant-join',
        'conference-start',
        'participant-leave',
        'participant-leave',
        'conference-end',
      ],
    )
    assert.equal(centre.left()?.['QueueResult'], 'bridged')
    assert.equal((await centre.task()).assignmentStatus, 'wrapping')
    assert.equal(await centre.statusOf(callSid), 'in-progress')
  })

  it('leaves the caller in the room when the worker’s exit does not end it', async () => {
    const callSid = await centre.call({
      ...instruction,
      end_conference_on_exit: 'false',
      post_work_activity_sid: centre.activities['Unavailable'],
    })
    await centre.clock.advance(5_000)
    centre.twilio.phones.hangUp((await centre.worker()).sid)
    await centre.clock.settle()
    assert.equal((await centre.task()).assignmentStatus, 'assigned')
    centre.twilio.phones.hangUp(callSid)
    await centre.clock.settle()
    assert.equal((await centre.task()).assignmentStatus, 'wrapping')
    assert.equal(await centre.activity(), 'Unavailable')
  })

  it('cancels the reservation of a worker who declines', async () => {
    centre.twilio.phones.setProfile({
      address: 'client:bob',
      outcome: 'decline',
      afterSeconds: 1,
    })
    await centre.call(instruction)
    await centre.clock.advance(1_000)
    assert.equal((await centre.reservations()).filter((status) => status === 'canceled').length, 1)
    assert.deepEqual(await centre.client.conferences.list(), [])
  })

  it('cancels everything when the caller hangs up while it rings', async () => {
    const callSid = await centre.call(instruction)
    await centre.clock.advance(1_000)
    centre.twilio.phones.hangUp(callSid)
    await centre.clock.settle()
    assert.equal((await centre.worker()).status, 'canceled')
    assert.deepEqual(await centre.reservations(), ['canceled'])
  })

  it('takes the call of a task that was made by hand', async () => {
    centre.application.on('/incoming', response('<Say>Hi</Say><Pause length="60"/>'))
    const callSid = await centre.dial()
    centre.answerAssignment(instruction)
    const attributes = JSON.stringify({ call_sid: callSid, to: centre.number })
    await centre.api().tasks.create({ attributes, taskChannel: 'voice' })
    await centre.clock.advance(5_000)
    assert.equal((await centre.task()).assignmentStatus, 'assigned')
    centre.twilio.phones.hangUp((await centre.worker()).sid)
    await centre.clock.settle()
    assert.equal(await centre.statusOf(callSid), 'completed')
    assert.equal((await centre.task()).assignmentStatus, 'wrapping')
  })
})
