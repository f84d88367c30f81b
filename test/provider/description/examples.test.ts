import assert from 'node:assert/strict'
import { globSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { createWallClock } from '../../../local/clock.ts'
import { demoAccount } from '../../../local/demo-account.ts'
import { createEngine, type Engine, type OperationResult } from '../../../local/engine/index.ts'
import { projectDir } from '../../../local/paths.ts'
import { examplePath } from '../../../provider/description/example.ts'
import { resources } from '../../../provider/resources.ts'
import { type RecordedTwilio, startRecordedTwilio } from '../engine/recorded-twilio.ts'

const folder = join(projectDir, 'provider/examples')
const files = globSync('*/*.ts', { cwd: folder }).sort()
const read = (file: string) => readFileSync(join(folder, file), 'utf8')

describe('the examples', () => {
  it('are one for each resource', () => {
    assert.deepEqual(files, resources.map(({ token }) => examplePath(token)).sort())
  })

  it('show their resource, and import nothing but Pulumi and this provider', () => {
    const wrong = resources.filter(({ token }) => {
      const [, module, name] = token.split(':')
      const text = read(examplePath(token))
      const imported = [...text.matchAll(/from '([^']+)'/g)].map(([, from]) => from)
      return (
        !text.includes(`new twilio.${module}.${name}(`) ||
        imported.some((from) => from !== '@pulumi/pulumi' && from !== '@pulumi/twilio')
      )
    })
    assert.deepEqual(
      wrong.map(({ token }) => token),
      [],
    )
  })

  it('are short', () => {
    assert.deepEqual(
      files.filter((file) => read(file).trim().split('\n').length > 30),
      [],
    )
  })
})

describe('all examples in one program', function () {
  // Each operation runs the program in a process of its own.
  this.timeout(60_000)
  let twilio: RecordedTwilio
  let dir: string
  let engine: Engine

  before(async () => {
    twilio = await startRecordedTwilio(createWallClock())
    dir = mkdtempSync(join(tmpdir(), 'examples-'))
    writeProgram(dir)
    const { accountSid, authToken } = demoAccount
    engine = createEngine({
      projectDir: dir,
      stack: 'examples',
      stateDir: dir,
      passphrase: 'examples',
      config: {
        'twilio:baseUrl': twilio.url,
        'twilio:accountSid': accountSid,
        'twilio:authToken': { value: authToken, secret: true },
      },
    })
  })
  after(async () => {
    await twilio.close()
    rmSync(dir, { recursive: true, force: true })
  })

  it('go up, every type of resource among them', async () => {
    const result = await engine.up()
    assertDone(result)
    const made = new Set(
      result.steps.filter(({ op }) => op === 'create').map(({ urn }) => urn.split('::')[2]),
    )
    assert.deepEqual(
      resources.map(({ token }) => token).filter((token) => !made.has(token)),
      [],
    )
  })

  it('then have an empty preview', async () => {
    const result = await engine.preview()
    assertDone(result)
    assert.deepEqual(Object.keys(result.summary), ['same'])
  })

  it('write nothing when they go up again', async () => {
    twilio.forget()
    const result = await engine.up()
    assertDone(result)
    assert.deepEqual(Object.keys(result.summary), ['same'])
    assert.deepEqual(twilio.writes(), [])
  })

  it('are as a refresh finds them, and the preview stays empty', async () => {
    twilio.forget()
    const refreshed = await engine.refresh()
    assertDone(refreshed)
    assert.deepEqual(Object.keys(refreshed.summary), ['same'])
    assert.deepEqual(Object.keys((await engine.preview()).summary), ['same'])
    assert.deepEqual(twilio.writes(), [])
  })

  it('leave only what their documentation says when they are destroyed', async () => {
    assertDone(await engine.destroy())
    const { sdk } = twilio
    const left = {
      workspaces: await sdk.taskrouter.v1.workspaces.list(),
      flows: await sdk.studio.v2.flows.list(),
      applications: await sdk.applications.list(),
      keys: await sdk.keys.list(),
      addresses: await sdk.addresses.list(),
      messagingServices: await sdk.messaging.v1.services.list(),
      sinks: await sdk.events.v1.sinks.list(),
      subscriptions: await sdk.events.v1.subscriptions.list(),
      addressConfigurations: await sdk.conversations.v1.addressConfigurations.list(),
    }
    const found = Object.entries(left).filter(([, rows]) => rows.length > 0)
    assert.deepEqual(
      found.map(([kind]) => kind),
      [],
    )
    // The one that is not released: it is kept, and rings nobody any more.
    const numbers = await sdk.incomingPhoneNumbers.list()
    assert.deepEqual(
      numbers.map(({ phoneNumber, voiceUrl }) => ({ phoneNumber, voiceUrl })),
      [{ phoneNumber: '+12025550117', voiceUrl: '' }],
    )
    // The default ones that the account has.
    assert.equal((await sdk.conversations.v1.services.list()).length, 1)
    assert.equal((await sdk.sync.v1.services.list()).length, 1)
  })
})

function assertDone({ ok, diagnostics }: OperationResult): void {
  const problems = diagnostics.filter(({ severity }) => severity !== 'info')
  assert.deepEqual(problems, [])
  assert.ok(ok)
}

function writeProgram(dir: string): void {
  symlinkSync(join(projectDir, 'node_modules'), join(dir, 'node_modules'))
  const imports = files.map((file) => `import ${JSON.stringify(join(folder, file))}`)
  writeFileSync(join(dir, 'index.js'), `${imports.join('\n')}\n`)
  writeFileSync(join(dir, 'package.json'), '{"type":"module","main":"index.js"}')
  const provider = join(projectDir, 'provider')
  writeFileSync(
    join(dir, 'Pulumi.yaml'),
    `name: ${basename(dir).toLowerCase()}
runtime: {name: nodejs, options: {typescript: false}}
plugins: {providers: [{name: twilio, path: ${JSON.stringify(provider)}}]}
`,
  )
}
