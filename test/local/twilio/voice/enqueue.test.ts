import assert from 'node:assert/strict'
import { type Centre, openCentre, response } from './centre.ts'

describe('<Enqueue>', () => {
  let centre: Centre
  beforeEach(async () => {
    centre = await openCentre({ sayMsPerCharacter: 0 })
    centre.on('/left', response('<Pause length="60"/>'))
    enqueue('waitUrl="/wait"')
  })
  afterEach(() => centre.close())

  const enqueue = (attributes: string, name = 'support') =>
    centre.on(
      '/incoming',
      response(`<Enqueue action="/left" ${attributes}>${name}</Enqueue><Say>next verb</Say>`),
    )
  const results = () => centre.to('/left').map(({ fields }) => fields['QueueResult'])

  it('fetches the wait document again whenever it ends, and returns to it after a redirect', async () => {
    centre.on('/wait', response('<Pause length="2"/><Redirect>/more</Redirect>'))
    centre.on('/more', response('<Pause length="3"/>'))
    await centre.dial()
    await centre.clock.advance(11_000)
    assert.deepEqual(
      centre.seen.slice(1).map(({ path, fields }) => [path, fields['QueueTime']]),
      [
        ['/wait', '0'],
        ['/more', '2'],
        ['/wait', '5'],
        ['/more', '7'],
        ['/wait', '10'],
      ],
    )
  })

  it('does not fetch a wait document that takes no time more than once a second', async () => {
    centre.on('/wait', response('<Say>x</Say>'))
    await centre.dial()
    await centre.clock.advance(3_500)
    assert.equal(centre.to('/wait').length, 4)
  })

  it('tells each caller the position, and moves them up', async () => {
    centre.on('/wait', response('<Pause length="5"/>'))
    const first = await centre.dial()
    const second = await centre.dial()
    const positions = () =>
      centre
        .to('/wait')
        .filter(({ fields }) => fields['CallSid'] === second)
        .map(({ fields }) => fields['QueuePosition'])
    centre.voice.phones.hangUp(first)
    await centre.clock.advance(5_000)
    assert.deepEqual(positions(), ['2', '1'])
  })

  it('lets the wait document gather and leave', async () => {
    centre.on(
      '/wait',
      response('<Gather numDigits="1" action="/choice"><Pause length="60"/></Gather>'),
    )
    centre.on('/choice', ({ fields }) =>
      response(fields['Digits'] === '9' ? '<Leave/>' : '<Say>still waiting</Say>'),
    )
    const sid = await centre.dial()
    centre.voice.phones.press(sid, '1')
    await centre.clock.advance(2_000)
    assert.deepEqual(results(), [])
    assert.equal(centre.to('/choice')[0]?.fields['QueuePosition'], '1')
    centre.voice.phones.press(sid, '9')
    await centre.clock.settle()
    assert.deepEqual(results(), ['leave'])
    assert.equal(centre.to('/left')[0]?.fields['QueueTime'], '2')
  })

  it('goes on with the next verb when there is no action', async () => {
    centre.on(
      '/incoming',
      response('<Enqueue waitUrl="/wait">support</Enqueue><Say>next verb</Say>'),
    )
    centre.on('/wait', response('<Leave/>'))
    await centre.dial()
    assert.ok(centre.story.includes('caller hears: next verb'))
  })

  it('hangs up when the wait document says so, and tells the action', async () => {
    centre.on('/wait', response('<Hangup/>'))
    const sid = await centre.dial()
    assert.deepEqual(results(), ['hangup'])
    assert.equal(centre.to('/left')[0]?.fields['CallStatus'], 'completed')
    assert.equal(centre.status(sid), 'completed')
  })

  it('tells the action that the caller hung up, and does not carry out its answer', async () => {
    enqueue('waitUrl=""')
    const sid = await centre.dial()
    await centre.clock.advance(4_000)
    centre.voice.phones.hangUp(sid)
    await centre.clock.settle()
    assert.deepEqual(results(), ['hangup'])
    assert.equal(centre.to('/left')[0]?.fields['QueueTime'], '4')
    assert.equal(centre.status(sid), 'completed')
  })

  it('leaves with an error when the wait document can’t be had', async () => {
    await centre.dial()
    assert.deepEqual(results(), ['error'])
    assert.deepEqual(centre.alerts(), [11200])
  })

  it('turns away at once when the queue is full', async () => {
    enqueue('maxQueueSize="1"')
    await centre.dial()
    await centre.dial()
    assert.deepEqual(results(), ['queue-full'])
    assert.equal(centre.to('/left')[0]?.fields['QueueTime'], undefined)
  })

  it('refuses a name that is none, a workflow that is none, and attributes that are no JSON object', async () => {
    enqueue('', '')
    await centre.dial()
    enqueue('workflowSid="nonsense"', '')
    await centre.dial()
    enqueue(`workflowSid="WW${'1'.repeat(32)}"`, '<Task>[1]</Task>')
    await centre.dial()
    assert.deepEqual(results(), ['error', 'error', 'error'])
    assert.deepEqual(centre.alerts(), [14204, 14220, 14221])
  })

  it('ignores verbs that have no place in a wait document', async () => {
    centre.on('/wait', response('<Dial>+12025550111</Dial><Pause length="30"/>'))
    await centre.dial()
    assert.deepEqual(centre.alerts(), [12200])
    assert.deepEqual(results(), [])
  })
})

