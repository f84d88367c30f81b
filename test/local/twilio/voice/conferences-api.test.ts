import assert from 'node:assert/strict'
import { refused } from '../../../support/local-twilio.ts'
import { origin, response } from './application.ts'
import { openWholeCentre, type WholeCentre } from './whole-centre.ts'

const outside = '+12025550111'
const everything = ['start', 'end', 'join', 'leave', 'mute', 'hold', 'modify', 'announcement']

describe('the Conferences API', () => {
  let centre: WholeCentre
  let callSid: string
  let conferenceSid: string
  beforeEach(async () => {
    centre = await openWholeCentre()
    centre.application.on(
      '/incoming',
      response(
        `<Dial action="/after"><Conference statusCallback="/news" statusCallbackEvent="${everything.join(' ')}">room</Conference></Dial>`,
      ),
    )
    centre.application.on('/after', response('<Pause length="60"/>'))
    callSid = await centre.dial()
    const [conference] = await centre.client.conferences.list({ friendlyName: 'room' })
    conferenceSid = conference?.sid ?? ''
    assert.equal(conference?.status, 'init')
  })
  afterEach(() => centre.close())

  const room = () => centre.client.conferences(conferenceSid)
  const add = (more: object = {}) =>
    room().participants.create({ from: centre.number, to: outside, ...more })
  const events = () =>
    centre.application.to('/news').map(({ fields }) => fields['StatusCallbackEvent'])
  const last = (name: string) => centre.application.to('/news').at(-1)?.fields[name]

  it('adds a participant, who is in it as soon as the phone rings', async () => {
    const added = await add({
      label: 'expert',
      statusCallback: `${origin}/progress`,
      statusCallbackEvent: ['answered'],
    })
    assert.deepEqual([added.status, added.label, added.queueTime], ['queued', 'expert', '0'])
    await centre.clock.settle()
    assert.equal((await room().participants('expert').fetch()).status, 'ringing')
    assert.equal((await room().fetch()).status, 'in-progress')
    await centre.clock.advance(1_000)
    assert.equal((await room().participants(added.callSid).fetch()).status, 'connected')
    assert.equal((await room().participants.list()).length, 2)
    assert.equal((await centre.client.calls(added.callSid).fetch()).direction, 'outbound-api')
    await assert.rejects(() => add({ label: 'expert' }), refused(400, 16025, /taken/))
  })

  it('adds on the answer only without early media, and tells when that fails', async () => {
    centre.twilio.phones.setProfile({ address: outside, outcome: 'busy', afterSeconds: 3 })
    const { callSid: added } = await add({ earlyMedia: false })
    await centre.clock.advance(2_000)
    assert.deepEqual(events(), ['participant-join'])
    assert.equal((await room().participants.list()).length, 2)
    await centre.clock.advance(1_000)
    assert.deepEqual(
      [last('ReasonParticipantLeft'), last('ParticipantCallStatus'), last('CallSid')],
      ['participant_add_failed', 'busy', added],
    )
  })

  it('makes a conference of a new name, whose news the first participant settles', async () => {
    await centre.client.conferences('another room').participants.create({
      from: centre.number,
      to: 'client:nobody',
      conferenceStatusCallback: `${origin}/news`,
      conferenceStatusCallbackEvent: ['end'],
    })
    await centre.clock.settle()
    assert.deepEqual(events(), ['participant-join', 'conference-end'])
    assert.equal(
      (await centre.client.conferences.list({ friendlyName: 'another room' }))[0]
        ?.reasonConferenceEnded,
      'last-participant-left',
    )
    const unknown = `CF${'0'.repeat(32)}`
    await assert.rejects(
      () =>
        centre.client
          .conferences(unknown)
          .participants.create({ from: centre.number, to: outside }),
      refused(404, 20404, /not found/),
    )
  })

  it('mutes and holds; only changes are told; the hold document repeats', async () => {
    centre.application.on('/hold', response('<Pause length="2"/>'))
    await add()
    await centre.clock.advance(1_000)
    await room().participants(callSid).update({ muted: true })
    await room().participants(callSid).update({ muted: true })
    await room()
      .participants(callSid)
      .update({ hold: true, holdUrl: `${origin}/hold` })
    await centre.clock.advance(5_000)
    assert.equal(centre.application.to('/hold').length, 3)
    assert.equal(centre.application.to('/hold')[0]?.method, 'GET')
    assert.equal((await room().participants.list({ hold: true })).length, 1)
    await room().participants(callSid).update({ hold: false, muted: false })
    await centre.clock.advance(5_000)
    assert.equal(centre.application.to('/hold').length, 3)
    assert.deepEqual(events().slice(3), [
      'participant-mute',
      'participant-hold',
      'participant-unmute',
      'participant-unhold',
    ])
  })

  it('changes what a participant’s leave does, and whom one coaches', async () => {
    const { callSid: coach } = await add()
    await centre.clock.advance(1_000)
    const changed = await room()
      .participants(coach)
      .update({ coaching: true, callSidToCoach: callSid, endConferenceOnExit: true })
    assert.deepEqual(
      [changed.coaching, changed.callSidToCoach, changed.endConferenceOnExit],
      [true, callSid, true],
    )
    await centre.clock.settle()
    assert.equal(events().at(-1), 'participant-modify')
    await assert.rejects(
      () => room().participants(callSid).update({ coaching: true, callSidToCoach: 'CA0' }),
      refused(400, 13240, /CallSidToCoach/),
    )
    centre.twilio.phones.hangUp(coach)
    await centre.clock.settle()
    assert.equal(last('ReasonConferenceEnded'), 'participant-with-end-conference-on-exit-left')
  })

  it('announces to one and to all', async () => {
    centre.application.on('/announce', response('<Say>Attention</Say>'))
    await add()
    await centre.clock.advance(1_000)
    await room()
      .participants(callSid)
      .update({ announceUrl: `${origin}/announce` })
    await centre.clock.settle()
    assert.deepEqual([last('StatusCallbackEvent'), last('CallSid')], ['announcement-end', callSid])
    await room().update({ announceUrl: `${origin}/missing` })
    await centre.clock.settle()
    assert.deepEqual(
      [last('StatusCallbackEvent'), last('CallSid')],
      ['announcement-fail', undefined],
    )
  })

  it('removes a participant, whose own document goes on', async () => {
    const { callSid: added } = await add()
    await centre.clock.advance(1_000)
    await room().participants(callSid).remove()
    await room().participants(added).remove()
    await centre.clock.settle()
    assert.equal(last('ReasonConferenceEnded'), 'last-participant-kicked')
    assert.equal((await centre.client.calls(callSid).fetch()).status, 'in-progress')
    assert.equal((await centre.client.calls(added).fetch()).status, 'completed')
    await assert.rejects(
      () => room().participants(callSid).fetch(),
      refused(404, 20404, /not found/),
    )
  })

  it('ends for all: the legs are hung up after their action was asked', async () => {
    await add()
    await centre.clock.advance(1_000)
    assert.equal(
      (await room().update({ status: 'completed' })).reasonConferenceEnded,
      'conference-ended-via-api',
    )
    await centre.clock.settle()
    assert.equal((await centre.client.calls(callSid).fetch()).status, 'completed')
    assert.equal(centre.application.to('/after').length, 1)
    await assert.rejects(
      () => room().update({ status: 'completed' }),
      refused(400, 20001, /completed/),
    )
    await assert.rejects(() => room().participants.list(), refused(404, 20404, /not found/))
  })

  it('cancels whoever rings when it ends', async () => {
    centre.twilio.phones.setProfile({ address: outside, outcome: 'let-ring' })
    const early = await add()
    const late = await add({ earlyMedia: false })
    await centre.clock.advance(1_000)
    await room().update({ status: 'completed' })
    await centre.clock.settle()
    assert.equal((await centre.client.calls(early.callSid).fetch()).status, 'canceled')
    assert.equal((await centre.client.calls(late.callSid).fetch()).status, 'canceled')
  })
})
