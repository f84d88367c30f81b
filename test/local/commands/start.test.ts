import assert from 'node:assert/strict'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { runSchema } from '../../../local/run-file.ts'
import { descendantsOf, runCommand, untilGone } from '../../support/started-centre.ts'

describe('npm start', function () {
  // Each of these brings the whole centre up in processes of its own.
  this.timeout(60_000)
  let stateDir = ''

  beforeEach(async () => {
    stateDir = await mkdtemp(join(tmpdir(), 'start-'))
  })
  afterEach(() => rm(stateDir, { recursive: true, force: true }))

  const readRun = async () =>
    runSchema.parse(JSON.parse(await readFile(join(stateDir, 'local/run.json'), 'utf8')))

  it('serves everything that it prints, until Ctrl-C ends all of it', async () => {
    const start = runCommand(stateDir, 'start', '--port-base', '0')
    await start.until('Ctrl-C stops everything')
    const run = await readRun()
    assert(start.printed().includes(run.consoleUrl))
    assert(start.printed().includes(run.twilioUrl))
    assert.match(await (await fetch(run.consoleUrl)).text(), /<title>Switchboard<\/title>/)
    assert.equal((await fetch(`${run.functionsUrl}/healthz`)).status, 200)
    assert.equal((await fetch(`${run.twilioUrl}/v1/Workspaces`)).status, 401)

    const again = runCommand(stateDir, 'start', '--port-base', '0')
    assert.equal(await again.ended, 1)
    assert.match(again.printed(), /A centre already runs here/)

    const preview = runCommand(stateDir, 'preview')
    assert.equal(await preview.ended, 0, preview.printed())
    assert.match(preview.printed(), /\d+ unchanged/)

    const children = await descendantsOf(start.child.pid ?? 0)
    start.child.kill('SIGINT')
    assert.equal(await start.ended, 0)
    await untilGone(children)
    await assert.rejects(readRun(), 'run.json is gone')
    await assert.rejects(fetch(run.consoleUrl), 'the port is free')
  })

  it('leaves no process behind when it is killed, and the next start goes on from there', async function () {
    if (process.platform !== 'linux') this.skip()
    const first = runCommand(stateDir, 'start', '--port-base', '0')
    await first.until('Storage (Azurite)')
    const children = await descendantsOf(first.child.pid ?? 0)
    assert(children.length >= 2)
    first.child.kill('SIGKILL')
    await untilGone(children)

    const second = runCommand(stateDir, 'start', '--port-base', '0')
    await second.until('Switchboard is up')
    assert.match(second.printed(), /The last run was cut off/)
    second.child.kill('SIGINT')
    assert.equal(await second.ended, 0)
  })
})

describe('commands without a running centre', () => {
  it('say how to start one', async () => {
    const stateDir = await mkdtemp(join(tmpdir(), 'start-'))
    for (const args of [['call'], ['preview'], ['up'], ['destroy']]) {
      const command = runCommand(stateDir, ...args)
      assert.equal(await command.ended, 1)
      assert.match(command.printed(), /Start it with: npm start/)
    }
    await rm(stateDir, { recursive: true })
  })

  it('name a flag that they do not know', async () => {
    const command = runCommand(tmpdir(), 'start', '--prot-base', '1')
    assert.equal(await command.ended, 1)
    assert.match(command.printed(), /--prot-base/)
  })
})
