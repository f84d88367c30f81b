import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createWallClock } from '../../../local/clock.ts'
import { demoServiceNow } from '../../../local/demo-account.ts'
import { writeRun } from '../../../local/run-file.ts'
import {
  createServiceNow,
  type ServiceNow,
  type ServiceNowServer,
  serveServiceNow,
} from '../../../local/service-now/index.ts'
import { type IncidentView, incidentView, routes } from '../../../schemas/index.ts'
import { runCommand } from '../../support/started-centre.ts'

describe('npm run incident', () => {
  let stateDir = ''
  let serviceNow: ServiceNow
  let server: ServiceNowServer
  let closeFunctions: () => void
  /** What the functions answer to `/execute`, and then tell of the hunt, look by look. */
  let executed: { status: number; body: object }
  let looks: Partial<IncidentView>[]

  before(async () => {
    const functions = createServer((request, response) => {
      const answer = (status: number, body: object) =>
        response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
      if (request.url === '/run') return response.end('run 1')
      if (request.url === routes.execute) return answer(executed.status, executed.body)
      const view = looks.length > 1 ? looks.shift() : looks[0]
      return view ? answer(200, viewOf(view)) : answer(404, { error: 'no hunt' })
    })
    await new Promise<void>((listening) => functions.listen(0, '127.0.0.1', listening))
    closeFunctions = () => {
      functions.close()
      functions.closeAllConnections()
    }
    const url = `http://127.0.0.1:${(functions.address() as AddressInfo).port}`
    serviceNow = createServiceNow({
      clock: createWallClock(),
      ...demoServiceNow,
      rule: () => ({ url: url + routes.execute, user: 'servicenow', password: 'key' }),
    })
    server = await serveServiceNow(serviceNow, 0)
    stateDir = await mkdtemp(join(tmpdir(), 'incident-'))
    await writeRun(join(stateDir, 'local/run.json'), {
      ...{ pid: process.pid, runId: 'run 1', startedAt: '2026-01-05T09:00:00Z', config: {} },
      ...{ consoleUrl: url, twilioUrl: url, functionsUrl: url, serviceNowUrl: server.url },
      backOfficeKey: 'key',
    })
  })
  beforeEach(() => {
    executed = { status: 202, body: { hunt: 'on' } }
    looks = []
    serviceNow.setFaults({})
  })
  after(async () => {
    closeFunctions()
    await server.close()
    await rm(stateDir, { recursive: true, force: true })
  })

  const at = '2026-01-05T09:00:00.000Z'
  const line = (text: string) => ({ at, text })
  const viewOf = (more: Partial<IncidentView>) =>
    incidentView.parse({
      ...{ id: '0'.repeat(32), ticketNo: 'INC1', shortDescription: 'down', state: 'hunting' },
      ...{ why: null, createdAt: at, endsAt: at, endedAt: null, round: 1, acceptedBy: null },
      ...{ current: null, people: [], attempts: [], notes: [], timeline: [], ...more },
    })
  const incident = (...flags: string[]) => runCommand(stateDir, 'incident', ...flags)
  const made = () => {
    const [newest] = serviceNow.incidents()
    assert.ok(newest)
    return newest
  }

  it('tells a hunt line by line, then the journal, and ends with 0 when somebody accepted', async () => {
    const begun = [line('the hunt starts'), line('calls Bob')]
    looks = [
      { timeline: begun.slice(0, 1) },
      { timeline: begun },
      { state: 'accepted', timeline: [...begun, line('Bob accepts')] },
    ]
    const command = incident('--description', 'Search & rescue')
    assert.equal(await command.ended, 0, command.printed())
    const { number, short_description: description } = made().fields
    assert.equal(description, 'Search & rescue')
    const told = command.printed().replaceAll(/^( *)\d[\d: -]+/gm, '$1')
    assert.deepEqual(told.trimEnd().split('\n'), [
      `${number} (Search & rescue) is created with priority 1`,
      'the hunt starts',
      'calls Bob',
      'Bob accepts',
      '',
      `${number} in ServiceNow: New`,
      '  business rule (Work notes)',
      '    Hunt for an agent: 202 {"hunt":"on"}',
    ])
  })

  it('ends with 3 when nobody accepted', async () => {
    looks = [{ state: 'exhausted', timeline: [line('nobody is left')] }]
    const command = incident()
    assert.equal(await command.ended, 3, command.printed())
    assert.match(command.printed(), /nobody is left/)
  })

  it('waits until every note is written', async () => {
    const note = { at, text: 'accepted by Bob' }
    looks = [
      { state: 'accepted', notes: [{ ...note, phase: 'parked' }] },
      { state: 'accepted', notes: [{ ...note, phase: 'written' }], timeline: [line('written')] },
    ]
    const command = incident()
    assert.equal(await command.ended, 0, command.printed())
    assert.match(command.printed(), /written/)
  })

  it('ends with 1 as soon as the functions refuse, with their words', async () => {
    executed = { status: 409, body: { error: 'the roster is empty' } }
    const command = incident()
    assert.equal(await command.ended, 1)
    assert.match(command.printed(), /Hunt for an agent: 409 \{"error":"the roster is empty"\}/)
    assert.match(command.printed(), /No hunt came of the incident/)
  })

  it('cancels the incident by Ctrl-C, and ends with 130', async () => {
    looks = [{ timeline: [line('the hunt starts')] }]
    const command = incident()
    await command.until('the hunt starts')
    command.child.kill('SIGINT')
    while (made().fields['state'] !== '8') await new Promise((resolve) => setTimeout(resolve, 10))
    looks = [{ state: 'stopped', timeline: [line('the hunt starts'), line('stopped')] }]
    assert.equal(await command.ended, 130, command.printed())
    assert.match(command.printed(), /in ServiceNow: Canceled/)
  })

  it('creates an incident of another priority, which nobody hunts for', async () => {
    const command = incident('--priority', '4', '--description', 'a & b')
    assert.equal(await command.ended, 0, command.printed())
    const { fields, journal } = made()
    assert.deepEqual(command.printed().trimEnd().split('\n'), [
      `${fields['number']} (a & b) is created with priority 4`,
      'No hunt starts: ServiceNow’s rule is for priority 1',
    ])
    assert.deepEqual([fields['priority'], journal], ['4', []])
  })

  it('says so when ServiceNow or its user is at fault', async () => {
    serviceNow.setFaults({ statuses: { 403: 1 } })
    const refused = incident()
    assert.equal(await refused.ended, 1)
    assert.match(refused.printed(), /ServiceNow answered 403 to POST incident/)
    const wrong = incident('--priority', '9')
    assert.equal(await wrong.ended, 1)
    assert.match(wrong.printed(), /--priority must be 1 to 5, not “9”/)
  })
})
