import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { demoAccount } from '../../../local/demo-account.ts'
import { createEngine } from '../../../local/engine/index.ts'
import { type Kill, startGatedTwilio } from '../../provider/engine/gated-twilio.ts'

const root = resolve(import.meta.dirname, '../../..')
const program = `
import * as twilio from '@pulumi/twilio'
const { sid: workspaceSid } = new twilio.taskrouter.Workspace('support', { friendlyName: 'Support' })
for (const friendlyName of ['English', 'Spanish', 'Billing']) {
  new twilio.taskrouter.TaskQueue(friendlyName, { workspaceSid, friendlyName })
}
new twilio.taskrouter.Worker('alice', { workspaceSid, friendlyName: 'alice' })
`

describe('an engine that is killed together with the provider of Twilio', () => {
  let dir: string

  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'kill-twilio-'))
    symlinkSync(join(root, 'node_modules'), join(dir, 'node_modules'))
    const write = (name: string, text: string) => writeFileSync(join(dir, name), text)
    write('package.json', '{"type":"module","main":"index.js"}')
    write(
      'Pulumi.yaml',
      `name: p\nruntime: {name: nodejs, options: {typescript: false}}\nplugins: {providers: [{name: twilio, path: ${join(root, 'provider')}}]}\n`,
    )
    write('index.js', program)
  })

  afterEach(() => rmSync(dir, { recursive: true, force: true }))

  async function killAndConverge(kill: Omit<Kill, 'onKill'>): Promise<void> {
    const twilio = startGatedTwilio()
    const { promise: killed, resolve: onKill } = Promise.withResolvers<void>()
    const gate = await twilio.open({ ...kill, onKill })
    const script = join(import.meta.dirname, 'killed-engine.ts')
    const child = spawn(process.execPath, [script, dir, join(dir, 'state')], {
      env: environmentAt(gate.url),
      stdio: 'ignore',
    })
    const exit = once(child, 'exit')
    await killed
    child.kill('SIGKILL')
    process.kill(providerOf(join(dir, 'state/creations')), 'SIGKILL')
    await exit
    await gate.close()

    const open = await twilio.open()
    const engine = createEngine({
      projectDir: dir,
      stateDir: join(dir, 'state'),
      stack: 'dev',
      passphrase: 'test',
      env: environmentAt(open.url),
    })
    const result = await engine.up()
    assert.ok(result.ok, JSON.stringify(result.diagnostics))
    const { WS, WQ, WK } = twilio.counts()
    assert.deepEqual({ WS, WQ, WK }, { WS: 1, WQ: 3, WK: 1 })
    const writes = open.writes()
    const again = await engine.up()
    assert.ok(again.ok)
    assert.equal(open.writes(), writes)
    await open.close()
    twilio.close()
  }

  it('after the workspace was made, takes it over with the next up', () =>
    killAndConverge({ nth: 3, moment: 'after' }))

  it('while it makes the rest, takes over what is there with the next up', () =>
    killAndConverge({ nth: 7, moment: 'after' }))
})

function environmentAt(url: string): NodeJS.ProcessEnv {
  const { accountSid, authToken } = demoAccount
  return {
    ...process.env,
    TWILIO_ACCOUNT_SID: accountSid,
    TWILIO_AUTH_TOKEN: authToken,
    TWILIO_BASE_URL: url,
  }
}

/** The process that wrote the notes. */
function providerOf(creations: string): number {
  const account = join(creations, demoAccount.accountSid)
  const [name = ''] = readdirSync(account)
  const [line = ''] = readFileSync(join(account, name), 'utf8').split('\n')
  return JSON.parse(line).process.pid
}
