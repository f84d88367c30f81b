import assert from 'node:assert/strict'
import { readIncident } from '../../../functions/service-now/incident-fields.ts'
import {
  createServiceNow as createClient,
  isServiceNowAway,
  type ServiceNow as ServiceNowClient,
} from '../../../functions/service-now/service-now.ts'
import { createTestClock } from '../../../local/clock.ts'
import { demoServiceNow } from '../../../local/demo-account.ts'
import {
  createServiceNow,
  type ServiceNow,
  type ServiceNowFaults,
  type ServiceNowServer,
  serveServiceNow,
} from '../../../local/service-now/index.ts'

describe('the functions’ client, at the local ServiceNow', () => {
  let serviceNow: ServiceNow
  let server: ServiceNowServer
  let client: ServiceNowClient
  let id = ''

  beforeEach(async () => {
    serviceNow = createServiceNow({ clock: createTestClock(), ...demoServiceNow })
    server = await serveServiceNow(serviceNow, 0)
    client = clientOf(demoServiceNow)
    const { user, password } = demoServiceNow
    const authorization = `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`
    const body = JSON.stringify({ short_description: 'down', impact: '1', urgency: '1' })
    const url = `${server.url}/api/now/table/incident`
    await fetch(url, { method: 'POST', headers: { authorization }, body })
    id = serviceNow.incidents()[0]?.sys_id ?? ''
  })
  afterEach(() => server.close())

  const clientOf = (credentials: { user: string; password: string }) =>
    createClient({
      tableRoot: `${server.url}/api/now/table`,
      ...credentials,
      pause: async () => {},
    })
  const notes = () => serviceNow.incidents()[0]?.journal.map(({ value }) => value)
  const put = (value: string) => client.put(`incident/${id}`, { work_notes: value })
  /** What the client says while ServiceNow misbehaves. */
  async function during(faults: ServiceNowFaults, work: () => Promise<unknown>): Promise<Error> {
    serviceNow.setFaults(faults)
    const error = await work().then(
      () => new Error('it worked'),
      (failed: Error) => failed,
    )
    serviceNow.setFaults({})
    return error
  }

  it('writes notes, state and assignee, and reads them', async () => {
    await put('called Bob')
    await client.put(`incident/${id}`, { comments: 'Bob is on it', state: '2', assigned_to: 'bob' })
    const read = await readIncident(id, client, { journal: true })
    assert.deepEqual([read.resolved, read.assignee], [false, 'bob'])
    assert.match(read.journal, /switchboard \(Work notes\)\ncalled Bob/)
    assert.match(read.journal, /switchboard \(Additional comments\)\nBob is on it/)
    await client.put(`incident/${id}`, { state: '6' })
    assert.equal((await readIncident(id, client)).resolved, true)
  })

  it('takes each way of being away for away', async () => {
    const ways = [
      ...[401, 403, 429, 500, 503].map((status) => ({ statuses: { [status]: 1 } })),
      { asleep: 1 },
      { lostAnswers: 1 },
    ]
    for (const faults of ways) {
      const error = await during(faults, () => client.get(`incident/${id}`))
      assert.ok(isServiceNowAway(error), `${JSON.stringify(faults)}: ${error}`)
    }
    const unknown = await during({}, () => client.get(`incident/${'0'.repeat(32)}`))
    assert.match(unknown.message, /404 No Record found/)
    assert.ok(!isServiceNowAway(unknown))
    const wrong = await during({}, () => clientOf({ user: 'x', password: 'y' }).get('incident'))
    assert.match(wrong.message, /401 User Not Authenticated/)
  })

  it('writes a note once although its answer is lost', async () => {
    assert.ok(isServiceNowAway(await during({ lostAnswers: 1 }, () => put('once'))))
    assert.deepEqual(notes(), ['once'])
  })

  it('writes nothing when it is refused', async () => {
    for (const status of [401, 429, 503]) {
      await during({ statuses: { [status]: 1 } }, () => put('never'))
    }
    assert.deepEqual(notes(), [])
  })
})
