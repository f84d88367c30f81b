import assert from 'node:assert/strict'
import { demoServiceNow } from '../../local/demo-account.ts'
import type { IncidentMetrics, IncidentView } from '../../schemas/index.ts'
import { startCentre, type TestCentre } from '../support/centre.ts'

const [alice, bob, diego] = ['+12025550141', '+12025550142', '+12025550144']

describe('a hunt for an incident', () => {
  let centre: TestCentre
  before(async () => {
    centre = await startCentre()
  })
  after(() => centre?.stop())
  beforeEach(async () => {
    centre.serviceNow.setFaults({})
    centre.twilio.setFaults({})
    for (const address of [alice, bob, diego]) phone(address, { outcome: 'let-ring' })
  })
  afterEach(async () => {
    await seconds(600)
    const { body } = await centre.backOffice<{ hunts: unknown[] }>('GET', '/incidents/hunts')
    assert.deepEqual(body.hunts, [], 'no hunt is left open')
    assert.deepEqual(ringing(), [], 'no phone rings on')
  })

  const seconds = (amount: number) => centre.clock.advance(amount * 1_000)
  const phone = (address: string, profile: object) =>
    centre.twilio.phones.setProfile({ address, ...profile })
  const presses = (digits: string) => ({
    ...{ outcome: 'answer', afterSeconds: 2, keys: [{ afterSeconds: 3, digits }] },
    hangUpAfterSeconds: 40,
  })
  const table = async (method: string, path: string, fields?: object) => {
    const { user, password } = demoServiceNow
    const authorization = `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`
    const response = await fetch(`${centre.serviceNowUrl}/api/now/table/incident${path}`, {
      method,
      headers: { authorization, 'content-type': 'application/json' },
      ...(fields ? { body: JSON.stringify(fields) } : {}),
    })
    const { result } = (await response.json()) as { result: { sys_id: string } }
    return result
  }
  /** Somebody opens an incident of priority 1: ServiceNow's rule starts the hunt. */
  const open = async (short_description: string) => {
    const { sys_id } = await table('POST', '', { short_description, impact: '1', urgency: '1' })
    await seconds(1)
    return sys_id
  }
  const show = async (sysId: string) =>
    (await centre.backOffice<IncidentView>('GET', `/incidents/hunts/${sysId}`)).body
  const record = (sysId: string) => {
    const found = centre.serviceNow.incidents().find(({ sys_id }) => sys_id === sysId)
    assert(found, `incident ${sysId}`)
    return found
  }
  /** What the hunt wrote, without keys and times. */
  const notes = (sysId: string, element: 'work_notes' | 'comments') =>
    record(sysId)
      .journal.filter((entry) => entry.element === element && / \[[^\]]+\]$/.test(entry.value))
      .map(({ value }) => value.replace(/ \[.*/, '').replace(/ \(.*UTC/, ''))
  const callsTo = async (address: string) =>
    (await centre.sdk.calls.list({ to: address, limit: 200 })).length
  const ringing = () =>
    centre.twilio.view().calls.filter(({ to, endedAt }) => endedAt === null && to.startsWith('+'))

  it('S3.21 goes from an incident with an & to the second agent, who accepts; the incident tells it once', async () => {
    phone(alice, { outcome: 'busy', afterSeconds: 1 })
    phone(bob, presses('1'))
    const id = await open('mail & web are down')
    assert.equal((await show(id)).shortDescription, 'mail & web are down')
    await seconds(60)
    const hunt = await show(id)
    assert.equal(hunt.state, 'accepted')
    assert.equal(hunt.acceptedBy, 'Bob')
    assert.deepEqual(notes(id, 'work_notes'), [
      'Alice: the line was busy',
      'Bob: accepted the incident',
    ])
    assert.deepEqual(notes(id, 'comments'), ['Your incident was accepted by Bob.'])
    const { state, assigned_to } = record(id).fields
    assert.deepEqual([state, assigned_to], ['2', 'bob'])
    await table('PATCH', `/${id}`, { state: '6' })
    const { body } = await centre.backOffice<IncidentMetrics>('GET', '/incidents/metrics?days=1')
    const [day] = body.days
    assert.equal(day?.accepted, 1)
    assert((day?.secondsToAcknowledge?.median ?? 0) < 20)
    assert((day?.secondsToResolve?.median ?? 0) >= 60)
    assert.equal(body.people.find(({ name }) => name === 'Bob')?.accepted, 1)
  })

  it('S3.5, S3.6 escalates for 3, and calls the person whom it names', async () => {
    phone(alice, presses('3'))
    phone(diego, presses('1'))
    const id = await open('the shop is down')
    await seconds(60)
    const hunt = await show(id)
    assert.deepEqual(
      hunt.attempts.map(({ name, list, outcome }) => [name, list, outcome]),
      [
        ['Alice', 'agent', 'escalate'],
        ['Diego', 'escalation', 'accepted'],
      ],
    )
  })

  it('ends as exhausted when nobody reacts, and says so', async () => {
    phone(bob, presses('9'))
    const id = await open('nobody is there')
    await seconds(300)
    const hunt = await show(id)
    assert.equal(hunt.state, 'exhausted')
    assert.deepEqual(
      hunt.attempts.map(({ outcome }) => outcome),
      ['noAnswer', 'otherKey'],
    )
    assert.deepEqual(notes(id, 'comments'), ['No available agents to accept the ticket.'])
  })

  it('S3.8 tells every way in which a call can go, and goes on to the next', async () => {
    const ways: [outcome: string, profile: object, waitSeconds: number][] = [
      ['busy', { outcome: 'busy' }, 5],
      ['busy', { outcome: 'decline' }, 5],
      ['failed', { outcome: 'unreachable' }, 5],
      ['noAnswer', { outcome: 'let-ring' }, 62],
      ['machine', { outcome: 'machine', hangUpAfterSeconds: 60 }, 20],
      ['silence', { outcome: 'answer', hangUpAfterSeconds: 60 }, 20],
      ['otherKey', presses('7'), 10],
      ['hungUp', { outcome: 'answer', hangUpAfterSeconds: 4 }, 10],
      ['next', presses('2'), 10],
    ]
    const seen: (string | undefined)[] = []
    for (const [outcome, profile, wait] of ways) {
      phone(alice, { keys: [], hangUpAfterSeconds: undefined, ...profile })
      const id = await open(`a call that ends as ${outcome}`)
      await seconds(wait)
      const hunt = await show(id)
      seen.push(hunt.attempts[0]?.outcome)
      assert.equal(hunt.current?.name, 'Bob', JSON.stringify(hunt))
      await centre.backOffice('POST', `/incidents/hunts/${id}/stop`, {})
      await seconds(5)
    }
    assert.deepEqual(
      seen,
      ways.map(([outcome]) => outcome),
    )
  })

  it('S3.23 leaves out a worker who is not available, and notes it', async () => {
    const { workers, activities } = centre.twilio.view()
    const { workspaceSid } = await centre.engine.outputs()
    const worker = centre.sdk.taskrouter.v1
      .workspaces(String(workspaceSid))
      .workers(workers.find(({ friendlyName }) => friendlyName === 'alice')?.sid ?? '')
    const move = (name: string) =>
      worker.update({ activitySid: activities.find((one) => one.friendlyName === name)?.sid })
    await move('Offline')
    phone(bob, presses('1'))
    const id = await open('alice is away')
    await seconds(20)
    await move('Available')
    const hunt = await show(id)
    assert.deepEqual(
      hunt.attempts.map(({ name, outcome }) => [name, outcome]),
      [['Bob', 'accepted']],
    )
    assert.match(notes(id, 'work_notes')[0] ?? '', /^Alice.*is Offline, not available/)
  })

  it('S3.12, S3.14 rings nobody twice for requests and events that come again', async () => {
    phone(alice, presses('2'))
    phone(bob, presses('1'))
    const before = [await callsTo(alice), await callsTo(bob)]
    const id = await open('twice')
    const again = { sys_id: id, ticket_no: 'INC1' }
    await Promise.all([1, 2, 3].map(() => centre.backOffice('POST', '/execute', again)))
    await seconds(10)
    const [first] = (await show(id)).attempts
    for (let i = 0; i < 3; i++) {
      await fetch(`${centre.functionsUrl}/execute`, {
        method: 'POST',
        headers: { 'x-functions-key': centre.backOfficeKey },
        body: JSON.stringify({ flow_execution_id: first?.executionSid }),
      })
    }
    await seconds(60)
    assert.equal((await show(id)).state, 'accepted')
    const after = [await callsTo(alice), await callsTo(bob)]
    assert.deepEqual(
      after,
      before.map((count) => count + 1),
    )
    assert.equal(notes(id, 'comments').length, 1)
  })

  it('S3.20 goes on while ServiceNow is down for ten minutes, and writes every note once afterwards', async () => {
    phone(alice, presses('2'))
    phone(bob, presses('1'))
    const id = await open('everything is down')
    centre.serviceNow.setFaults({ statuses: { 503: 1 } })
    await seconds(60)
    const during = await show(id)
    assert.equal(during.state, 'accepted')
    assert(during.notes.some(({ phase }) => phase === 'parked'))
    await seconds(540)
    assert.deepEqual(notes(id, 'comments'), [])
    centre.serviceNow.setFaults({ lostAnswers: 0.5 })
    await seconds(300)
    centre.serviceNow.setFaults({})
    await seconds(120)
    assert.deepEqual(notes(id, 'work_notes'), [
      'Alice: passed it on to the next engineer',
      'Bob: accepted the incident',
    ])
    assert.deepEqual(notes(id, 'comments'), ['Your incident was accepted by Bob.'])
  })

  it('calls each once while Twilio loses answers, and repeats and reorders its webhooks', async () => {
    phone(alice, presses('2'))
    phone(bob, presses('1'))
    const before = [await callsTo(alice), await callsTo(bob)]
    centre.twilio.setFaults({
      duplicateWebhooks: 0.5,
      reorderWebhooks: 0.5,
      resets: 0.2,
      statuses: { 503: 0.1 },
    })
    const id = await open('a storm')
    await seconds(400)
    centre.twilio.setFaults({})
    await seconds(300)
    const hunt = await show(id)
    assert.equal(hunt.state, 'accepted', JSON.stringify(hunt, null, 1))
    const after = [await callsTo(alice), await callsTo(bob)]
    assert.deepEqual(
      after,
      before.map((count) => count + 1),
    )
    assert.equal(notes(id, 'comments').length, 1)
  })

  it('S3.22 stops when somebody takes the incident by hand, and hangs up the phone that rings', async () => {
    const id = await open('never mind')
    await seconds(5)
    assert.deepEqual(
      ringing().map(({ to }) => to),
      [alice],
    )
    await table('PATCH', `/${id}`, { assigned_to: 'somebody' })
    await seconds(25)
    assert.deepEqual(ringing(), [])
    const hunt = await show(id)
    assert.deepEqual([hunt.state, hunt.why], ['stopped', 'the incident was assigned by hand'])
    assert.deepEqual(
      hunt.attempts.map(({ outcome }) => outcome),
      ['stopped'],
    )
  })
})
