import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import createSdk from 'twilio'
import { createRequestClient } from '../../../functions/twilio-client.ts'
import { createWallClock } from '../../../local/clock.ts'
import { demoAccount } from '../../../local/demo-account.ts'
import { createEngine, type Engine, renderPlan } from '../../../local/engine/index.ts'
import { projectDir } from '../../../local/paths.ts'
import { type RecordedTwilio, startRecordedTwilio } from '../engine/recorded-twilio.ts'

const program = `
import * as twilio from '@pulumi/twilio'
const account = new twilio.account.Subaccount('branch', { friendlyName: 'Branch', closeOnDelete: true })
const branch = new twilio.Provider('branch', { accountSid: account.sid, authToken: TOKEN })
const workspace = new twilio.taskrouter.Workspace('branch', { friendlyName: 'Branch' }, { provider: branch })
new twilio.taskrouter.TaskQueue('anyone', { workspaceSid: workspace.sid, friendlyName: 'Anyone' }, { provider: branch })
new twilio.taskrouter.Workspace('main', { friendlyName: 'Main' })
export const accountSid = account.sid
`

describe('a program that makes a subaccount and declares what is in it', function () {
  // Each operation runs the program in a process of its own.
  this.timeout(60_000)
  let twilio: RecordedTwilio
  let dir: string
  let engine: Engine
  const write = (token: string) =>
    writeFileSync(join(dir, 'index.js'), program.replace('TOKEN', token))
  const summaryOf = async (work: ReturnType<Engine['up']>) => {
    const result = await work
    assert.ok(result.ok, renderPlan(result, { color: false }))
    return result.summary
  }

  before(async () => {
    twilio = await startRecordedTwilio(createWallClock())
    dir = mkdtempSync(join(tmpdir(), 'accounts-'))
    symlinkSync(join(projectDir, 'node_modules'), join(dir, 'node_modules'))
    writeFileSync(join(dir, 'package.json'), '{"type":"module","main":"index.js"}')
    const provider = JSON.stringify(join(projectDir, 'provider'))
    writeFileSync(
      join(dir, 'Pulumi.yaml'),
      `name: accounts
runtime: {name: nodejs, options: {typescript: false}}
plugins: {providers: [{name: twilio, path: ${provider}}]}
`,
    )
    write('account.authToken')
    engine = createEngine({
      projectDir: dir,
      stack: 'accounts',
      stateDir: dir,
      passphrase: 'accounts',
      config: {
        'twilio:baseUrl': twilio.url,
        'twilio:accountSid': demoAccount.accountSid,
        'twilio:authToken': { value: demoAccount.authToken, secret: true },
      },
    })
  })
  after(async () => {
    await twilio.close()
    rmSync(dir, { recursive: true, force: true })
  })

  it('is previewed before the account is there', async () => {
    assert.ok((await summaryOf(engine.preview())).create)
    assert.deepEqual(twilio.writes(), [])
  })

  it('makes each thing in its account', async () => {
    await summaryOf(engine.up())
    const { accountSid } = await engine.outputs()
    const { authToken } = await twilio.sdk.api.v2010.accounts(String(accountSid)).fetch()
    const branch = createSdk(String(accountSid), authToken, {
      httpClient: createRequestClient(twilio.url),
    })
    const inBranch = await branch.taskrouter.v1.workspaces.list()
    assert.deepEqual(
      inBranch.map(({ friendlyName }) => friendlyName),
      ['Branch'],
    )
    const inMain = await twilio.sdk.taskrouter.v1.workspaces.list()
    assert.deepEqual(
      inMain.map(({ friendlyName }) => friendlyName),
      ['Main'],
    )
  })

  it('is quiet ever after', async () => {
    twilio.forget()
    assert.deepEqual(Object.keys(await summaryOf(engine.up())), ['same'])
    assert.deepEqual(Object.keys(await summaryOf(engine.refresh())), ['same'])
    assert.deepEqual(Object.keys(await summaryOf(engine.preview())), ['same'])
    assert.deepEqual(twilio.writes(), [])
  })

  it('keeps the token of the account out of its state in clear, and out of what it says', async () => {
    const { accountSid } = await engine.outputs()
    const { authToken } = await twilio.sdk.api.v2010.accounts(String(accountSid)).fetch()
    const checkpoint = await engine.exportStack()
    assert.ok(checkpoint.includes(String(accountSid)))
    assert.equal(checkpoint.includes(authToken), false)
    assert.equal(renderPlan(await engine.preview(), { color: false }).includes(authToken), false)
  })

  it('with a wrong token is refused at preview, and says so without it', async () => {
    write('"hush-wrong"')
    const result = await engine.preview()
    write('account.authToken')
    assert.equal(result.ok, false)
    const said = result.diagnostics.map(({ message }) => message).join('\n')
    assert.match(said, /does not accept the credentials for AC.*a subaccount has one of its own/s)
    assert.doesNotMatch(said, /hush/)
  })

  it('goes, the account last', async () => {
    const { accountSid } = await engine.outputs()
    await summaryOf(engine.destroy())
    const account = await twilio.sdk.api.v2010.accounts(String(accountSid)).fetch()
    assert.equal(account.status, 'closed')
    assert.deepEqual(await twilio.sdk.taskrouter.v1.workspaces.list(), [])
  })
})
