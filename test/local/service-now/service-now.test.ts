import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createTestClock, type TestClock } from '../../../local/clock.ts'
import {
  createServiceNow,
  type ServiceNow,
  type ServiceNowServer,
  serveServiceNow,
} from '../../../local/service-now/index.ts'

const credentials = { user: 'hunt', password: 'secret & more' }
const authorization = `Basic ${Buffer.from('hunt:secret & more').toString('base64')}`
type Row = Record<string, string>

describe('ServiceNow’s Table API', () => {
  let clock: TestClock
  let serviceNow: ServiceNow
  let server: ServiceNowServer

  beforeEach(async () => {
    clock = createTestClock()
    serviceNow = createServiceNow({ clock, ...credentials })
    server = await serveServiceNow(serviceNow, 0)
  })
  afterEach(() => server.close())

  async function ask(method: string, path: string, fields?: object, headers = { authorization }) {
    const body = fields && JSON.stringify(fields)
    const response = await fetch(`${server.url}/api/now/table/${path}`, { method, headers, body })
    const text = await response.text()
    const { result, error } = text === '' ? { result: {}, error: null } : JSON.parse(text)
    return { status: response.status, headers: response.headers, result, error }
  }
  const create = async (fields: object = {}): Promise<Row> =>
    (await ask('POST', 'incident', fields)).result

  it('creates incidents with a number, and the priority of impact and urgency', async () => {
    const made = await ask('POST', 'incident', {
      short_description: 'a & b',
      impact: 1,
      urgency: '1',
    })
    assert.equal(made.status, 201)
    assert.match(made.result.sys_id, /^[0-9a-f]{32}$/)
    assert.match(made.result.number, /^INC\d{7}$/)
    assert.equal(
      made.headers.get('location'),
      `${server.url}/api/now/table/incident/${made.result.sys_id}`,
    )
    assert.deepEqual([made.result.priority, made.result.state], ['1', '1'])
    assert.equal((await create({ impact: '1', urgency: '3' }))['priority'], '3')
    assert.equal((await create())['priority'], '5')
  })

  it('adds to journal fields, and shows them only as display values', async () => {
    const { sys_id: id } = await create()
    await ask('PUT', `incident/${id}`, { work_notes: 'first' })
    await clock.advance(60_000)
    await ask('PATCH', `incident/${id}`, { work_notes: 'second', comments: 'for the customer' })
    assert.equal((await ask('GET', `incident/${id}`)).result.work_notes, '')
    const { work_notes: notes } = (
      await ask('GET', `incident/${id}?sysparm_display_value=true&sysparm_fields=work_notes`)
    ).result
    assert.equal(
      notes,
      '2026-01-05 09:01:00 - hunt (Work notes)\nsecond\n\n2026-01-05 09:00:00 - hunt (Work notes)\nfirst\n\n',
    )
  })

  it('lists what was written to journal fields in sys_journal_field', async () => {
    const { sys_id: id } = await create({ work_notes: 'first', comments: 'hello' })
    await create({ work_notes: 'of another' })
    await ask('PUT', `incident/${id}`, { work_notes: 'second' })
    const query = encodeURIComponent(`element_id=${id}^element=work_notes`)
    const path = `sys_journal_field?sysparm_query=${query}&sysparm_fields=value,sys_created_by`
    assert.deepEqual((await ask('GET', path)).result, [
      { value: 'first', sys_created_by: 'hunt' },
      { value: 'second', sys_created_by: 'hunt' },
    ])
    const [row] = (await ask('GET', 'sys_journal_field')).result
    assert.match(row.sys_id, /^[0-9a-f]{32}$/)
  })

  it('cuts what is too long for its column', async () => {
    const { short_description: text } = await create({ short_description: 'x'.repeat(200) })
    assert.equal(text, 'x'.repeat(160))
  })

  it('shows references with a link, as a value, or by display value', async () => {
    const { sys_id: id } = await create({ assigned_to: 'a'.repeat(32), state: '2' })
    const fields = 'sysparm_fields=assigned_to,state'
    const link = `${server.url}/api/now/table/sys_user/${'a'.repeat(32)}`
    const shown = async (more: string) =>
      (await ask('GET', `incident/${id}?${fields}${more}`)).result
    assert.deepEqual(await shown(''), { state: '2', assigned_to: { link, value: 'a'.repeat(32) } })
    assert.deepEqual(await shown('&sysparm_exclude_reference_link=true'), {
      state: '2',
      assigned_to: 'a'.repeat(32),
    })
    assert.equal((await shown('&sysparm_display_value=true')).state, 'In Progress')
  })

  it('resolves, and opens again', async () => {
    const { sys_id: id } = await create()
    const set = async (state: string) => (await ask('PUT', `incident/${id}`, { state })).result
    assert.equal((await set('6')).resolved_at, '2026-01-05 09:00:00')
    assert.equal((await set('2')).resolved_at, '')
    assert.equal((await set('7')).active, 'false')
  })

  it('finds by an encoded query, sorted, a page at a time', async () => {
    for (const impact of ['1', '2', '3', '2']) await create({ impact, urgency: '1' })
    const numbers = async (query: string) => {
      const path = `incident?sysparm_query=${encodeURIComponent(query)}`
      const { result, headers } = await ask('GET', `${path}&sysparm_limit=2`)
      return [headers.get('x-total-count'), ...result.map(({ impact }: Row) => impact)]
    }
    assert.deepEqual(await numbers('impact=2'), ['2', '2', '2'])
    assert.deepEqual(await numbers('impactIN1,3^ORDERBYDESCimpact'), ['2', '3', '1'])
    assert.deepEqual(await numbers('impact=1^ORimpact=3^urgency=1'), ['2', '1', '3'])
    assert.deepEqual(await numbers('short_descriptionISNOTEMPTY'), ['0'])
    assert.deepEqual(await numbers('number>=INC0010002^ORDERBYnumber'), ['3', '2', '3'])
  })

  it('refuses in ServiceNow’s words', async () => {
    const none = await ask('GET', `incident/${'0'.repeat(32)}`)
    assert.deepEqual([none.status, none.error.message], [404, 'No Record found'])
    const wrong = await ask('GET', 'incident', undefined, { authorization: 'Basic eDp5' })
    assert.deepEqual([wrong.status, wrong.error.message], [401, 'User Not Authenticated'])
    const table = await ask('GET', 'problem')
    assert.deepEqual([table.status, table.error.message], [400, 'Invalid table problem'])
    assert.equal((await ask('POST', 'incident', [])).status, 400)
  })

  it('misbehaves when told to', async () => {
    const { sys_id: id } = await create()
    serviceNow.setFaults({ statuses: { 429: 1 } })
    const limited = await ask('GET', 'incident')
    assert.deepEqual([limited.status, limited.headers.get('retry-after')], [429, '2'])
    serviceNow.setFaults({ lostAnswers: 1 })
    await assert.rejects(ask('PUT', `incident/${id}`, { work_notes: 'arrived' }), /fetch failed/)
    serviceNow.setFaults({})
    assert.equal(serviceNow.incidents()[0]?.journal[0]?.value, 'arrived')
  })

  it('is told how to misbehave over HTTP, too', async () => {
    const post = (body: string) =>
      fetch(`${server.url}/_switchboard/faults`, { method: 'POST', body })
    assert.equal((await post('{"statuses":{"503":1}}')).status, 200)
    const away = await fetch(`${server.url}/api/now/table/incident`, { headers: { authorization } })
    assert.deepEqual([away.status, away.headers.get('content-type')], [503, 'text/html'])
    assert.equal((await post('{"statuses":{"200":1}}')).status, 400)
    assert.equal((await post('{}')).status, 200)
    assert.equal((await ask('GET', 'incident')).status, 200)
  })

  it('tells of each change', async () => {
    let changes = 0
    const onChange = () => changes++
    const told = createServiceNow({ clock, ...credentials, onChange })
    const url = 'http://snow/api/now/table/incident'
    const made = await told.fetch(new Request(url, { method: 'POST', headers: { authorization } }))
    const { result } = (await made.json()) as { result: Row }
    await told.fetch(new Request(url, { headers: { authorization } }))
    assert.equal(changes, 1)
    const one = `${url}/${result['sys_id']}`
    await told.fetch(new Request(one, { method: 'DELETE', headers: { authorization } }))
    assert.equal(changes, 2)
  })

  it('goes on from its snapshot', async () => {
    const { sys_id: id, number } = await create({ comments: 'hello' })
    const restore = JSON.parse(JSON.stringify(serviceNow.snapshot()))
    const again = createServiceNow({ clock, ...credentials, restore })
    assert.deepEqual(again.incidents(), serviceNow.incidents())
    const request = new Request('http://snow/api/now/table/incident', {
      method: 'POST',
      headers: { authorization },
    })
    const { result } = (await (await again.fetch(request)).json()) as { result: Row }
    assert.ok(String(result['number']) > String(number))
    assert.notEqual(result['sys_id'], id)
  })
})

