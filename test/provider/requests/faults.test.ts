import assert from 'node:assert/strict'
import { createWallClock } from '../../../local/clock.ts'
import {
  type Answer,
  startTwilioRecorder,
  type TwilioRecorder,
} from '../../support/twilio-recorder.ts'
import { type Engine, type State, startEngine } from '../engine/engine.ts'
import { type RecordedTwilio, startRecordedTwilio } from '../engine/recorded-twilio.ts'

const workspace = 'twilio:taskrouter:Workspace'
const queue = 'twilio:taskrouter:TaskQueue'

describe('a Twilio that misbehaves', () => {
  let twilio: RecordedTwilio
  let engine: Engine

  before(async () => {
    twilio = await startRecordedTwilio(createWallClock())
    engine = await startEngine(twilio.url)
  })

  after(async () => {
    engine.close()
    await twilio.close()
  })

  afterEach(() => twilio.twilio.setFaults({}))

  it('with 429, 503 and broken connections still gets everything once', async () => {
    const parent = await engine.up(workspace, undefined, { friendlyName: 'busy' })
    twilio.twilio.setFaults({
      statuses: { '429': 0.1, '503': 0.1 },
      resets: 0.05,
      delayMs: [0, 5],
    })
    const names = Array.from({ length: 12 }, (_, i) => `queue ${i}`)
    const settled = await Promise.all(
      names.map((friendlyName) =>
        engine.up(queue, undefined, { workspaceSid: parent.state.id, friendlyName }),
      ),
    )
    twilio.twilio.setFaults({})
    const rows = await twilio.sdk.taskrouter.v1.workspaces(parent.state.id).taskQueues.list()
    const there = rows.map(({ sid }) => sid).sort()
    assert.deepEqual(there, settled.map(({ state }) => state.outputs['sid']).sort())
  })

  it('that does not show a fresh object at once is asked again', async () => {
    twilio.twilio.setFaults({ readAfterCreateMs: 400 })
    const { state } = await engine.up(workspace, undefined, { friendlyName: 'fresh' })
    const seen = await engine.refresh(workspace, state)
    assert.equal(seen?.state.outputs['friendlyName'], 'fresh')
  })

  it('that lost an old object says so', async () => {
    const { state } = await engine.up(workspace, undefined, { friendlyName: 'lost' })
    await twilio.sdk.taskrouter.v1.workspaces(state.id).remove()
    const outputs = { ...state.outputs, dateCreated: '2025-01-01T00:00:00Z' }
    assert.equal(await engine.refresh(workspace, { ...state, outputs }), undefined)
  })

  it('and lost the object that is to change says what to do', async () => {
    const { state } = await engine.up(workspace, undefined, { friendlyName: 'vanished' })
    await twilio.sdk.taskrouter.v1.workspaces(state.id).remove()
    const old: State = {
      ...state,
      outputs: { ...state.outputs, dateCreated: '2025-01-01T00:00:00Z' },
    }
    await assert.rejects(engine.up(workspace, old, { friendlyName: 'changed' }), /refresh/)
  })
})

describe('a creation', () => {
  let answers: Answer[]
  let twilio: TwilioRecorder
  let engine: Engine

  const made = { sid: `WS${'1'.repeat(32)}`, friendly_name: 'one' }

  before(async () => {
    answers = []
    // Workspaces can be listed, but not looked for by name: a lost one stays lost.
    twilio = await startTwilioRecorder(({ method, path }) => {
      if (method === 'POST') return answers.shift() ?? { status: 201, body: made }
      return { body: path.includes('FriendlyName') ? {} : { workspaces: [] } }
    })
    engine = await startEngine(twilio.baseUrl)
  })

  after(async () => {
    engine.close()
    await twilio.close()
  })

  function postsSince(count: number): number {
    return twilio.requests.slice(count).filter(({ method }) => method === 'POST').length
  }

  async function create(
    ...given: Answer[]
  ): Promise<{ posts: number; took: number; state: State }> {
    answers = given
    const before = twilio.requests.length
    const started = performance.now()
    try {
      const { state } = await engine.up(workspace, undefined, { friendlyName: 'one' })
      const posts = postsSince(before)
      return { posts, took: performance.now() - started, state }
    } catch (error) {
      assert.equal(postsSince(before), 1, 'a refused creation is not repeated')
      throw error
    }
  }

  it('is repeated after 429, not before the time that Twilio names', async () => {
    const { posts, took } = await create({ status: 429, headers: { 'retry-after': '1' } })
    assert.equal(posts, 2)
    assert.ok(took >= 1000)
  })

  it('is repeated after 503 that names a time', async () => {
    const { posts } = await create({ status: 503, headers: { 'retry-after': '0' } })
    assert.equal(posts, 2)
  })

  it('is not repeated after another 503 when nothing tells whether it was carried out', async () => {
    const down = { status: 503, body: { code: 20503, message: 'Down' } }
    await assert.rejects(create(down), /503 .*Down; it may have been carried out/)
  })

  it('is not repeated when the connection breaks and nothing tells whether it was carried out', async () => {
    await assert.rejects(create('reset'), /may (have been|be)/)
  })

  it('keeps what the answer says, also what Twilio put in itself', async () => {
    const { state } = await create({
      status: 201,
      body: { ...made, friendly_name: 'one', date_created: '2026-01-05T09:00:00Z' },
    })
    assert.equal(state.id, made.sid)
    assert.equal(state.outputs['dateCreated'], '2026-01-05T09:00:00Z')
  })

  it('tells Twilio’s reason, code and call when it is refused, and no credentials', async () => {
    const body = { code: 20001, message: 'Name is taken', more_info: 'https://x', status: 400 }
    await assert.rejects(create({ status: 400, body }), ({ message }: Error) => {
      assert.match(message, /Name is taken/)
      assert.match(message, /20001/)
      assert.match(message, /POST .*\/v1\/Workspaces/)
      assert.doesNotMatch(message, /10ca110/)
      return true
    })
  })
})
