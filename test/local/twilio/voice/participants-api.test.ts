import assert from 'node:assert/strict'
import { refused } from '../../../support/local-twilio.ts'
import { origin, response } from './application.ts'
import { openWholeCentre, type WholeCentre } from './whole-centre.ts'

const everything = ['start', 'end', 'join', 'leave', 'mute', 'hold', 'modify', 'announcement']
const progress = ['initiated', 'ringing', 'answered', 'completed']
const customer = '+12025550111'
const agent = 'client:agent'

describe('the Participants API', () => {
  let centre: WholeCentre
  beforeEach(async () => {
    centre = await openWholeCentre()
    centre.application.on('/progress', { status: 204, type: '' })
    centre.twilio.phones.setProfile({ address: agent, outcome: 'let-ring' })
  })
  afterEach(() => centre.close())

  const participants = (name: string) => centre.client.conferences(name).participants
  const add = async (more: object = {}, name = 'the room') =>
    participants(name).create({
      from: centre.number,
      to: customer,
      conferenceStatusCallback: `${origin}/news`,
      conferenceStatusCallbackEvent: everything,
      ...more,
    })
  const answered = async (more: object = {}) => {
    const added = await add(more)
    await centre.clock.advance(2_000)
    return added
  }
  const view = () => centre.twilio.view().conferences[0]
  const legOf = (sid: string) => centre.twilio.view().calls.find((call) => call.sid === sid)
  const news = (name: string) => centre.application.to('/news').map(({ fields }) => fields[name])

  it('tells each leg’s progress in order, with its number and final status', async () => {
    centre.twilio.phones.setProfile({ address: agent, outcome: 'busy', afterSeconds: 2 })
    await answered()
    await add({ to: agent, statusCallback: `${origin}/progress`, statusCallbackEvent: progress })
    await centre.clock.advance(3_000)
    const told = centre.application.to('/progress').map(({ fields }) => fields)
    assert.deepEqual(
      told.map(({ CallStatus, SequenceNumber }) => [CallStatus, SequenceNumber]),
      [
        ['initiated', '0'],
        ['ringing', '1'],
        ['busy', '2'],
      ],
    )
    assert.deepEqual(
      [told[2]?.['CallDuration'], told[2]?.['SipResponseCode'], told[2]?.['To']],
      ['0', '486', agent],
    )
  })

  it('names every change of the conference with ascending numbers', async () => {
    const { conferenceSid, callSid } = await answered({ label: 'customer' })
    const { callSid: other } = await answered({ endConferenceOnExit: true })
    await participants(conferenceSid)('customer').update({ hold: true })
    await participants(conferenceSid)('customer').update({ hold: false, endConferenceOnExit: true })
    centre.twilio.phones.hangUp(other)
    await centre.clock.settle()
    assert.deepEqual(news('StatusCallbackEvent'), [
      'participant-join',
      'participant-join',
      'conference-start',
      'participant-hold',
      'participant-unhold',
      'participant-modify',
      'participant-leave',
      'participant-leave',
      'conference-end',
    ])
    assert.deepEqual(news('SequenceNumber'), [1, 2, 3, 4, 5, 6, 7, 8, 9].map(String))
    const end = centre.application.to('/news').at(-1)?.fields
    assert.deepEqual(
      [end?.['CallSidEndingConference'], end?.['ReasonConferenceEnded'], end?.['Reason']],
      [
        other,
        'participant-with-end-conference-on-exit-left',
        'participant with end conference on exit left',
      ],
    )
    const over = await centre.client.conferences(conferenceSid).fetch()
    assert.deepEqual([over.status, over.callSidEndingConference], ['completed', other])
    assert.equal((await centre.client.calls(callSid).fetch()).status, 'completed')
  })

  it('lets a phone ring, and stop within a second of the removal', async () => {
    const { conferenceSid } = await answered()
    const { callSid } = await answered({ to: agent, label: 'agent', earlyMedia: false })
    assert.deepEqual(legOf(callSid)?.status, 'ringing')
    assert.deepEqual(
      view()?.participants.map(({ address, status }) => [address, status]),
      [
        [customer, 'in-progress'],
        [agent, 'ringing'],
      ],
    )
    await participants(conferenceSid)('agent').remove()
    assert.equal(legOf(callSid)?.status, 'canceled')
    assert.equal(view()?.participants.length, 1)
    await assert.rejects(
      () => participants(conferenceSid)('agent').fetch(),
      refused(404, 20404, /not found/),
    )
  })

  it('does not end the conference when one with end-on-exit never answers', async () => {
    const { conferenceSid } = await answered()
    const leg = { to: agent, endConferenceOnExit: true, timeout: 5 }
    const { callSid } = await add(leg)
    const { callSid: late } = await add({ ...leg, earlyMedia: false })
    await centre.clock.advance(12_000)
    assert.deepEqual(
      [callSid, late].map((sid) => legOf(sid)?.status),
      ['no-answer', 'no-answer'],
    )
    const conference = await centre.client.conferences(conferenceSid).fetch()
    assert.equal(conference.status, 'in-progress')
    assert.equal(news('ReasonParticipantLeft').at(-1), 'participant_add_failed')
    assert.equal(news('ParticipantCallStatus').at(-1), 'no-answer')
  })

  it('ends with participant-…-kicked when one with end-on-exit is removed', async () => {
    const { conferenceSid, callSid } = await answered({ endConferenceOnExit: true })
    const { callSid: other } = await answered()
    await participants(conferenceSid)(callSid).remove()
    await centre.clock.settle()
    const over = await centre.client.conferences(conferenceSid).fetch()
    assert.equal(over.reasonConferenceEnded, 'participant-with-end-conference-on-exit-kicked')
    assert.equal(legOf(other)?.status, 'completed')
  })

  it('goes on without whom a coach coached; the coach is heard by nobody until told', async () => {
    const { conferenceSid } = await answered()
    const { callSid: coached } = await answered({ label: 'agent' })
    const { callSid: coach } = await answered({ callSidToCoach: coached, label: 'coach' })
    centre.twilio.phones.hangUp(coached)
    await centre.clock.settle()
    const left = await participants(conferenceSid)('coach').fetch()
    assert.deepEqual([left.coaching, left.callSidToCoach], [true, coached])
    assert.equal(view()?.participants.at(-1)?.callSidToCoach, coached)
    const heard = await participants(conferenceSid)(coach).update({ coaching: false })
    assert.deepEqual([heard.coaching, heard.callSidToCoach], [false, null])
  })

  it('does not coach when told not to, whoever is named', async () => {
    const { callSid } = await answered()
    const added = await answered({ coaching: false, callSidToCoach: callSid })
    assert.deepEqual([added.coaching, added.callSidToCoach], [false, null])
  })

  it('brings in what a TwiML application says', async () => {
    const { sid } = await centre.client.applications.create({
      voiceUrl: `${origin}/robot`,
      friendlyName: 'Robot',
    })
    centre.application.on('/robot', response('<Say>Hello</Say><Pause length="5"/>'))
    await answered()
    const { callSid } = await add({ to: `app:${sid}?topic=bills` })
    await centre.clock.advance(2_000)
    const asked = centre.application.to('/robot')[0]?.fields
    assert.deepEqual(
      [asked?.['ApplicationSid'], asked?.['Param_topic'], legOf(callSid)?.status],
      [sid, 'bills', 'in-progress'],
    )
    await centre.clock.advance(5_000)
    assert.equal(legOf(callSid)?.status, 'completed')
    const unknown = `app:AP${'0'.repeat(32)}`
    await assert.rejects(() => add({ to: unknown }), refused(400, 21218, /no application/))
  })

  it('counts those who are on their way among the most that may be in it', async () => {
    await add({ maxParticipants: 2 })
    await add({ to: agent, earlyMedia: false })
    await assert.rejects(() => add(), refused(400, 16020, /full/))
  })

  it('refuses what Twilio refuses', async () => {
    const { conferenceSid } = await answered()
    const sid = `CA${'a'.repeat(32)}`
    const bad: [object, number, number][] = [
      [{ label: 'x'.repeat(129) }, 400, 16024],
      [{ label: 'a/b' }, 400, 16024],
      [{ label: sid }, 400, 16024],
      [{ beep: 'loud' }, 400, 20001],
      [{ region: 'mars' }, 400, 20001],
      [{ maxParticipants: 251 }, 400, 20001],
      [{ timeout: 4 }, 400, 21208],
      [{ coaching: true }, 400, 13240],
      [{ callSidToCoach: sid }, 400, 13240],
      [{ waitUrl: 'nowhere' }, 400, 21200],
      [{ from: '+12025550999' }, 400, 21210],
      [{ to: 'nobody' }, 400, 21211],
    ]
    for (const [more, status, code] of bad) {
      await assert.rejects(() => add(more), refused(status, code, /./), JSON.stringify(more))
    }
    await assert.rejects(() => add({}, 'n'.repeat(129)), refused(400, 16002, /128/))
    await assert.rejects(() => participants('the room').list(), refused(405, 20004, /SID/))
    await centre.client.conferences(conferenceSid).update({ status: 'completed' })
    await assert.rejects(() => add({}, conferenceSid), refused(404, 20404, /not found/))
    assert.equal(centre.twilio.view().calls.length, 1)
  })

  it('makes a new conference of the same name once the former is over', async () => {
    const { conferenceSid } = await answered({ region: 'ie1' })
    await centre.client.conferences(conferenceSid).update({ status: 'completed' })
    const again = await answered()
    assert.notEqual(again.conferenceSid, conferenceSid)
    const list = (filter: object) =>
      centre.client.conferences
        .list(filter)
        .then((all) => all.map(({ sid, region }) => [sid, region]))
    assert.deepEqual(await list({ friendlyName: 'the room' }), [
      [again.conferenceSid, 'us1'],
      [conferenceSid, 'ie1'],
    ])
    assert.deepEqual(await list({ status: 'completed' }), [[conferenceSid, 'ie1']])
    assert.deepEqual(await list({ friendlyName: 'The Room' }), [])
    const today = new Date(centre.clock.now())
    assert.equal((await list({ dateCreated: today, dateUpdated: today })).length, 2)
    assert.equal((await list({ dateCreatedBefore: today })).length, 0)
    await assert.rejects(() => list({ status: 'over' }), refused(400, 20001, /Status/))
  })

  it('pages through the participants', async () => {
    const { conferenceSid } = await answered()
    for (let more = 0; more < 4; more++) await add()
    await centre.clock.advance(10_000)
    const page = await participants(conferenceSid).page({ pageSize: 2 })
    assert.equal(page.instances.length, 2)
    assert.equal((await page.nextPage())?.instances.length, 2)
    assert.equal((await participants(conferenceSid).list({ pageSize: 2 })).length, 5)
  })

  it('plays an announcement no longer than the participant stays', async () => {
    centre.application.on('/announce', response('<Pause length="30"/>'))
    const { conferenceSid, callSid } = await answered()
    await answered()
    await participants(conferenceSid)(callSid).update({ announceUrl: `${origin}/announce` })
    await centre.clock.advance(5_000)
    await participants(conferenceSid)(callSid).remove()
    await centre.clock.settle()
    assert.ok(news('StatusCallbackEvent').includes('announcement-fail'))
  })

  it('dials one after the other, and says in the answer how long a leg waits', async () => {
    const waits = []
    for (let leg = 0; leg < 3; leg++) waits.push((await add()).queueTime)
    assert.deepEqual(waits, ['0', '1000', '2000'])
    await centre.clock.advance(1_500)
    assert.deepEqual(
      view()?.participants.map(({ status }) => status),
      ['in-progress', 'ringing', 'queued'],
    )
  })

  it('records the conference and the leg, limits the leg, and finds out who answered', async () => {
    const { conferenceSid, callSid } = await answered({
      conferenceRecord: 'record-from-start',
      conferenceRecordingStatusCallback: `${origin}/news`,
      record: true,
      recordingChannels: 'dual',
    })
    const { callSid: limited } = await answered({
      timeLimit: 20,
      machineDetection: 'Enable',
      amdStatusCallback: `${origin}/progress`,
    })
    await centre.clock.advance(30_000)
    assert.equal(legOf(limited)?.status, 'completed')
    const found = centre.application.to('/progress').map(({ fields }) => fields)
    assert.deepEqual(
      found.map(({ AnsweredBy, CallSid }) => [AnsweredBy, CallSid]),
      [['human', limited]],
    )
    centre.twilio.phones.hangUp(callSid)
    await centre.clock.settle()
    assert.ok(news('RecordingSource').includes('Conference'))
    const [ofConference] = await centre.client.conferences(conferenceSid).recordings.list()
    assert.deepEqual([ofConference?.source, ofConference?.channels], ['Conference', 1])
    const [ofLeg] = await centre.client.calls(callSid).recordings.list()
    assert.deepEqual([ofLeg?.source, ofLeg?.channels], ['OutboundAPI', 2])
  })

  it('holds 250 at most', async () => {
    const { conferenceSid } = await add()
    for (let more = 1; more < 250; more++) await add({}, conferenceSid)
    await assert.rejects(() => add({}, conferenceSid), refused(400, 16020, /full/))
  })

  it('shows on the page how a conference ended, for a minute', async () => {
    const { callSid } = await answered()
    assert.deepEqual([view()?.status, view()?.friendlyName], ['init', 'the room'])
    centre.twilio.phones.hangUp(callSid)
    await centre.clock.settle()
    assert.deepEqual(
      [view()?.status, view()?.endReason, view()?.participants],
      ['completed', 'last-participant-left', []],
    )
    await centre.clock.advance(61_000)
    assert.deepEqual(centre.twilio.view().conferences, [])
  })
})
