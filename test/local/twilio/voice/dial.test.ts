import assert from 'node:assert/strict'
import { type Centre, caller, openCentre, ownNumber, response } from './centre.ts'

describe('<Dial>', () => {
  let centre: Centre
  beforeEach(async () => {
    centre = await openCentre({
      sayMsPerCharacter: 0,
      applications: { [`AP${'1'.repeat(32)}`]: { voiceUrl: 'https://centre.example.com/app' } },
    })
    centre.on('/dialled', response('<Pause length="99"/>'))
    centre.on('/progress', { status: 204, type: '' })
  })
  afterEach(() => centre.close())

  const dial = (attributes: string, nouns: string) =>
    centre.on('/incoming', response(`<Dial action="/dialled" ${attributes}>${nouns}</Dial>`))
  const result = (...names: readonly string[]) =>
    names.map((name) => centre.to('/dialled')[0]?.fields[`Dial${name}`])
  const legTo = (address: string) => centre.voice.view().calls.find(({ to }) => to === address)

  it('connects the caller with a number, and goes on when that hangs up', async () => {
    dial('', '+12025550111')
    centre.voice.phones.setProfile({
      address: '+12025550111',
      afterSeconds: 4,
      hangUpAfterSeconds: 20,
    })
    const sid = await centre.dial()
    await centre.clock.advance(4_000)
    const leg = legTo('+12025550111')
    assert.deepEqual(
      [leg?.status, leg?.parentCallSid, leg?.direction, leg?.from],
      ['in-progress', sid, 'outbound-dial', caller],
    )
    assert.equal(centre.voice.view().calls[0]?.doing, 'bridged with +12025550111')
    await centre.clock.advance(20_000)
    assert.deepEqual(result('CallStatus', 'CallSid', 'CallDuration', 'Bridged'), [
      'completed',
      leg?.sid,
      '20',
      'true',
    ])
    assert.equal(centre.status(sid), 'in-progress')
  })

  it('hangs the called party up with the caller, and still tells the action', async () => {
    dial('', '<Client>bob</Client>')
    centre.voice.phones.setProfile({ address: 'client:bob' })
    const sid = await centre.dial()
    await centre.clock.advance(10_000)
    centre.voice.phones.hangUp(sid)
    await centre.clock.settle()
    assert.equal(legTo('client:bob')?.status, 'completed')
    assert.deepEqual(result('CallStatus', 'CallDuration'), ['completed', '9'])
    assert.equal(centre.to('/dialled')[0]?.fields['CallStatus'], 'completed')
  })

  it('cancels what rings when the caller hangs up', async () => {
    dial('', '<Client>bob</Client>')
    centre.voice.phones.setProfile({ address: 'client:bob', outcome: 'let-ring' })
    centre.voice.phones.hangUp(await centre.dial())
    await centre.clock.settle()
    assert.equal(legTo('client:bob')?.status, 'canceled')
  })

  it('rings several at once: the first to answer wins, the others are canceled', async () => {
    dial('', '<Client>bob</Client><Number>+12025550111</Number><Client>carol</Client>')
    centre.voice.phones.setProfile({ address: 'client:bob', afterSeconds: 5 })
    centre.voice.phones.setProfile({ address: 'client:carol', outcome: 'busy', afterSeconds: 1 })
    centre.voice.phones.setProfile({ address: '+12025550111', afterSeconds: 3 })
    await centre.dial()
    await centre.clock.advance(3_000)
    assert.deepEqual(
      ['client:bob', '+12025550111', 'client:carol'].map((address) => legTo(address)?.status),
      ['canceled', 'in-progress', 'busy'],
    )
  })

  it('rings one after the other when told to, each for the whole timeout', async () => {
    dial('sequential="true" timeout="10"', '<Client>bob</Client><Client>carol</Client>')
    centre.voice.phones.setProfile({ address: 'client:bob', outcome: 'let-ring' })
    centre.voice.phones.setProfile({ address: 'client:carol', afterSeconds: 2 })
    await centre.dial()
    await centre.clock.advance(14_999)
    assert.equal(legTo('client:carol'), undefined)
    await centre.clock.advance(2_001)
    assert.equal(legTo('client:bob')?.status, 'no-answer')
    assert.equal(legTo('client:carol')?.status, 'in-progress')
  })

  it('ends with the timeout and its buffer when nobody answers', async () => {
    dial('timeout="10"', '<Client>bob</Client>')
    centre.voice.phones.setProfile({ address: 'client:bob', outcome: 'let-ring' })
    await centre.dial()
    await centre.clock.advance(15_000)
    assert.deepEqual(result('CallStatus', 'Bridged', 'CallDuration'), [
      'no-answer',
      'false',
      undefined,
    ])
  })

  it('tells busy, declined, unreachable and unregistered phones apart', async () => {
    const outcomes: (string | undefined)[] = []
    centre.voice.phones.setProfile({ address: 'client:busy', outcome: 'busy' })
    centre.voice.phones.setProfile({ address: 'client:decline', outcome: 'decline' })
    centre.voice.phones.setProfile({ address: 'client:gone', outcome: 'unreachable' })
    centre.on('/dialled', ({ fields }) => {
      outcomes.push(fields['DialCallStatus'])
      return response('')
    })
    for (const name of ['busy', 'decline', 'gone', 'nobody']) {
      dial('', `<Client>${name}</Client>`)
      await centre.dial()
      await centre.clock.advance(2_000)
    }
    assert.deepEqual(outcomes, ['busy', 'busy', 'failed', 'no-answer'])
  })

  it('drops the called party at * and at the time limit', async () => {
    dial('hangupOnStar="true" timeLimit="60"', '+12025550111')
    const sid = await centre.dial()
    await centre.clock.advance(5_000)
    centre.voice.phones.press(sid, '*')
    await centre.clock.settle()
    assert.deepEqual(result('CallStatus', 'CallDuration'), ['completed', '4'])
    await centre.dial()
    await centre.clock.advance(61_000)
    assert.equal(centre.to('/dialled')[1]?.fields['DialCallDuration'], '60')
  })

  it('leaves the caller unanswered until the bridge when told to', async () => {
    dial('answerOnBridge="true"', '<Client>bob</Client>')
    centre.voice.phones.setProfile({ address: 'client:bob', afterSeconds: 6 })
    const sid = await centre.dial()
    await centre.clock.advance(5_900)
    assert.equal(centre.status(sid), 'ringing')
    await centre.clock.advance(100)
    assert.equal(centre.status(sid), 'in-progress')
  })

  it('lets the called party hear a document first, which may decline', async () => {
    dial('', '<Number url="/screen">+12025550111</Number>')
    centre.on(
      '/screen',
      response(
        '<Gather numDigits="1" action="/choice" timeout="5"><Say>Press 1 to accept</Say></Gather><Hangup/>',
      ),
    )
    centre.on('/choice', response('<Say>Connecting</Say>'))
    const sid = await centre.dial()
    await centre.clock.advance(2_000)
    const screened = centre.to('/screen')[0]?.fields
    assert.deepEqual(
      [screened?.['ParentCallSid'], screened?.['Direction'], screened?.['CallStatus']],
      [sid, 'outbound-dial', 'in-progress'],
    )
    centre.voice.phones.press(legTo('+12025550111')?.sid ?? '', '1')
    await centre.clock.settle()
    assert.ok(centre.story.includes('+12025550111 answered, talking to +12025550123'))
    centre.voice.phones.hangUp(sid)
    await centre.clock.settle()

    await centre.dial()
    await centre.clock.advance(10_000)
    const declined = centre.to('/dialled').at(-1)?.fields
    assert.deepEqual(
      [declined?.['DialCallStatus'], declined?.['DialBridged']],
      ['completed', 'false'],
    )
  })

  it('sends keys to the called party, and tells a machine from a person', async () => {
    dial(
      '',
      '<Number sendDigits="w12" machineDetection="Enable" amdStatusCallback="/progress">+12025550111</Number>',
    )
    centre.voice.phones.setProfile({ address: '+12025550111', outcome: 'machine' })
    await centre.dial()
    await centre.clock.advance(1_400)
    assert.ok(!centre.story.includes('+12025550111 answered, talking to +12025550123'))
    await centre.clock.advance(3_000)
    assert.ok(centre.story.includes('+12025550111 hears the keys w12'))
    assert.equal(centre.to('/progress')[0]?.fields['AnsweredBy'], 'machine_start')
  })

  it('reports each leg’s progress in order', async () => {
    dial(
      '',
      '<Client statusCallback="/progress" statusCallbackEvent="initiated ringing answered completed">bob</Client>',
    )
    centre.voice.phones.setProfile({
      address: 'client:bob',
      afterSeconds: 1,
      hangUpAfterSeconds: 5,
    })
    await centre.dial()
    await centre.clock.advance(6_000)
    assert.deepEqual(
      centre.to('/progress').map(({ fields }) => [fields['SequenceNumber'], fields['CallStatus']]),
      [
        ['0', 'initiated'],
        ['1', 'ringing'],
        ['2', 'in-progress'],
        ['3', 'completed'],
      ],
    )
  })

  it('refuses a caller id that is not the account’s, and a number that is none', async () => {
    dial('callerId="+13105550100"', '+12025550111')
    await centre.dial()
    dial('', '<Number>12</Number>')
    await centre.dial()
    assert.deepEqual(centre.alerts(), [13214, 13224])
    assert.deepEqual(
      centre.to('/dialled').map(({ fields }) => fields['DialCallStatus']),
      ['failed', 'failed'],
    )
    dial(`callerId="${ownNumber}"`, '+12025550111')
    await centre.dial()
    await centre.clock.advance(1_000)
    assert.equal(legTo('+12025550111')?.from, ownNumber)
  })

  it('records the bridge from the answer on', async () => {
    dial('record="record-from-answer-dual" recordingStatusCallback="/progress"', '+12025550111')
    centre.voice.phones.setProfile({
      address: '+12025550111',
      afterSeconds: 5,
      hangUpAfterSeconds: 7,
    })
    await centre.dial()
    await centre.clock.advance(12_000)
    const [recorded] = centre.to('/progress')
    assert.deepEqual(
      ['RecordingStatus', 'RecordingDuration', 'RecordingChannels', 'RecordingSource'].map(
        (name) => recorded?.fields[name],
      ),
      ['completed', '7', '2', 'DialVerb'],
    )
    assert.equal(centre.to('/dialled')[0]?.fields['RecordingUrl'], recorded?.fields['RecordingUrl'])
  })

  it('goes on with the next verb when there is no action', async () => {
    centre.on('/incoming', response('<Dial><Client>nobody</Client></Dial><Say>Sorry</Say>'))
    await centre.dial()
    assert.ok(centre.story.includes('caller hears: Sorry'))
  })

  it('connects with another application, which hears the keys', async () => {
    dial(
      '',
      `<Application><ApplicationSid>AP${'1'.repeat(32)}</ApplicationSid><Parameter name="team" value="a"/></Application>`,
    )
    centre.on('/app', response('<Gather numDigits="1" action="/app-digit"/>'))
    centre.on('/app-digit', response('<Hangup/>'))
    const sid = await centre.dial()
    await centre.clock.settle()
    const asked = centre.to('/app')[0]?.fields
    assert.deepEqual(
      [asked?.['Param_team'], asked?.['ParentCallSid'], asked?.['Direction'], asked?.['To']],
      ['a', sid, 'inbound', `AP${'1'.repeat(32)}`],
    )
    centre.voice.phones.press(sid, '7')
    await centre.clock.settle()
    assert.equal(centre.to('/app-digit')[0]?.fields['Digits'], '7')
    assert.deepEqual(result('CallStatus'), ['completed'])
  })

  it('does not mix a conference with others', async () => {
    dial('', '<Conference>room</Conference><Client>bob</Client>')
    await centre.dial()
    assert.deepEqual(result('CallStatus'), ['failed'])
  })
})
