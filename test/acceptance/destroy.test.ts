import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import { localPassphrase } from '../../local/demo-account.ts'
import { createEngine, renderPlan } from '../../local/engine/index.ts'
import { projectDir } from '../../local/paths.ts'
import { startCentre, type TestCentre } from '../support/centre.ts'
import { runCommand } from '../support/started-centre.ts'

const seconds = (count: number) => count * 1_000

describe('destroying a centre', () => {
  let centre: TestCentre

  beforeEach(async () => {
    centre = await startCentre()
  })
  afterEach(() => centre?.stop())

  /** A call that alice has answered. */
  async function talk(): Promise<string> {
    centre.twilio.phones.setProfile({ address: 'client:alice', outcome: 'answer', afterSeconds: 1 })
    const callSid = centre.twilio.phones.call({ from: '+12025550123', to: '+12025550100' })
    await centre.clock.advance(seconds(5))
    await centre.clock.advance(seconds(1))
    assert.equal(centre.twilio.view().tasks[0]?.status, 'assigned')
    return callSid
  }
  const workspaces = () => centre.sdk.taskrouter.v1.workspaces.list()

  it('tells beforehand what it would hurt and what it leaves, and changes nothing', async () => {
    await talk()
    const plan = await centre.engine.destroy({ previewOnly: true })
    const text = stripVTControlCharacters(renderPlan(plan))
    assert.match(text, /warning: .*:Workflow calls: 1 task is in it \(1 assigned\)/)
    assert.match(text, /warning: .*:Worker alice: 1 task is the worker’s \(1 assigned\)/)
    assert.match(
      text,
      /warning: .*:IncomingPhoneNumber main: 2 calls to or from it are in progress/,
    )
    assert.match(text, /• the number \+12025550100 stays in the account, without its webhooks/)
    assert.doesNotMatch(text, /came with the workspace|roles go back/, 'the workspace goes, too')
    assert.ok(plan.diagnostics.some(({ blocks }) => blocks))
    assert.deepEqual(Object.keys((await centre.engine.preview()).summary), ['same'])
  })

  it('fails during a call with the number of calls and tasks', async () => {
    await talk()
    const { ok, diagnostics } = await centre.engine.destroy()
    assert.equal(ok, false)
    const errors = diagnostics.filter(({ severity }) => severity === 'error')
    assert.ok(errors.length > 0)
    for (const { message } of errors) {
      assert.match(message, /is not deleted: \d (task|call)/)
      assert.match(message, /TWILIO_FORCE=true/)
    }
    assert.equal((await workspaces()).length, 1)
  })

  it('is carried out during a call with force', async () => {
    await talk()
    const forced = createEngine({
      projectDir,
      stack: 'local',
      stateDir: centre.stateDir,
      config: centre.config,
      passphrase: localPassphrase,
      env: { ...process.env, TWILIO_FORCE: 'true' },
    })
    const plan = await forced.destroy({ previewOnly: true })
    assert.ok(!plan.diagnostics.some(({ blocks }) => blocks))
    assert.match(renderPlan(plan), /deleted all the same, as force says/)
    const { ok, diagnostics } = await forced.destroy()
    assert.ok(ok, JSON.stringify(diagnostics))
    assert.deepEqual(await workspaces(), [])
    const said = diagnostics.map(({ message }) => message).join('\n')
    assert.doesNotMatch(said, /came with the workspace|roles go back/, 'as the plan said')
  })

  it('waits for the wrap-up of a call that is over', async () => {
    const callSid = await talk()
    centre.twilio.phones.hangUp(callSid)
    await centre.clock.settle()
    assert.equal(centre.twilio.view().tasks[0]?.status, 'wrapping')
    const plan = await centre.engine.destroy({ previewOnly: true })
    assert.ok(!plan.diagnostics.some(({ blocks }) => blocks))
    const going = centre.engine.destroy()
    const moving = setInterval(() => void centre.clock.advance(seconds(1)), 100)
    const { ok, diagnostics } = await going.finally(() => clearInterval(moving))
    assert.ok(ok, JSON.stringify(diagnostics))
    assert.deepEqual(await workspaces(), [])
  })
})

describe('npm run destroy', function () {
  this.timeout(60_000)

  it('begins nothing during a call, unless forced', async () => {
    const stateDir = await mkdtemp(join(tmpdir(), 'destroy-'))
    const start = runCommand(stateDir, 'start', '--port-base', '0')
    try {
      await start.until('Switchboard is up')
      const call = runCommand(stateDir, 'call')
      await call.until('calls +12025550100')
      const destroy = runCommand(stateDir, 'destroy')
      assert.equal(await destroy.ended, 1)
      assert.match(destroy.printed(), /in progress/)
      assert.match(destroy.printed(), /Nothing was deleted/)
      assert.match(destroy.printed(), /add --force/)
      const forced = runCommand(stateDir, 'destroy', '--force')
      assert.equal(await forced.ended, 0, forced.printed())
      assert.match(forced.printed(), /deleted all the same, as force says/)
      call.child.kill()
    } finally {
      start.child.kill('SIGINT')
      await start.ended
      await rm(stateDir, { recursive: true, force: true })
    }
  })
})
