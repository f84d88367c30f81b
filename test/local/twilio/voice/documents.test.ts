import assert from 'node:assert/strict'
import {
  type Centre,
  type CentreOptions,
  caller,
  openCentre,
  ownNumber,
  response,
} from './centre.ts'

const apology = 'caller hears: We are sorry, an application error has occurred. Goodbye.'

describe('a call’s documents', () => {
  let centre: Centre
  afterEach(() => centre.close())

  async function callWith(options: CentreOptions, plan: (centre: Centre) => void) {
    centre = await openCentre({ sayMsPerCharacter: 0, ...options })
    plan(centre)
    const sid = await centre.dial()
    await centre.clock.advance(10_000)
    return sid
  }

  it('are asked for with the standard parameters', async () => {
    const sid = await callWith({}, () => centre.on('/incoming', response('<Say>Hi</Say>')))
    const { fields, method } = centre.seen[0] ?? {}
    assert.equal(method, 'POST')
    assert.equal(fields?.['CallSid'], sid)
    assert.equal(fields?.['CallStatus'], 'ringing')
    assert.equal(fields?.['Caller'], caller)
    assert.equal(fields?.['Called'], ownNumber)
    assert.equal(fields?.['ApiVersion'], '2010-04-01')
    assert.equal(fields?.['FromCountry'], 'US')
    assert.equal(centre.status(sid), 'completed')
  })

  it('are asked for by GET when configured so, with the parameters in the query', async () => {
    await callWith({ number: { voiceMethod: 'GET' } }, () => centre.on('/incoming', response('')))
    assert.equal(centre.seen[0]?.method, 'GET')
    assert.equal(centre.seen[0]?.fields['From'], caller)
  })

  it('follow redirects of TwiML, relative to themselves, and of HTTP', async () => {
    await callWith({}, () => {
      centre.on('/incoming', response('<Redirect method="GET">menu/a?x=1</Redirect>'))
      centre.on('/menu/a', response('<Redirect>b</Redirect>'))
      centre.on('/menu/b', { status: 302, location: '/c' })
      centre.on('/c', response('<Say>Here</Say>'))
    })
    assert.deepEqual(
      centre.seen.map(({ path, method }) => `${method} ${path}`),
      ['POST /incoming', 'GET /menu/a', 'POST /menu/b', 'GET /c'],
    )
    assert.equal(centre.seen[1]?.fields['x'], '1')
    assert.ok(centre.story.includes('caller hears: Here'))
  })

  it('that are plain text are read aloud, that are audio are played, and then it hangs up', async () => {
    const sid = await callWith({}, () =>
      centre.on('/incoming', { type: 'text/plain', body: 'Hello you' }),
    )
    assert.ok(centre.story.includes('caller hears: Hello you'))
    assert.equal(centre.status(sid), 'completed')
    await centre.close()
    await callWith({}, () => centre.on('/incoming', { type: 'audio/mpeg', body: '...' }))
    assert.ok(centre.story.includes('caller hears https://centre.example.com/incoming'))
  })

  it('that are plain text but TwiML are carried out', async () => {
    await callWith({}, () =>
      centre.on('/incoming', { type: 'text/plain', body: response('<Say>Verb</Say>') }),
    )
    assert.ok(centre.story.includes('caller hears: Verb'))
  })

  it('of another content type are an error 12300', async () => {
    const sid = await callWith({}, () =>
      centre.on('/incoming', { type: 'application/json', body: '{}' }),
    )
    assert.deepEqual(centre.alerts(), [12300])
    assert.ok(centre.story.includes(apology))
    assert.equal(centre.status(sid), 'completed')
  })

  it('that fail are replaced by the fallback, which learns why, and the call goes on', async () => {
    const sid = await callWith(
      { number: { voiceFallbackUrl: 'https://centre.example.com/fallback' } },
      () => {
        centre.on('/incoming', { status: 500 })
        centre.on('/fallback', ({ fields }) =>
          response(
            fields['ErrorUrl']?.endsWith('/gone')
              ? '<Pause length="60"/>'
              : '<Say>Saved</Say><Redirect>/gone</Redirect>',
          ),
        )
      },
    )
    const [first, second] = centre.to('/fallback')
    assert.equal(first?.fields['ErrorCode'], '11200')
    assert.equal(first?.fields['ErrorUrl'], 'https://centre.example.com/incoming')
    // It covers every document of the call: the redirect leads nowhere, and back here.
    assert.equal(second?.fields['ErrorUrl'], 'https://centre.example.com/gone')
    assert.equal(centre.status(sid), 'in-progress')
  })

  it('that fail without a fallback end the call with an apology', async () => {
    const sid = await callWith({}, () => centre.on('/incoming', '<Response><Say>oops</Response>'))
    assert.deepEqual(centre.alerts(), [12100])
    assert.deepEqual(centre.story.slice(-2), [apology, 'caller is off the line (completed)'])
    assert.equal(centre.status(sid), 'completed')
  })

  it('that fail twice end the call too', async () => {
    await callWith({ number: { voiceFallbackUrl: 'https://centre.example.com/fallback' } }, () => {
      centre.on('/incoming', { status: 404 })
      centre.on('/fallback', { status: 503 })
    })
    assert.deepEqual(centre.alerts(), [11200, 11200])
    assert.ok(centre.story.includes(apology))
  })

  it('are an error 11100 when a redirect leads to no address', async () => {
    await callWith({}, () => centre.on('/incoming', response('<Redirect>http://</Redirect>')))
    assert.deepEqual(centre.alerts(), [11100])
  })

  it('that go in circles of HTTP redirects are an error 11215', async () => {
    await callWith({}, () => centre.on('/incoming', { status: 307, location: '/incoming' }))
    assert.deepEqual(centre.alerts(), [11215])
  })

  it('that lead to each other for ever take time', async () => {
    const sid = await callWith({}, () => centre.on('/incoming', response('<Redirect/>')))
    assert.equal(centre.status(sid), 'ringing')
    assert.ok(centre.to('/incoming').length < 300)
  })

  it('go on after an unknown verb, with a warning', async () => {
    const sid = await callWith({}, () =>
      centre.on('/incoming', response('<Sya>x</Sya><Say>Still here</Say>')),
    )
    assert.deepEqual(centre.alerts(), [12200])
    assert.ok(centre.story.includes('caller hears: Still here'))
    assert.equal(centre.status(sid), 'completed')
  })

  it('go on after media that can’t be had', async () => {
    await callWith({}, () => {
      centre.on(
        '/incoming',
        response(
          '<Play>/gone.mp3</Play><Play>https://api.twilio.com/cowbell.mp3</Play><Say>After</Say>',
        ),
      )
    })
    assert.deepEqual(centre.alerts(), [11200])
    assert.ok(centre.story.includes('caller hears https://api.twilio.com/cowbell.mp3'))
    assert.ok(centre.story.includes('caller hears: After'))
  })

  it('are refused when the number has none', async () => {
    const sid = await callWith({ number: { voiceUrl: '' } }, () => {})
    assert.deepEqual(centre.alerts(), [11100])
    assert.equal(centre.status(sid), 'failed')
  })

  it('take a pause as long as it is, and keys that are played as long as their waits', async () => {
    await callWith({}, () =>
      centre.on(
        '/incoming',
        response('<Say>a</Say><Play digits="1wW2"/><Leave/><Redirect>/next</Redirect>'),
      ),
    )
    assert.ok(centre.story.includes('caller hears the keys 1wW2'))
    assert.equal(centre.to('/next').length, 1)
  })

  it('end where the caller is referred elsewhere', async () => {
    const sid = await callWith({}, () =>
      centre.on('/incoming', response('<Refer><Sip>sip:a@example.com</Sip></Refer>')),
    )
    assert.ok(centre.story.includes('caller is referred to sip:a@example.com'))
    assert.equal(centre.status(sid), 'completed')
  })

  it('stop without a word when Voice closes', async () => {
    await callWith({}, () =>
      centre.on('/incoming', response('<Enqueue action="/left" waitUrl="/wait">q</Enqueue>')),
    )
    centre.voice.close()
    const before = centre.seen.length
    await centre.clock.advance(10_000)
    assert.equal(centre.seen.length, before)
  })

  it('keep the cookies of one call', async () => {
    await callWith({}, () => {
      centre.on('/incoming', { cookie: 'menu=a', body: response('<Redirect>/next</Redirect>') })
      centre.on('/next', response(''))
    })
    assert.equal(centre.to('/next')[0]?.cookie, 'menu=a')
    centre.on('/incoming', response('<Redirect>/next</Redirect>'))
    await centre.dial()
    await centre.clock.settle()
    assert.equal(centre.to('/next')[1]?.cookie, undefined)
  })
})

