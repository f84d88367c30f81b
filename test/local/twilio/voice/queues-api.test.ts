import assert from 'node:assert/strict'
import { refused } from '../../../support/local-twilio.ts'
import { origin, response } from './application.ts'
import { openWholeCentre, type WholeCentre } from './whole-centre.ts'

describe('the Queues API', () => {
  let centre: WholeCentre
  beforeEach(async () => {
    centre = await openWholeCentre()
    centre.application.on('/incoming', response('<Enqueue action="/left">support</Enqueue>'))
    centre.application.on('/left', response('<Say>never said</Say>'))
    centre.application.on('/out', response('<Pause length="60"/>'))
  })
  afterEach(() => centre.close())

  it('creates, renames, lists and deletes queues', async () => {
    const created = await centre.client.queues.create({ friendlyName: 'a', maxSize: 5 })
    assert.deepEqual([created.currentSize, created.maxSize, created.averageWaitTime], [0, 5, 0])
    await assert.rejects(
      () => centre.client.queues.create({ friendlyName: 'a' }),
      refused(400, 22003, /exists/),
    )
    assert.equal(
      (await centre.client.queues(created.sid).update({ friendlyName: 'b' })).friendlyName,
      'b',
    )
    assert.equal((await centre.client.queues.list()).length, 1)
    await centre.client.queues(created.sid).remove()
    await assert.rejects(
      () => centre.client.queues(created.sid).fetch(),
      refused(404, 20404, /not found/),
    )
  })

  it('shows who waits, and sends the front elsewhere', async () => {
    const first = await centre.dial()
    await centre.clock.advance(5_000)
    const second = await centre.dial()
    await centre.clock.advance(3_000)
    const [queue] = await centre.client.queues.list()
    assert.deepEqual(
      [queue?.friendlyName, queue?.currentSize, queue?.averageWaitTime],
      ['support', 2, 5],
    )
    const waiting = centre.client.queues(queue?.sid ?? '')
    await assert.rejects(() => waiting.remove(), refused(400, 22001, /2 calls/))
    const members = await waiting.members.list()
    assert.deepEqual(
      members.map(({ callSid, position, waitTime }) => [callSid, position, waitTime]),
      [
        [first, 1, 8],
        [second, 2, 3],
      ],
    )
    const left = await waiting.members('Front').update({ url: `${origin}/out` })
    await centre.clock.settle()
    assert.equal(left.callSid, first)
    assert.equal(centre.application.to('/out')[0]?.fields['CallSid'], first)
    assert.equal(centre.application.to('/left')[0]?.fields['QueueResult'], 'redirected')
    assert.ok(!centre.story.includes('caller hears: never said'))
    assert.equal((await waiting.members(second).fetch()).position, 1)
    await assert.rejects(() => waiting.members(first).fetch(), refused(404, 20404, /not found/))
  })

  it('lets go of a call that is sent elsewhere by its own SID', async () => {
    const sid = await centre.dial()
    await centre.client.calls(sid).update({ url: `${origin}/out` })
    await centre.clock.settle()
    assert.equal(centre.application.to('/left')[0]?.fields['QueueResult'], 'redirected')
    assert.equal((await centre.client.queues.list())[0]?.currentSize, 0)
  })
})

describe('the Recordings API', () => {
  let centre: WholeCentre
  beforeEach(async () => {
    centre = await openWholeCentre()
    centre.application.on('/incoming', response('<Pause length="60"/><Pause length="60"/>'))
  })
  afterEach(() => centre.close())

  it('records a live call, with pauses, and serves a second of silence', async () => {
    const sid = await centre.dial()
    await assert.rejects(
      () => centre.client.calls(sid).recordings.create({}),
      refused(400, 21220, /in progress/),
    )
    await centre.clock.advance(61_000)
    // A call that only pauses was never answered.
    centre.application.on('/incoming', response('<Say>Hello</Say><Pause length="60"/>'))
    const call = centre.client.calls(await centre.dial())
    const { sid: recordingSid } = await call.recordings.create({
      recordingStatusCallback: `${origin}/news`,
    })
    await centre.clock.advance(4_000)
    await call.recordings('Twilio.CURRENT').update({ status: 'paused' })
    await centre.clock.advance(10_000)
    await call.recordings(recordingSid).update({ status: 'in-progress' })
    await centre.clock.advance(2_000)
    await call.recordings(recordingSid).update({ status: 'stopped' })
    await centre.clock.settle()
    const recording = await centre.client.recordings(recordingSid).fetch()
    assert.deepEqual(
      [recording.status, recording.duration, recording.source],
      ['completed', '6', 'StartCallRecordingAPI'],
    )
    assert.equal(centre.application.to('/news')[0]?.fields['RecordingDuration'], '6')

    const path = new URL(recording.mediaUrl).pathname
    const media = await fetch(`${centre.url}${path}.wav`, {
      headers: { authorization: basic(centre) },
    })
    const bytes = Buffer.from(await media.arrayBuffer())
    assert.equal(media.headers.get('content-type'), 'audio/x-wav')
    assert.equal(bytes.toString('latin1', 0, 4), 'RIFF')
    assert.equal(bytes.length, 44 + 16_000)
    await centre.client.recordings(recordingSid).remove()
    assert.deepEqual(await centre.client.recordings.list(), [])
  })
})

describe('the OutgoingCallerIds API', () => {
  let centre: WholeCentre
  beforeEach(async () => {
    centre = await openWholeCentre()
  })
  afterEach(() => centre.close())

  it('verifies a number by a call to it that keys in the code', async () => {
    const phoneNumber = '+12025550177'
    const request = await centre.client.validationRequests.create({
      phoneNumber,
      statusCallback: `${origin}/news`,
    })
    await centre.clock.advance(1_000)
    centre.twilio.phones.press(request.callSid, String(request.validationCode))
    await centre.clock.settle()
    assert.equal(centre.application.to('/news')[0]?.fields['VerificationStatus'], 'success')
    const [verified] = await centre.client.outgoingCallerIds.list()
    assert.equal(verified?.phoneNumber, phoneNumber)
    await centre.client.calls.create({
      to: '+12025550111',
      from: phoneNumber,
      twiml: '<Response/>',
    })
    await assert.rejects(
      () => centre.client.validationRequests.create({ phoneNumber }),
      refused(400, 21450, /verified/),
    )
    await centre.client.outgoingCallerIds(verified?.sid ?? '').remove()
    assert.deepEqual(await centre.client.outgoingCallerIds.list(), [])
  })
})

function basic({ client }: WholeCentre): string {
  return `Basic ${btoa(`${client.username}:${client.password}`)}`
}
