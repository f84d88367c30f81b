import assert from 'node:assert/strict'
import { mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import createSdk from 'twilio'
import { createRequestClient } from '../../../functions/twilio-client.ts'
import { createWallClock } from '../../../local/clock.ts'
import { demoAccount } from '../../../local/demo-account.ts'
import { createEngine, renderEvent, renderPlan } from '../../../local/engine/index.ts'
import { projectDir } from '../../../local/paths.ts'
import { type RecordedTwilio, startRecordedTwilio } from '../engine/recorded-twilio.ts'

const program = `import * as twilio from '@pulumi/twilio'
const key = new twilio.account.ApiKey('desk', { friendlyName: 'Desk' })
export const { sid, secret } = key
`

describe('the secret of an account.ApiKey', () => {
  let twilio: RecordedTwilio
  let dir: string

  before(async () => {
    twilio = await startRecordedTwilio(createWallClock())
    dir = mkdtempSync(join(tmpdir(), 'api-key-'))
    symlinkSync(join(projectDir, 'node_modules'), join(dir, 'node_modules'))
    writeFileSync(join(dir, 'index.js'), program)
    writeFileSync(join(dir, 'package.json'), '{"type":"module","main":"index.js"}')
    const provider = JSON.stringify(join(projectDir, 'provider'))
    const runtime = 'runtime: {name: nodejs, options: {typescript: false}}'
    const plugins = `plugins: {providers: [{name: twilio, path: ${provider}}]}`
    writeFileSync(join(dir, 'Pulumi.yaml'), `name: api-key\n${runtime}\n${plugins}\n`)
  })
  after(async () => {
    await twilio.close()
    rmSync(dir, { recursive: true, force: true })
  })

  it('is in no file and no message in clear, survives a refresh, and opens the account', async () => {
    const { accountSid, authToken } = demoAccount
    const said: string[] = []
    const engine = createEngine({
      projectDir: dir,
      stack: 'test',
      stateDir: join(dir, 'state'),
      passphrase: 'test',
      config: {
        'twilio:baseUrl': twilio.url,
        'twilio:accountSid': accountSid,
        'twilio:authToken': { value: authToken, secret: true },
      },
      onEvent: (event) => void said.push(renderEvent(event) ?? ''),
    })
    for (const work of [() => engine.up(), () => engine.refresh(), () => engine.up()]) {
      const result = await work()
      assert.ok(result.ok)
      said.push(renderPlan(result, { color: false }))
    }
    const { sid, secret } = await engine.outputs({ showSecrets: true })
    assert.match(String(secret), /^\w{32}$/)
    const signedIn = createSdk(String(sid), String(secret), {
      accountSid,
      httpClient: createRequestClient(twilio.url),
    })
    assert.deepEqual(await signedIn.taskrouter.v1.workspaces.list(), [])

    const files = readdirSync(join(dir, 'state'), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name }) => readFileSync(join(parentPath, name), 'utf8'))
    assert.ok(files.some((text) => text.includes(String(sid))))
    assert.ok(said.join().includes('[secret]'))
    assert.equal([...files, ...said].join().includes(String(secret)), false)
  })
})
