import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { createWallClock } from '../../../local/clock.ts'
import { demoAccount, localPassphrase } from '../../../local/demo-account.ts'
import { createEngine, type Engine, renderPlan } from '../../../local/engine/index.ts'
import {
  createTwilio,
  serveTwilio,
  type Twilio,
  type TwilioServer,
} from '../../../local/twilio/index.ts'

describe('the embedded engine with the real program, provider and local Twilio', () => {
  let stateDir = ''
  let twilio: Twilio
  let server: TwilioServer
  let engine: Engine

  before(async () => {
    stateDir = mkdtempSync(join(tmpdir(), 'infra-'))
    twilio = createTwilio({
      clock: createWallClock(),
      accountSid: demoAccount.accountSid,
      authToken: demoAccount.authToken,
    })
    server = await serveTwilio({ twilio, port: 0 })
    engine = createEngine({
      projectDir: resolve(import.meta.dirname, '../../..'),
      stack: 'local',
      stateDir,
      passphrase: localPassphrase,
      config: { 'twilio:baseUrl': server.url },
    })
  })
  after(async () => {
    await server.close()
    twilio.close()
    rmSync(stateDir, { recursive: true, force: true })
  })

  it('previews a centre of which nothing exists yet', async () => {
    const result = await engine.preview()
    assert.ok(result.ok, renderPlan(result, { color: false }))
    assert.ok((result.summary.create ?? 0) > 20)
    const plan = renderPlan(result, { color: false })
    assert.match(plan, /\+ twilio:taskrouter:Workspace \S+ \(create\)/)
    assert.match(plan, /workspaceSid\s*: \[unknown\]/)
  })

  it('brings it up, and then finds nothing to do', async () => {
    const result = await engine.up()
    assert.ok(result.ok, renderPlan(result, { color: false }))
    const outputs = await engine.outputs({ showSecrets: true })
    assert.ok('appSettings' in outputs)
    const again = await engine.preview()
    assert.deepEqual(Object.keys(again.summary), ['same'], renderPlan(again, { color: false }))
  })

  it('refreshes without a difference, and the preview after it is empty', async () => {
    const result = await engine.refresh()
    assert.ok(result.ok, renderPlan(result, { color: false }))
    assert.deepEqual(Object.keys(result.summary), ['same'], renderPlan(result, { color: false }))
    assert.deepEqual(Object.keys((await engine.preview()).summary), ['same'])
  })

  it('destroys it', async () => {
    const result = await engine.destroy()
    assert.ok(result.ok, renderPlan(result, { color: false }))
    assert.deepEqual(await engine.outputs(), {})
  })
})