describe('<Dial><Queue>', () => {
  let centre: Centre
  beforeEach(async () => {
    centre = await openCentre({ sayMsPerCharacter: 0 })
    centre.on('/left', response('<Hangup/>'))
    centre.on('/dialled', response('<Say>Who is next?</Say><Pause length="60"/>'))
    centre.on(
      '/agent',
      response(
        '<Dial action="/dialled" timeout="10"><Queue url="/announce">support</Queue></Dial>',
      ),
    )
    centre.on('/announce', response('<Say>You will be connected</Say><Pause length="2"/>'))
  })
  afterEach(() => centre.close())

  const waiting = async () => {
    centre.on('/incoming', response('<Enqueue action="/left">support</Enqueue>'))
    return centre.dial()
  }
  const agent = async () => {
    centre.on('/incoming', response('<Redirect>/agent</Redirect>'))
    return centre.dial()
  }
  const dialled = () => centre.to('/dialled')[0]?.fields

  it('joins the agent with the front of the queue, after an announcement to that caller', async () => {
    const caller = await waiting()
    await centre.clock.advance(7_000)
    const agentSid = await agent()
    await centre.clock.settle()
    const announced = centre.to('/announce')[0]?.fields
    assert.deepEqual(
      [announced?.['CallSid'], announced?.['DequeingCallSid'], announced?.['QueueTime']],
      [caller, agentSid, '7'],
    )
    await centre.clock.advance(30_000)
    centre.voice.phones.hangUp(caller)
    await centre.clock.settle()
    assert.equal(centre.to('/left')[0]?.fields['QueueResult'], 'bridged')
    assert.equal(centre.to('/left')[0]?.fields['QueueTime'], '7')
    assert.deepEqual(
      [
        dialled()?.['DialCallStatus'],
        dialled()?.['DequeueResult'],
        dialled()?.['DequeuedCallSid'],
        dialled()?.['DequeuedCallQueueTime'],
        dialled()?.['DequeuedCallDuration'],
      ],
      ['completed', 'bridged', caller, '7', '30'],
    )
    assert.equal(centre.status(agentSid), 'in-progress')
  })

  it('lets the caller go on when the agent hangs up', async () => {
    centre.on('/announce', response(''))
    const caller = await waiting()
    const agentSid = await agent()
    centre.voice.phones.hangUp(agentSid)
    await centre.clock.settle()
    assert.equal(centre.to('/left')[0]?.fields['QueueResult'], 'bridged')
    assert.equal(centre.status(caller), 'completed')
    assert.equal(dialled()?.['CallStatus'], 'completed')
  })

  it('waits at an empty queue for someone to come', async () => {
    await waiting().then((sid) => centre.voice.phones.hangUp(sid))
    await agent()
    await centre.clock.advance(5_000)
    await waiting()
    await centre.clock.settle()
    assert.equal(centre.to('/announce').length, 1)
  })

  it('gives up at an empty queue after the timeout', async () => {
    await waiting().then((sid) => centre.voice.phones.hangUp(sid))
    await agent()
    await centre.clock.advance(10_000)
    assert.equal(dialled()?.['DialCallStatus'], 'no-answer')
  })

  it('fails at a queue that does not exist', async () => {
    await agent()
    assert.equal(dialled()?.['DialCallStatus'], 'failed')
  })
})
