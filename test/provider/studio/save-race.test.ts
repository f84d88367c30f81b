import assert from 'node:assert/strict'
import { createTestClock } from '../../../local/clock.ts'
import { demoAccount } from '../../../local/demo-account.ts'
import { createTwilio, serveTwilio, type Twilio } from '../../../local/twilio/index.ts'
import { type Engine, type State, startEngine } from '../engine/engine.ts'
import { type EngineOutput, startEngineOutput } from '../engine/engine-output.ts'
import { answering, greetingFlow } from './greeting-flow.ts'

const type = 'twilio:studio:Flow'
const program = { friendlyName: 'Raced', status: 'published', definition: greetingFlow() }
const changed = { ...program, definition: answering('Good day') }

describe('an update of a flow while somebody saves it', () => {
  const { accountSid, authToken } = demoAccount
  let local: Twilio
  let server: { readonly url: string; close(): Promise<void> }
  let engine: Engine
  let output: EngineOutput
  let state: State
  // Saved once, before the first request to which it says yes.
  let comesBefore: (request: Request) => boolean = () => false
  let saved: ReturnType<typeof answering>

  before(async () => {
    local = createTwilio({ clock: createTestClock(), accountSid, authToken })
    server = await serveTwilio({
      port: 0,
      twilio: {
        ...local,
        async fetch(request) {
          if (comesBefore(request)) {
            comesBefore = () => false
            await saveInConsole(request)
          }
          return local.fetch(request)
        },
      },
    })
    output = await startEngineOutput()
    engine = await startEngine(server.url, {}, output.address)
  })

  beforeEach(async () => {
    comesBefore = () => false
    saved = answering('Good night')
    state = (await engine.up(type, undefined, program)).state
    output.said()
  })

  after(async () => {
    engine.close()
    output.close()
    local.close()
    await server.close()
  })

  const saves = ({ method, url }: Request) => method === 'POST' && /\/Flows\/FW\w+$/.test(url)
  const validates = ({ url }: Request) => url.endsWith('/Flows/Validate')

  async function saveInConsole({ url, headers }: Request): Promise<void> {
    const form = { Status: 'draft', Definition: JSON.stringify(saved), CommitMessage: 'by night' }
    const flow = new URL(url).pathname.replace(/Validate$/, state.id)
    const response = await local.fetch(
      new Request(new URL(flow, url), {
        method: 'POST',
        headers: { authorization: headers.get('authorization') ?? '' },
        body: new URLSearchParams(form),
      }),
    )
    assert.equal(response.status, 200)
  }

  it('is refused when that came before its last look', async () => {
    comesBefore = validates
    await assert.rejects(engine.up(type, state, changed), /revision 2 \(draft\).*“by night”/)
  })

  it('says what it wrote over when that came in the last moment', async () => {
    comesBefore = saves
    const { state: written } = await engine.up(type, state, changed)
    assert.equal(written.outputs['revision'], 3)
    const warnings = output.said().filter(({ severity }) => severity === 'warning')
    assert.equal(warnings.length, 1)
    assert.match(
      warnings[0]?.message ?? '',
      /^revision 2 \(draft\) was saved by somebody else at .*“by night”.* wrote over it as revision 3\. Studio keeps it/,
    )
  })

  it('says nothing where the program allows it, or where the same was saved', async () => {
    comesBefore = saves
    await engine.up(type, state, { ...changed, overwriteUnseenRevision: true })
    const { state: other } = await engine.up(type, undefined, program, 'other')
    state = other
    saved = changed.definition
    comesBefore = saves
    await engine.up(type, other, { ...changed, status: 'draft' })
    assert.deepEqual(
      output.said().filter(({ severity }) => severity === 'warning'),
      [],
    )
  })
})
