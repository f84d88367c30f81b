import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import createSdk from 'twilio'
import { createRequestClient } from '../../../functions/twilio-client.ts'
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

  it('tells in words what somebody changed at Twilio, and what undoes it', async () => {
    const { accountSid, authToken } = demoAccount
    const sdk = createSdk(accountSid, authToken, { httpClient: createRequestClient(server.url) })
    const { taskrouter } = sdk
    const [workspace] = await taskrouter.v1.workspaces.list()
    assert.ok(workspace)
    const inWorkspace = taskrouter.v1.workspaces(workspace.sid)
    const [workflow] = await inWorkspace.workflows.list()
    assert.ok(workflow)
    const { sid: queue } = await inWorkspace.taskQueues.create({ friendlyName: 'Console' })
    const document = workflow.configuration.replace(/"timeout":8\b/, '"timeout":9')
    const { task_routing } = JSON.parse(document)
    const configuration = JSON.stringify({
      task_routing: { ...task_routing, default_filter: { queue } },
    })
    await inWorkspace.workflows(workflow.sid).update({ configuration })

    const drift = renderPlan(await engine.refresh(), { color: false })
    assert.match(drift, /• changed at Twilio: Spanish: tier 1 timeout 8 s → 9 s\n/)
    assert.match(drift, /• changed at Twilio: default filter: queue Anyone → Console\n/)
    assert.match(drift, /~ queue: "Anyone" => "Console"/)
    const plan = renderPlan(await engine.preview(), { color: false })
    assert.match(plan, /• Spanish: tier 1 timeout 9 s → 8 s\n/)
    assert.match(plan, /• default filter: queue Console → Anyone\n/)
    assert.doesNotMatch(plan, /task_routing/)
    await engine.up()
    await inWorkspace.taskQueues(queue).remove()
  })

  it('destroys it', async () => {
    const result = await engine.destroy()
    assert.ok(result.ok, renderPlan(result, { color: false }))
    assert.deepEqual(await engine.outputs(), {})
  })
})
