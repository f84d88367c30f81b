import assert from 'node:assert/strict'
import { createTestClock } from '../../../local/clock.ts'
import { demoAccount } from '../../../local/demo-account.ts'
import { createTwilio, serveTwilio } from '../../../local/twilio/index.ts'
import { type Engine, startEngine } from '../engine/engine.ts'
import { type EngineOutput, startEngineOutput } from '../engine/engine-output.ts'
import { answering, greetingFlow } from './greeting-flow.ts'

const type = 'twilio:studio:Flow'
const program = { friendlyName: 'Checked', status: 'published', definition: greetingFlow() }

describe('the validation of a flow by Twilio', () => {
  let engine: Engine
  let output: EngineOutput
  let validation: 'works' | 'is down' | 'refuses' = 'works'
  let writes: string[] = []
  let close: () => Promise<void>

  before(async () => {
    const { accountSid, authToken } = demoAccount
    const local = createTwilio({ clock: createTestClock(), accountSid, authToken })
    const server = await serveTwilio({
      port: 0,
      twilio: {
        ...local,
        async fetch(request) {
          const { pathname } = new URL(request.url)
          if (request.method === 'POST') writes.push(pathname.slice(pathname.indexOf('/v2')))
          if (!pathname.endsWith('/Validate') || validation === 'works') return local.fetch(request)
          return validation === 'is down' ? down() : refused()
        },
      },
    })
    output = await startEngineOutput()
    engine = await startEngine(server.url, {}, output.address)
    close = async () => {
      engine.close()
      output.close()
      local.close()
      await server.close()
    }
  })

  beforeEach(() => {
    writes = []
    validation = 'works'
    output.said()
  })
  after(() => close())

  it('comes before every write, and a plan does without', async () => {
    const { state } = await engine.up(type, undefined, program)
    assert.deepEqual(writes, ['/v2/Flows/Validate', '/v2/Flows'])
    writes = []
    await engine.preview(type, state, { ...program, definition: answering('Good day') })
    assert.deepEqual(writes, [])
    await engine.up(type, state, { ...program, definition: answering('Good day') })
    assert.deepEqual(writes, ['/v2/Flows/Validate', `/v2/Flows/${state.id}`])
  })

  it('that is down is a warning, and the flow is written', async () => {
    validation = 'is down'
    const { state } = await engine.up(type, undefined, program)
    assert.equal(state.outputs['revision'], 1)
    const warning = output.said().find(({ message }) => /validated/.test(message))
    assert.equal(warning?.severity, 'warning')
    assert.match(warning?.message ?? '', /could not be validated.*Twilio checks it again then.*503/)
    assert.match(warning?.urn ?? '', /twilio:studio:Flow/)
  })

  it('that refuses is an error with each fault at its widget, and nothing is written', async () => {
    validation = 'refuses'
    await assert.rejects(engine.up(type, undefined, program), (error: Error) => {
      assert.match(error.message, /with 400 \(error 81022\): Flow definition validation failed/)
      assert.match(
        error.message,
        /\n {2}greeting \(definition\.states\[1\]\.properties\.timeout\): string found, integer expected/,
      )
      assert.match(
        error.message,
        /\n {2}menu \(definition\.states\[2\]\.transitions\[0\]\.event\): must be a constant value noMatch, or must be a constant value match/,
      )
      assert.match(error.message, /\n {2}definition\.initial_state: must match a widget name/)
      return true
    })
    assert.deepEqual(writes, ['/v2/Flows/Validate'])
  })
})

function down(): Response {
  const body = { code: 20503, message: 'Service unavailable', status: 503 }
  return Response.json(body, { status: 503, headers: { 'retry-after': '0' } })
}

function refused(): Response {
  const event = '#/states/2/transitions/0/event'
  const errors = [
    { message: 'string found, integer expected', property_path: '#/states/1/properties/timeout' },
    { message: 'must be a constant value noMatch', property_path: event },
    { message: 'must be a constant value match', property_path: event },
    { message: 'must match a widget name', property_path: '#/initial_state' },
  ]
  const message = 'Flow definition validation failed, see details for a full list of errors'
  const body = { code: 81022, message, status: 400, details: { errors, warnings: [] } }
  return Response.json(body, { status: 400 })
}
