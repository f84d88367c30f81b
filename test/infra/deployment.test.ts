import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { localPassphrase } from '../../local/demo-account.ts'
import { createEngine } from '../../local/engine/index.ts'
import { type LocalTwilio, startLocalTwilio } from '../support/local-twilio.ts'
import { configurationOf } from './run-program.ts'

const projectDir = path.join(import.meta.dirname, '../..')

describe('the stack local, deployed', () => {
  let twilio: LocalTwilio
  let stateDir: string

  before(async () => {
    twilio = await startLocalTwilio()
    stateDir = await mkdtemp(path.join(tmpdir(), 'switchboard-infra-'))
  })
  after(async () => {
    await twilio.close()
    await rm(stateDir, { recursive: true, force: true })
  })

  const openEngine = (config: Readonly<Record<string, string>> = {}) =>
    createEngine({
      projectDir,
      stack: 'local',
      stateDir,
      passphrase: localPassphrase,
      config: { 'twilio:baseUrl': twilio.url, ...config },
      onEvent() {},
    })
  const workspaces = () => twilio.client.taskrouter.v1.workspaces.list()

  it('is refused when the check finds something, and nothing is written', async () => {
    const { ok, diagnostics } = await openEngine({ 'switchboard:phoneNumber': '555' }).up()
    assert.equal(ok, false)
    const [diagnostic] = diagnostics
    assert.match(diagnostic?.message ?? '', /IncomingPhoneNumber main, phoneNumber: “555” is not/)
    assert.deepEqual(await workspaces(), [])
  })

  it('stands at Twilio as declared', async () => {
    const { ok, diagnostics } = await openEngine().up()
    // What it takes over from the workspace and the account is said; there is nothing to warn of.
    const worse = diagnostics.filter(({ severity }) => severity !== 'info')
    assert.deepEqual({ ok, worse }, { ok: true, worse: [] })
    const [workspace, ...others] = await workspaces()
    assert.ok(workspace)
    assert.deepEqual(others, [])
    assert.equal(workspace.defaultActivityName, 'Offline')
    assert.equal(workspace.timeoutActivityName, 'Offline')
    const workers = await twilio.client.taskrouter.v1.workspaces(workspace.sid).workers.list()
    assert.ok(workers.every(({ activityName }) => activityName === 'Available'))
    const [number] = await twilio.client.incomingPhoneNumbers.list()
    assert.equal(number?.voiceUrl, 'http://127.0.0.1:4302/incoming-call')
  })

  it('changes nothing when it is deployed again', async () => {
    const { ok, summary } = await openEngine().up()
    assert.deepEqual({ ok, changes: Object.keys(summary) }, { ok: true, changes: ['same'] })
  })

  it('lets go of the one worker who leaves the roster', async () => {
    const [, ...others] = JSON.parse(configurationOf('local')['switchboard:workers'] ?? '[]')
    const workers = { 'switchboard:workers': JSON.stringify(others) }
    const { steps } = await openEngine(workers).preview()
    const changed = steps.filter(({ op, urn }) => op !== 'same' && !urn.includes('pulumi:Stack'))
    assert.deepEqual(
      changed.map(({ op, urn }) => `${op} ${urn.split('::').at(-1)}`),
      ['delete alice'],
    )
  })

  it('leaves nothing behind when it is destroyed', async () => {
    const { ok } = await openEngine().destroy()
    assert.equal(ok, true)
    assert.deepEqual(await workspaces(), [])
  })
})
