import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { WebSocket } from 'ws'
import { writeRun } from '../../../local/run-file.ts'
import { startCentre, type TestCentre } from '../../support/centre.ts'
import { type RunningCommand, runCommand } from '../../support/started-centre.ts'

describe('npm run hunt', () => {
  let centre: TestCentre
  let stateDir = ''
  before(async () => {
    centre = await startCentre()
    stateDir = await mkdtemp(join(tmpdir(), 'hunt-'))
    await writeRun(join(stateDir, 'local/run.json'), {
      ...{ pid: process.pid, runId: '', startedAt: '2026-01-05T09:00:00Z', config: centre.config },
      ...{ consoleUrl: centre.consoleUrl, twilioUrl: centre.twilioUrl },
      ...{ functionsUrl: centre.functionsUrl, serviceNowUrl: centre.serviceNowUrl },
      backOfficeKey: centre.backOfficeKey,
    })
    const behaves = (name: string, outcome: 'answer' | 'let-ring' | 'decline') =>
      centre.twilio.phones.setProfile({ address: `client:${name}`, outcome, afterSeconds: 0 })
    behaves('alice', 'let-ring')
    behaves('bob', 'answer')
    behaves('carmen', 'decline')
    behaves('diego', 'let-ring')
  })
  after(async () => {
    await centre?.stop()
    await rm(stateDir, { recursive: true, force: true })
  })
  afterEach(() => {
    const live = centre.twilio.view().calls.filter(({ endedAt }) => endedAt === null)
    assert.deepEqual(live, [], 'nobody is left on the line')
  })

  const hunt = (...flags: string[]) =>
    runCommand(stateDir, 'hunt', '--hang-up-after', '0', ...flags)
  /** The customer picks up, and the first tier is asked. */
  async function offered(command: RunningCommand): Promise<void> {
    await command.until('calls the customer')
    await centre.clock.advance(1_500)
    await command.until('offered to')
  }

  /** Time passes until the command has ended; returns its exit code. */
  async function end(command: RunningCommand): Promise<number | null> {
    let over = false
    const ended = command.ended.finally(() => {
      over = true
    })
    while (!over) {
      await centre.clock.advance(250)
      await sleep(20)
    }
    return ended
  }

  it('tells a hunt line by line, and ends with 0 when somebody joined', async () => {
    const command = hunt('--tiers', 'alice,carmen@10s / bob@20s', '--reason', 'Contract renewal')
    await offered(command)
    await command.until('carmen rejects')
    await centre.clock.advance(10_000)
    await command.until('bob accepts')
    assert.equal(await end(command), 0, command.printed())
    const told = command
      .printed()
      .replaceAll(/^\d\d:\d\d:\d\d {2}/gm, '')
      .replace(/after \d+ s/, 'after … s')
    assert.deepEqual(told.split('\n').slice(1), [
      'the hunt starts: Contract renewal',
      'tier 1 (tier 1) begins, for 10 s',
      'offered to alice and carmen',
      'carmen rejects',
      'alice did not react',
      'tier 2 (tier 2) begins, for 20 s',
      'offered to alice and bob',
      'bob accepts',
      'the offer to alice is withdrawn',
      'bob joins the conference',
      'accepted: bob joined',
      'the customer hangs up',
      'bob has left the conference',
      'The hunt is over: accepted after … s, bob joined.',
      '',
    ])
  })

  it('takes the first declared group by default', async () => {
    const command = hunt()
    await offered(command)
    assert.match(command.printed(), /tier 1 \(own team\)/)
    await command.until('bob accepts')
    assert.equal(await end(command), 0, command.printed())
  })

  it('ends with 3 when nobody joined', async () => {
    const command = hunt('--tiers', 'alice@5s / diego@5s')
    await offered(command)
    await centre.clock.advance(10_000)
    assert.equal(await end(command), 3, command.printed())
    assert.match(command.printed(), /nobody joined: nobody accepted in any tier/)
  })

  it('leaves an offer to whoever took the desk', async () => {
    const page = new WebSocket(`${centre.consoleUrl.replace('http', 'ws')}/live`)
    await new Promise((resolve) => page.on('open', resolve))
    page.send(JSON.stringify({ id: 1, kind: 'take', address: 'client:bob' }))
    await new Promise<void>((resolve) =>
      page.on('message', (data) => {
        if (JSON.parse(String(data)).kind === 'done') resolve()
      }),
    )
    const command = hunt('--tiers', 'bob,carmen@5s')
    await offered(command)
    await command.until('carmen rejects')
    await centre.clock.advance(5_000)
    assert.equal(await end(command), 3, command.printed())
    assert.match(command.printed(), /bob did not react/)
    page.close()
  })

  it('is cancelled by Ctrl-C, and ends with 130', async () => {
    const command = hunt('--tiers', 'alice@3600s')
    await offered(command)
    command.child.kill('SIGINT')
    assert.equal(await command.ended, 130, command.printed())
    assert.match(command.printed(), /cancelled: cancelled by Ctrl-C/)
  })

  it('refuses what the centre does not have, and names what it has', async () => {
    const refusals = [
      { flags: ['--group', 'nobody'], told: /no hunt group “nobody”; declared: account_managers/ },
      { flags: ['--tiers', 'alice,zoe'], told: /“zoe”; workers are: alice, bob, carmen, diego/ },
      { flags: ['--tiers', 'alice@3s'], told: /tier 1 may last 5 to 3600 s, not 3/ },
      { flags: ['--tiers', 'alice@20s / @5'], told: /tier 2, “@5”, is not as alice,bob@20s/ },
      { flags: ['--customer', '12'], told: /--customer must be a number/ },
    ]
    const commands = refusals.map(({ flags, told }) => ({ command: hunt(...flags), told }))
    for (const { command, told } of commands) {
      assert.equal(await command.ended, 1)
      assert.match(command.printed(), told)
    }
  })

  it('says so when the customer does not answer', async () => {
    const customer = '+12025550124'
    centre.twilio.phones.setProfile({ address: customer, outcome: 'busy', afterSeconds: 0 })
    const command = hunt('--customer', customer)
    await command.until('calls the customer')
    await centre.clock.advance(1_500)
    assert.equal(await command.ended, 1)
    assert.match(command.printed(), /The customer \+12025550124 cannot be reached: busy/)
  })

  it('needs a running centre', async () => {
    const command = runCommand(join(stateDir, 'elsewhere'), 'hunt')
    assert.equal(await command.ended, 1)
    assert.match(command.printed(), /Start it with: npm start/)
  })
})
