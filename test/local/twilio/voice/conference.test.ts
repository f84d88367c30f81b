import assert from 'node:assert/strict'
import { type Centre, openCentre, response } from './centre.ts'

const news = 'statusCallback="/news" statusCallbackEvent="start end join leave mute hold"'

describe('<Dial><Conference>', () => {
  let centre: Centre
  beforeEach(async () => {
    centre = await openCentre({ sayMsPerCharacter: 0 })
    centre.on('/news', { status: 204, type: '' })
    centre.on('/after', response('<Pause length="60"/>'))
  })
  afterEach(() => centre.close())

  const join = async (attributes = '', dial = '', name = 'room') => {
    centre.on(
      '/incoming',
      response(
        `<Dial action="/after" ${dial}><Conference ${attributes}>${name}</Conference></Dial>`,
      ),
    )
    return centre.dial()
  }
  const events = () => centre.to('/news').map(({ fields }) => fields['StatusCallbackEvent'])
  const last = (name: string) => centre.to('/news').at(-1)?.fields[name]
  const dialStatus = () => centre.to('/after').map(({ fields }) => fields['DialCallStatus'])

  it('starts with the second participant and ends with the last, in numbered news', async () => {
    const first = await join(news)
    await centre.clock.advance(3_000)
    const second = await join()
    centre.voice.phones.hangUp(first)
    centre.voice.phones.hangUp(second)
    await centre.clock.settle()
    assert.deepEqual(events(), [
      'participant-join',
      'participant-join',
      'conference-start',
      'participant-leave',
      'participant-leave',
      'conference-end',
    ])
    assert.deepEqual(
      centre.to('/news').map(({ fields }) => fields['SequenceNumber']),
      ['1', '2', '3', '4', '5', '6'],
    )
    const leave = centre.to('/news')[3]?.fields
    assert.deepEqual(
      [
        leave?.['CallSid'],
        leave?.['ReasonParticipantLeft'],
        leave?.['ParticipantCallStatus'],
        leave?.['From'],
      ],
      [first, 'participant_hung_up', 'completed', undefined],
    )
    assert.deepEqual(
      [last('ReasonConferenceEnded'), last('CallSidEndingConference')],
      ['last-participant-left', second],
    )
  })

  it('tells who speaks, when asked to', async () => {
    const sid = await join('statusCallback="/news" statusCallbackEvent="speaker"')
    centre.voice.phones.speak(sid, 'Anybody here?')
    await centre.clock.settle()
    assert.deepEqual(events(), ['participant-speech-start', 'participant-speech-stop'])
  })

  it('waits for one who starts it', async () => {
    await join(`${news} startConferenceOnEnter="false"`)
    await join('startConferenceOnEnter="false"')
    assert.ok(!events().includes('conference-start'))
    await join()
    assert.equal(events().at(-1), 'conference-start')
  })

  it('ends for all when the moderator leaves; each goes on with the action', async () => {
    const moderator = await join(`${news} endConferenceOnExit="true" participantLabel="boss"`)
    const other = await join()
    centre.voice.phones.hangUp(moderator)
    await centre.clock.settle()
    assert.deepEqual(events().slice(-3), [
      'participant-leave',
      'participant-leave',
      'conference-end',
    ])
    assert.equal(
      centre.to('/news').at(-2)?.fields['ReasonParticipantLeft'],
      'moderator_ended_conference',
    )
    assert.deepEqual(
      [last('ReasonConferenceEnded'), last('ParticipantLabelEndingConference')],
      ['participant-with-end-conference-on-exit-left', 'boss'],
    )
    assert.deepEqual(dialStatus(), ['answered', 'answered'])
    assert.equal(centre.status(other), 'in-progress')
  })

  it('plays the wait document once, and stops it at the start', async () => {
    centre.on('/wait', response('<Say>Soon</Say><Pause length="2"/>'))
    await join('waitUrl="/wait"')
    await centre.clock.advance(10_000)
    assert.equal(centre.to('/wait').length, 1)
    centre.on('/wait', response('<Pause length="2"/><Redirect/>'))
    const waiting = await join('waitUrl="/wait"', '', 'other')
    await centre.clock.advance(5_000)
    assert.equal(centre.to('/wait').length, 4)
    await join('', '', 'other')
    await centre.clock.advance(10_000)
    assert.equal(centre.to('/wait').length, 4)
    assert.equal(centre.status(waiting), 'in-progress')
  })

  it('does not let in whose wait document fails', async () => {
    await join(`${news} waitUrl="/missing"`)
    assert.deepEqual(dialStatus(), ['answered'])
    assert.equal(
      centre.to('/news').find(({ fields }) => fields['StatusCallbackEvent'] === 'participant-leave')
        ?.fields['ReasonParticipantLeft'],
      'participant_add_failed',
    )
  })

  it('is left at * and at the time limit', async () => {
    const first = await join(news, 'hangupOnStar="true"')
    await join('', 'timeLimit="20"')
    centre.voice.phones.press(first, '*')
    await centre.clock.settle()
    assert.deepEqual(dialStatus(), ['answered'])
    await centre.clock.advance(20_000)
    assert.deepEqual(dialStatus(), ['answered', 'answered'])
    assert.equal(last('ReasonConferenceEnded'), 'last-participant-left')
  })

  it('is not entered with a label that is taken, when it is full, or to coach nobody', async () => {
    await join('participantLabel="a" maxParticipants="2"')
    centre.on(
      '/incoming',
      response(
        '<Dial action="/after"><Conference participantLabel="a">room</Conference></Dial><Say>next verb</Say>',
      ),
    )
    await centre.dial()
    assert.ok(centre.story.includes('caller hears: next verb'))
    await join('coach="CA0"')
    await join()
    await join()
    assert.deepEqual(centre.alerts(), [16025, 13240, 16020])
    assert.deepEqual(dialStatus(), ['failed', 'failed'])
  })

  it('records from its start to its end', async () => {
    const first = await join('record="record-from-start" recordingStatusCallback="/news"')
    await centre.clock.advance(4_000)
    const second = await join()
    await centre.clock.advance(6_000)
    centre.voice.phones.hangUp(first)
    centre.voice.phones.hangUp(second)
    await centre.clock.settle()
    assert.deepEqual([last('RecordingSource'), last('RecordingDuration')], ['Conference', '6'])
    assert.match(last('ConferenceSid') ?? '', /^CF/)
  })
})
