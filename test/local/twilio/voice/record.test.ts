import assert from 'node:assert/strict'
import { type Centre, openCentre, response } from './centre.ts'

describe('<Record>', () => {
  let centre: Centre
  beforeEach(async () => {
    centre = await openCentre({ sayMsPerCharacter: 0 })
    centre.on('/recorded', response('<Say>Thank you</Say>'))
    centre.on('/news', { status: 204, type: '' })
  })
  afterEach(() => centre.close())

  const record = (attributes: string) =>
    centre.on(
      '/incoming',
      response(`<Record action="/recorded" ${attributes}/><Say>unreachable</Say>`),
    )
  const recorded = () => {
    const fields = centre.to('/recorded')[0]?.fields
    return [fields?.['Digits'], fields?.['RecordingDuration']]
  }

  it('ends at one of its keys', async () => {
    record('finishOnKey="#*"')
    const sid = await centre.dial()
    await centre.clock.advance(3_000)
    centre.voice.phones.press(sid, '5*')
    await centre.clock.settle()
    assert.deepEqual(recorded(), ['*', '3'])
    assert.match(
      centre.to('/recorded')[0]?.fields['RecordingUrl'] ?? '',
      /\/Recordings\/RE[0-9a-f]{32}$/,
    )
    assert.ok(!centre.story.includes('caller hears: unreachable'))
  })

  it('ends at silence, which words put off, and at its longest', async () => {
    record('timeout="4"')
    const sid = await centre.dial()
    await centre.clock.advance(3_000)
    centre.voice.phones.speak(sid, 'Please call me back')
    await centre.clock.advance(4_000)
    assert.deepEqual(recorded(), ['', '7'])
    await centre.close()
    centre = await openCentre()
    centre.on('/recorded', response(''))
    record('timeout="0" maxLength="30"')
    await centre.dial()
    await centre.clock.advance(30_000)
    assert.deepEqual(recorded(), ['', '30'])
  })

  it('tells the action of a hang-up, whose answer counts for nothing', async () => {
    record('recordingStatusCallback="/news" recordingStatusCallbackEvent="in-progress completed"')
    const sid = await centre.dial()
    await centre.clock.advance(2_000)
    centre.voice.phones.hangUp(sid)
    await centre.clock.settle()
    assert.deepEqual(recorded(), ['hangup', '2'])
    assert.deepEqual(
      centre
        .to('/news')
        .map(({ fields }) => [fields['RecordingStatus'], fields['RecordingSource']]),
      [
        ['in-progress', 'RecordVerb'],
        ['completed', 'RecordVerb'],
      ],
    )
    assert.ok(!centre.story.includes('caller hears: Thank you'))
  })

  it('tells that a transcription failed: nobody transcribes here', async () => {
    record('transcribeCallback="/news"')
    await centre.dial()
    await centre.clock.advance(5_000)
    const [request] = centre.to('/news')
    assert.equal(request?.fields['TranscriptionStatus'], 'failed')
    assert.match(request?.fields['TranscriptionSid'] ?? '', /^TR/)
  })
})

describe('<Start><Recording>', () => {
  let centre: Centre
  beforeEach(async () => {
    centre = await openCentre({ sayMsPerCharacter: 0 })
    centre.on('/news', { status: 204, type: '' })
  })
  afterEach(() => centre.close())

  it('records in the background until it is stopped', async () => {
    centre.on(
      '/incoming',
      response(
        '<Start><Recording recordingStatusCallback="/news" channels="dual"/></Start><Pause length="5"/><Stop><Recording/></Stop><Pause length="5"/>',
      ),
    )
    await centre.dial()
    await centre.clock.advance(5_000)
    assert.deepEqual(
      centre
        .to('/news')
        .map(({ fields }) => [fields['RecordingDuration'], fields['RecordingChannels']]),
      [['5', '2']],
    )
  })

  it('stops with the call at the latest', async () => {
    centre.on(
      '/incoming',
      response('<Start><Recording recordingStatusCallback="/news"/></Start><Pause length="5"/>'),
    )
    await centre.dial()
    await centre.clock.advance(5_000)
    assert.equal(centre.to('/news')[0]?.fields['RecordingStatus'], 'completed')
  })
})