describe('the business rule of ServiceNow', () => {
  const description = 'Search & destroy: 50 % of = everything'

  async function createWith(impact: string, statuses: number[]) {
    const clock = createTestClock()
    const posted: { form: URLSearchParams; authorization: string }[] = []
    const hunt = createServer(async (request, response) => {
      const chunks: Buffer[] = []
      for await (const chunk of request) chunks.push(chunk)
      posted.push({
        form: new URLSearchParams(Buffer.concat(chunks).toString()),
        authorization: String(request.headers.authorization),
      })
      response.writeHead(statuses.shift() ?? 200).end('{"sid":"FN1"}')
    })
    await new Promise<void>((listening) => hunt.listen(0, '127.0.0.1', listening))
    const url = `http://127.0.0.1:${(hunt.address() as AddressInfo).port}/execute`
    const rule = () => ({ url, user: 'servicenow', password: 'key' })
    const serviceNow = createServiceNow({ clock, ...credentials, rule })
    await serviceNow.fetch(
      new Request('http://snow/api/now/table/incident', {
        method: 'POST',
        headers: { authorization },
        body: JSON.stringify({ short_description: description, impact, urgency: '1' }),
      }),
    )
    await clock.advance(60_000)
    hunt.close()
    const [incident] = serviceNow.incidents()
    return { posted, incident }
  }

  it('starts the hunt of an incident of priority 1 with encoded values, and records the answer', async () => {
    const { posted, incident } = await createWith('1', [])
    assert.equal(posted.length, 1)
    assert.deepEqual(Object.fromEntries(posted[0]?.form ?? []), {
      short_description: description,
      ticket_no: incident?.fields['number'],
      sys_id: incident?.sys_id,
    })
    assert.equal(posted[0]?.authorization, `Basic ${btoa('servicenow:key')}`)
    assert.equal(incident?.journal[0]?.value, 'Hunt for an agent: 200 {"sid":"FN1"}')
  })

  it('leaves others alone', async () => {
    const { posted, incident } = await createWith('2', [])
    assert.deepEqual([posted, incident?.journal], [[], []])
  })

  it('asks again while nobody is at home, and says so in the end', async () => {
    const late = await createWith('1', [503])
    assert.equal(late.posted.length, 2)
    assert.match(String(late.incident?.journal[0]?.value), /^Hunt for an agent: 200/)
    const never = await createWith('1', [500, 500, 500, 500])
    assert.equal(never.posted.length, 3)
    assert.match(String(never.incident?.journal[0]?.value), /^Hunt for an agent not started: 500/)
  })
})