describe('answering', () => {
  let centre: Centre
  beforeEach(async () => {
    centre = await openCentre({ number: { statusCallback: 'https://centre.example.com/status' } })
    centre.on('/status', { status: 204, type: '' })
  })
  afterEach(() => centre.close())

  it('never happens when the first verb rejects', async () => {
    centre.on('/incoming', response('<Reject reason="busy"/>'))
    const sid = await centre.dial()
    assert.equal(centre.status(sid), 'busy')
    assert.deepEqual(
      centre
        .to('/status')
        .map(({ fields }) => [
          fields['CallStatus'],
          fields['CallDuration'],
          fields['SequenceNumber'],
        ]),
      [['busy', '0', '0']],
    )
    centre.on('/incoming', response('<Reject/>'))
    assert.equal(centre.status(await centre.dial()), 'no-answer')
  })

  it('is delayed by a leading pause', async () => {
    centre.on(
      '/incoming',
      response('<Pause length="3"/><Say>A hundred characters would take six seconds</Say>'),
    )
    const sid = await centre.dial()
    await centre.clock.advance(2_000)
    assert.equal(centre.status(sid), 'ringing')
    await centre.clock.advance(1_000)
    assert.equal(centre.status(sid), 'in-progress')
  })

  it('goes well whatever becomes of the status callback', async () => {
    centre.on('/status', { status: 500 })
    centre.on('/incoming', response('<Say>x</Say>'))
    const sid = await centre.dial()
    await centre.clock.advance(1_000)
    assert.equal(centre.status(sid), 'completed')
    assert.deepEqual(centre.alerts(), [11200])
  })

  it('happens at an empty document, which hangs up', async () => {
    centre.on('/incoming', response(''))
    const sid = await centre.dial()
    assert.equal(centre.status(sid), 'completed')
    assert.equal(centre.to('/status')[0]?.fields['CallStatus'], 'completed')
  })

  it('is too late when the caller gave up before', async () => {
    centre.on('/incoming', response('<Pause length="5"/>'))
    const sid = await centre.dial()
    centre.voice.phones.hangUp(sid)
    await centre.clock.settle()
    assert.equal(centre.status(sid), 'no-answer')
  })

  it('is counted in the end of the call', async () => {
    centre.on('/incoming', response('<Pause length="1"/><Say>x</Say><Pause length="61"/>'))
    await centre.dial()
    await centre.clock.advance(70_000)
    const [end] = centre.to('/status')
    assert.equal(end?.fields['CallDuration'], '61')
    assert.equal(end?.fields['Duration'], '2')
    assert.equal(end?.fields['SipResponseCode'], '200')
    assert.equal(end?.fields['CallbackSource'], 'call-progress-events')
  })
})
