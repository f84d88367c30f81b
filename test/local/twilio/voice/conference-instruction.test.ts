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

  it('records the worker’s leg when asked to', async () => {
    await centre.call({
      ...instruction,
      record: 'true',
      recording_status_callback: `${origin}/news`,
      conference_status_callback: '',
    })
    await centre.clock.advance(5_000)
    const worker = await centre.worker()
    const [recording] = await centre.client.recordings.list({ callSid: worker.sid })
    assert.equal(recording?.source, 'OutboundAPI')
    centre.twilio.phones.hangUp(worker.sid)
    await centre.clock.settle()
    const [news] = centre.application.to('/news')
    assert.equal(news?.fields['RecordingSid'], recording?.sid)
  })

  it('tells the debugger of a caller id that is none', async () => {
    await centre.call({ ...instruction, from: 'Riverside' })
    assert.deepEqual(centre.alerts(), [40138])
    assert.deepEqual(await centre.reservations(), ['pending'])
  })

  it('tells the debugger of an answer that comes too late', async () => {
    centre.application.on('/assignment', ({ fields }) => {
      const { call_sid: callSid } = JSON.parse(fields['TaskAttributes'] ?? '')
      centre.twilio.phones.hangUp(callSid)
      return { type: 'application/json', body: JSON.stringify(instruction) }
    })
    await centre.dial()
    assert.deepEqual(centre.alerts(), [40136])
    assert.deepEqual(await centre.reservations(), ['canceled'])
  })

  it('rings once when it is given twice', async () => {
    await centre.call(instruction)
    await centre.update('conference')
    const legs = await centre.client.calls.list({ to: 'client:bob' })
    assert.deepEqual(
      legs.map(({ status }) => status),
      ['ringing', 'canceled'],
    )
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
