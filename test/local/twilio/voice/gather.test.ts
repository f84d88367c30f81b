import assert from 'node:assert/strict'
import fc from 'fast-check'
import { type Centre, openCentre, response } from './centre.ts'

describe('<Gather>', () => {
  let centre: Centre
  beforeEach(async () => {
    centre = await openCentre()
    centre.on('/digits', response('<Say>Thanks</Say>'))
  })
  afterEach(() => centre.close())

  const gather = (attributes: string, nested = '') =>
    centre.on(
      '/incoming',
      response(`<Gather action="/digits" ${attributes}>${nested}</Gather><Say>No input</Say>`),
    )
  const digits = () => centre.to('/digits').map(({ fields }) => fields['Digits'])

  it('submits at the finish key, without it', async () => {
    gather('')
    const sid = await centre.dial()
    centre.voice.phones.press(sid, '12#3')
    await centre.clock.settle()
    assert.deepEqual(digits(), ['12'])
    assert.equal(centre.to('/digits')[0]?.fields['FinishedOnKey'], '#')
  })

  it('submits the last digit at once and ignores what follows', async () => {
    gather('numDigits="2"')
    const sid = await centre.dial()
    centre.voice.phones.press(sid, '4567')
    await centre.clock.settle()
    assert.deepEqual(digits(), ['45'])
  })

  it('waits the timeout after each digit', async () => {
    gather('timeout="3"')
    const sid = await centre.dial()
    centre.voice.phones.press(sid, '1')
    await centre.clock.advance(2_900)
    centre.voice.phones.press(sid, '2')
    await centre.clock.advance(2_900)
    assert.deepEqual(digits(), [])
    await centre.clock.advance(100)
    assert.deepEqual(digits(), ['12'])
  })

  it('starts the timeout after what it says, and goes on with the next verb', async () => {
    gather('timeout="2"', '<Say>1234567890</Say><Pause length="1"/>')
    await centre.dial()
    await centre.clock.advance(600 + 1_000 + 1_999)
    assert.ok(!centre.story.includes('caller hears: No input'))
    await centre.clock.advance(1)
    assert.ok(centre.story.includes('caller hears: No input'))
  })

  it('is silent at the first digit', async () => {
    gather(
      'numDigits="2" timeout="1"',
      '<Say>A long sentence that is cut short</Say><Say>Never said</Say>',
    )
    const sid = await centre.dial()
    await centre.clock.advance(100)
    centre.voice.phones.press(sid, '1')
    await centre.clock.advance(1_000)
    assert.deepEqual(digits(), ['1'])
    assert.ok(!centre.story.includes('caller hears: Never said'))
  })

  it('takes the finish key alone for no input', async () => {
    gather('timeout="1"')
    const sid = await centre.dial()
    centre.voice.phones.press(sid, '#')
    await centre.clock.settle()
    assert.deepEqual(digits(), [])
    assert.ok(centre.story.includes('caller hears: No input'))
  })

  it('asks the action without input when told to', async () => {
    gather('timeout="1" actionOnEmptyResult="true"')
    await centre.dial()
    await centre.clock.advance(1_000)
    assert.deepEqual(digits(), [''])
  })

  it('submits to the current document by default', async () => {
    let asked = 0
    centre.on('/incoming', () =>
      asked++ === 0 ? response('<Gather numDigits="1"/>') : response('<Hangup/>'),
    )
    const sid = await centre.dial()
    centre.voice.phones.press(sid, '9')
    await centre.clock.settle()
    assert.equal(centre.to('/incoming')[1]?.fields['Digits'], '9')
    assert.equal(centre.status(sid), 'completed')
  })

  it('loses digits that nobody gathers', async () => {
    centre.on('/incoming', response('<Say>Wait</Say><Gather action="/digits" timeout="1"/>'))
    const sid = await centre.dial()
    centre.voice.phones.press(sid, '5')
    await centre.clock.advance(5_000)
    assert.deepEqual(digits(), [])
  })

  it('hears words, tells them while they come, and submits them after the silence', async () => {
    centre.on('/partial', { status: 204, type: '' })
    gather('input="dtmf speech" speechTimeout="2" partialResultCallback="/partial"')
    const sid = await centre.dial()
    centre.voice.phones.speak(sid, 'I want')
    await centre.clock.advance(1_000)
    centre.voice.phones.speak(sid, 'to pay')
    centre.voice.phones.press(sid, '#')
    await centre.clock.advance(2_000)
    assert.deepEqual(
      centre
        .to('/partial')
        .map(({ fields }) => [fields['UnstableSpeechResult'], fields['SequenceNumber']]),
      [
        ['I want', '0'],
        ['I want to pay', '1'],
      ],
    )
    const [request] = centre.to('/digits')
    assert.equal(request?.fields['SpeechResult'], 'I want to pay')
    assert.ok(Number(request?.fields['Confidence']) <= 1)
    assert.equal(request?.fields['Digits'], undefined)
  })

  it('asks nothing of a caller who hangs up', async () => {
    gather('actionOnEmptyResult="true"')
    const sid = await centre.dial()
    centre.voice.phones.hangUp(sid)
    await centre.clock.advance(10_000)
    assert.equal(centre.seen.length, 1)
    assert.equal(centre.status(sid), 'completed')
  })

  it('submits exactly what was pressed before the finish key or the last digit', async () => {
    const key = fc.constantFrom(...'0123456789*#')
    let wanted = 1
    let pressed = ''
    centre.on('/incoming', () =>
      response(`<Gather action="/digits" numDigits="${wanted}" timeout="1"/>`),
    )
    await fc.assert(
      fc.asyncProperty(
        fc.array(key, { minLength: 1, maxLength: 8 }),
        fc.integer({ min: 1, max: 6 }),
        async (keys, numDigits) => {
          wanted = numDigits
          pressed = keys.join('')
          const before = digits().length
          const sid = await centre.dial()
          centre.voice.phones.press(sid, pressed)
          await centre.clock.advance(1_000)
          centre.voice.phones.hangUp(sid)
          const expected = (pressed.split('#')[0] ?? '').slice(0, numDigits)
          assert.deepEqual(digits().slice(before), expected === '' ? [] : [expected])
        },
      ),
      { numRuns: 30 },
    )
  })
})
