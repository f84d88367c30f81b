import assert from 'node:assert/strict'
import { refused } from '../../../support/local-twilio.ts'
import { origin, response } from './application.ts'
import { openWholeCentre, type WholeCentre } from './whole-centre.ts'

const outside = '+12025550111'

describe('the Calls API', () => {
  let centre: WholeCentre
  beforeEach(async () => {
    centre = await openWholeCentre()
    centre.application.on('/twiml', response('<Say>Hello</Say><Pause length="60"/>'))
    centre.application.on('/other', response('<Pause length="60"/>'))
  })
  afterEach(() => centre.close())

  const create = (more: object = {}) =>
    centre.client.calls.create({
      to: outside,
      from: centre.number,
      url: `${origin}/twiml`,
      ...more,
    })
  const statusOf = async (sid: string) => (await centre.client.calls(sid).fetch()).status
  const news = () => centre.application.to('/news').map(({ fields }) => fields['CallStatus'])

  it('dials, fetches the document at the answer, and tells each step', async () => {
    const call = await create({
      statusCallback: `${origin}/news`,
      statusCallbackEvent: ['initiated', 'ringing', 'answered', 'completed'],
    })
    assert.deepEqual(
      [call.status, call.direction, call.startTime, call.toFormatted],
      ['queued', 'outbound-api', null, '(202) 555-0111'],
    )
    await centre.clock.settle()
    assert.equal(await statusOf(call.sid), 'ringing')
    assert.equal(centre.application.to('/twiml').length, 0)
    await centre.clock.advance(1_000)
    const asked = centre.application.to('/twiml')[0]?.fields
    assert.deepEqual(
      [asked?.['CallStatus'], asked?.['Direction'], asked?.['To']],
      ['in-progress', 'outbound-api', outside],
    )
    centre.twilio.phones.hangUp(call.sid)
    await centre.clock.settle()
    assert.deepEqual(news(), ['initiated', 'ringing', 'in-progress', 'completed'])
    const ended = await centre.client.calls(call.sid).fetch()
    assert.deepEqual([ended.status, ended.duration, ended.answeredBy], ['completed', '0', null])
  })

  it('lists the newest first, by filters and over pages', async () => {
    for (let index = 0; index < 3; index++) await create()
    const all = await centre.client.calls.list({ pageSize: 2 })
    assert.equal(all.length, 3)
    await centre.clock.advance(3_000)
    assert.equal((await centre.client.calls.list({ status: 'in-progress' })).length, 3)
    assert.equal((await centre.client.calls.list({ to: '+12025550199' })).length, 0)
    const tomorrow = new Date(centre.clock.now() + 86_400_000)
    assert.equal((await centre.client.calls.list({ startTimeAfter: tomorrow })).length, 0)
    assert.equal((await centre.client.calls.list({ startTimeBefore: tomorrow })).length, 3)
  })

  it('sends a call in progress to another document at once', async () => {
    const { sid } = await create()
    await centre.clock.advance(1_000)
    await centre.client.calls(sid).update({ url: `${origin}/other` })
    await centre.clock.settle()
    assert.equal(centre.application.to('/other').length, 1)
    await centre.client.calls(sid).update({ twiml: response('<Say>Inline</Say><Hangup/>') })
    await centre.clock.settle()
    assert.ok(centre.story.includes(`${outside} hears: Inline`))
    assert.equal(await statusOf(sid), 'completed')
  })

  it('needs absolute addresses in a document that came inline', async () => {
    const { sid } = await create({ url: undefined, twiml: response('<Redirect>/other</Redirect>') })
    await centre.clock.advance(1_000)
    assert.deepEqual(centre.alerts(), [11100])
    assert.equal(await statusOf(sid), 'completed')
  })

  it('hangs up: what rings is canceled, what was answered completed', async () => {
    const ringing = await create()
    await centre.clock.settle()
    assert.equal(
      (await centre.client.calls(ringing.sid).update({ status: 'completed' })).status,
      'canceled',
    )
    const answered = await create()
    await centre.clock.advance(2_000)
    assert.equal(
      (await centre.client.calls(answered.sid).update({ status: 'canceled' })).status,
      'in-progress',
    )
    assert.equal(
      (await centre.client.calls(answered.sid).update({ status: 'completed' })).status,
      'completed',
    )
    await assert.rejects(
      () => centre.client.calls(answered.sid).update({ status: 'completed' }),
      refused(400, 21220, /Call is not in-progress. Cannot redirect./),
    )
  })

  it('dials one a second; the others are queued, and tell how long', async () => {
    const callbacks = { statusCallback: `${origin}/news`, statusCallbackEvent: ['initiated'] }
    const [first, second, third] = [await create(), await create(callbacks), await create()]
    assert.deepEqual(
      [first, second, third].map(({ queueTime }) => queueTime),
      ['0', '1000', '2000'],
    )
    await centre.clock.settle()
    assert.deepEqual([await statusOf(first.sid), await statusOf(second.sid)], ['ringing', 'queued'])
    assert.deepEqual(news(), [])
    await centre.client.calls(third.sid).update({ status: 'canceled' })
    await centre.clock.advance(1_000)
    assert.equal(await statusOf(second.sid), 'ringing')
    assert.deepEqual(news(), ['initiated'])
    await centre.clock.advance(2_000)
    assert.equal(await statusOf(third.sid), 'canceled')
  })

  it('redirects only what is in progress, and not to two documents', async () => {
    const { sid } = await create()
    await centre.clock.settle()
    await assert.rejects(
      () => centre.client.calls(sid).update({ url: `${origin}/other` }),
      refused(400, 21220, /not in-progress/),
    )
    await assert.rejects(
      () => centre.client.calls(sid).update({ url: `${origin}/other`, twiml: '<Response/>' }),
      refused(400, 20001, /exclude/),
    )
  })

  it('ends busy, unanswered and unreachable calls as such', async () => {
    centre.twilio.phones.setProfile({ address: outside, outcome: 'busy' })
    const busy = await create()
    await centre.clock.advance(1_000)
    centre.twilio.phones.setProfile({ address: outside, outcome: 'let-ring' })
    const unanswered = await create({ timeout: 20 })
    await centre.clock.advance(20_000)
    centre.twilio.phones.setProfile({ address: outside, outcome: 'unreachable' })
    const failed = await create()
    await centre.clock.settle()
    const nobody = await create({ to: 'client:nobody' })
    await centre.clock.advance(1_000)
    const statuses = await Promise.all(
      [busy, unanswered, failed, nobody].map(({ sid }) => statusOf(sid)),
    )
    assert.deepEqual(statuses, ['busy', 'no-answer', 'failed', 'no-answer'])
  })

  it('waits for machine detection unless that is asynchronous', async () => {
    centre.twilio.phones.setProfile({ address: outside, outcome: 'machine' })
    const { sid } = await create({ machineDetection: 'DetectMessageEnd' })
    await centre.clock.advance(5_000)
    assert.equal(centre.application.to('/twiml').length, 0)
    await centre.clock.advance(5_000)
    const asked = centre.application.to('/twiml')[0]?.fields
    assert.deepEqual(
      [asked?.['AnsweredBy'], asked?.['MachineDetectionDuration']],
      ['machine_end_beep', '8000'],
    )
    assert.equal((await centre.client.calls(sid).fetch()).answeredBy, 'machine_end_beep')
    await create({
      machineDetection: 'Enable',
      asyncAmd: 'true',
      asyncAmdStatusCallback: `${origin}/news`,
    })
    await centre.clock.advance(1_000)
    assert.equal(centre.application.to('/twiml').length, 2)
    await centre.clock.advance(3_000)
    assert.equal(centre.application.to('/news')[0]?.fields['AnsweredBy'], 'machine_start')
  })

  it('records on request, and tells at the end', async () => {
    const { sid } = await create({
      record: true,
      recordingStatusCallback: `${origin}/news`,
      statusCallback: `${origin}/news`,
      timeLimit: 30,
    })
    await centre.clock.advance(31_000)
    assert.equal(await statusOf(sid), 'completed')
    const [recording] = await centre.client.recordings.list({ callSid: sid })
    assert.deepEqual(
      [recording?.source, recording?.duration, recording?.status],
      ['OutboundAPI', '30', 'completed'],
    )
    const told = centre.application.to('/news').map(({ fields }) => fields['RecordingSid'])
    assert.deepEqual(told, [recording?.sid, recording?.sid])
  })

  it('calls a number of its own account: the call comes in there', async () => {
    centre.application.on('/incoming', response('<Gather numDigits="2" action="/keyed"/>'))
    centre.application.on('/keyed', response('<Hangup/>'))
    const { sid } = await create({ to: centre.number, sendDigits: 'w42' })
    await centre.clock.advance(1_000)
    assert.equal(centre.application.to('/keyed')[0]?.fields['Digits'], '42')
    assert.equal(await statusOf(sid), 'completed')
  })

  it('runs an application instead of a URL', async () => {
    const { sid: applicationSid } = await centre.client.applications.create({
      friendlyName: 'A',
      voiceUrl: `${origin}/other`,
    })
    await create({ url: undefined, applicationSid })
    await centre.clock.advance(1_000)
    assert.equal(centre.application.to('/other').length, 1)
  })

  it('refuses as Twilio does', async () => {
    const cases: readonly (readonly [object, number])[] = [
      [{ to: '' }, 21201],
      [{ from: '' }, 21213],
      [{ url: '' }, 21205],
      [{ url: 'nonsense' }, 21205],
      [{ to: '12' }, 21211],
      [{ from: '12' }, 21212],
      [{ from: '+13105550100' }, 21210],
      [{ sendDigits: 'xyz' }, 21206],
      [{ timeout: 601 }, 21208],
      [{ method: 'PUT' }, 21209],
      [{ applicationSid: `AP${'0'.repeat(32)}` }, 21218],
      [{ statusCallback: 'http://no_underscore/x' }, 21200],
      [{ from: '+15005550001' }, 21212],
      [{ to: '+15005550001' }, 21217],
      [{ to: '+15005550002' }, 21214],
      [{ to: '+15005550003' }, 21215],
      [{ to: '+15005550004' }, 21216],
    ]
    for (const [more, code] of cases) {
      await assert.rejects(() => create(more), refused(400, code, /./), JSON.stringify(more))
    }
    const unknown = `CA${'0'.repeat(32)}`
    await assert.rejects(
      () => centre.client.calls(unknown).fetch(),
      refused(404, 20404, /\/Calls\/CA0+\.json was not found/),
    )
  })

  it('deletes the record of an ended call only', async () => {
    const { sid } = await create()
    await assert.rejects(
      () => centre.client.calls(sid).remove(),
      refused(400, 20001, /can't be deleted/),
    )
    await centre.client.calls(sid).update({ status: 'completed' })
    await centre.client.calls(sid).remove()
    await assert.rejects(() => centre.client.calls(sid).fetch(), refused(404, 20404, /not found/))
  })

  it('answers 501 for what it does not do', async () => {
    const { sid } = await create()
    await assert.rejects(
      () => centre.client.calls(sid).streams.create({ url: 'wss://x.example.com' }),
      { status: 501 },
    )
  })
})

describe('redirecting one leg of a dial', () => {
  let centre: WholeCentre
  beforeEach(async () => {
    centre = await openWholeCentre()
    centre.application.on('/incoming', response('<Dial action="/dialled">+12025550111</Dial>'))
    centre.application.on('/dialled', response('<Pause length="60"/>'))
    centre.application.on('/other', response('<Pause length="60"/>'))
  })
  afterEach(() => centre.close())

  const child = () => centre.client.calls.list({ to: outside }).then(([leg]) => leg?.sid ?? '')

  it('hangs the child up with its parent, and tells the action only', async () => {
    const parent = await centre.dial()
    await centre.clock.advance(5_000)
    await centre.client.calls(parent).update({ url: `${origin}/other` })
    await centre.clock.settle()
    assert.equal((await centre.client.calls(await child()).fetch()).status, 'completed')
    assert.equal(centre.application.to('/dialled').length, 1)
    assert.equal(centre.application.to('/other')[0]?.fields['CallSid'], parent)
  })

  it('lets both go on after the child was redirected', async () => {
    const parent = await centre.dial()
    await centre.clock.advance(5_000)
    const sid = await child()
    await centre.client.calls(sid).update({ url: `${origin}/other` })
    await centre.clock.settle()
    const told = centre.application.to('/dialled')[0]?.fields
    assert.deepEqual(
      [told?.['DialCallStatus'], told?.['DialCallDuration'], told?.['CallSid']],
      ['completed', undefined, parent],
    )
    assert.equal(centre.application.to('/other')[0]?.fields['CallSid'], sid)
    assert.equal((await centre.client.calls(sid).fetch()).status, 'in-progress')
  })
})
