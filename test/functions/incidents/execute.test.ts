import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { execute } from '../../../functions/incidents/execute.ts'
import { incidentRows } from '../../../functions/incidents/incident-rows.ts'
import { getAgentList } from '../../../functions/incidents/roster.ts'
import { updateIncident } from '../../../functions/incidents/update-incident.ts'
import { person, sysId } from './hunting.ts'
import { createSmallWorld } from './small-world.ts'

const form = { sys_id: sysId, ticket_no: 'INC0010001', short_description: 'mail & web are down' }

describe('execute', () => {
  it('S3.3 starts one execution with the parameters of the flow', async () => {
    const { services, executions } = createSmallWorld()
    const { status, jsonBody } = await execute(form, services)
    assert.equal(status, 201)
    assert.equal((jsonBody as { sid: string }).sid, executions[0]?.sid)
    const { attempt, ...parameters } = executions[0]?.parameters ?? {}
    assert.equal(typeof attempt, 'string')
    assert.deepEqual(parameters, {
      selected_agent: { name: 'Ada', phone_no: person('Ada').phone_no, role: 'engineer' },
      action: 'call_support',
      index: 0,
      escalation_index: -1,
      sys_id: sysId,
      ticket_no: 'INC0010001',
    })
  })

  it('S3.6 dials the very person whom it announces, also for an escalation', async () => {
    const world = createSmallWorld({
      agent_list: [person('Ada'), person('Ben')],
      escalation_list: [person('Mia'), person('Noah')],
    })
    await execute(form, world.services)
    await execute({ flow_execution_id: world.end('next') }, world.services)
    await execute({ flow_execution_id: world.end('escalate') }, world.services)
    const { contact, parameters } = world.executions.at(-1) ?? {}
    const { name, phone_no } = person('Mia')
    assert.equal(contact, phone_no)
    assert.deepEqual(parameters?.['selected_agent'], { name, phone_no, role: 'engineer' })
    assert.deepEqual([parameters?.['index'], parameters?.['escalation_index']], [1, 0])
  })

  it('S3.14 answers the running hunt for the same incident, and calls nobody else', async () => {
    const { services, executions } = createSmallWorld()
    const first = await execute(form, services)
    const shouted = { ...form, sys_id: sysId.toUpperCase() }
    const [second, third] = await Promise.all([execute(form, services), execute(shouted, services)])
    assert.deepEqual([second.status, third.status], [200, 200])
    const sidOf = (answer: { jsonBody?: unknown }) => (answer.jsonBody as { sid: string }).sid
    assert.deepEqual([sidOf(second), sidOf(third)], [sidOf(first), sidOf(first)])
    assert.equal(executions.length, 1)
  })

  it('S3.14 starts one hunt when two requests come at the same moment', async () => {
    const { services, executions } = createSmallWorld()
    const statuses = await Promise.all([execute(form, services), execute(form, services)])
    assert.deepEqual(statuses.map(({ status }) => status).toSorted(), [200, 201])
    assert.equal(executions.length, 1)
  })

  it('S3.10 goes on from an ended execution, with the texts that callers know', async () => {
    const world = createSmallWorld()
    await execute(form, world.services)
    const next = await execute({ flow_execution_id: world.end('next') }, world.services)
    assert.equal(
      (next.jsonBody as { contact_channel_address: string }).contact_channel_address,
      person('Ben').phone_no,
    )
    const accepted = await execute({ flow_execution_id: world.end('accepted') }, world.services)
    assert.deepEqual([accepted.status, accepted.body], [200, 'The agent accepted the call'])
  })

  it('S3.7 answers behind the end of the list', async () => {
    const world = createSmallWorld({ agent_list: [person('Ada')], escalation_list: [] })
    await execute(form, world.services)
    const { status, body } = await execute({ flow_execution_id: world.end('next') }, world.services)
    assert.deepEqual([status, body], [200, 'No available agents to accept the ticket'])
  })

  it('S3.12 rings nobody for the same execution again, nor for one of another flow', async () => {
    const world = createSmallWorld()
    await execute(form, world.services)
    const first = world.end('next')
    await execute({ flow_execution_id: first }, world.services)
    const repeated = await execute({ flow_execution_id: first }, world.services)
    assert.equal(world.executions.length, 2)
    const { sid } = repeated.jsonBody as { sid?: string }
    assert.equal(sid, world.executions[1]?.sid, 'the second call goes on')
    const { status } = await execute({ flow_execution_id: `FN${'9'.repeat(32)}` }, world.services)
    assert.equal(status, 404)
  })

  it('S3.15 refuses a request without sys_id or ticket_no, or with a sys_id that is none', async () => {
    const { services, executions } = createSmallWorld()
    const refused = [{ ticket_no: 'INC1' }, { sys_id: sysId }, { ...form, sys_id: '../incident/1' }]
    for (const body of refused) {
      await assert.rejects(execute(body, services), { name: 'InvalidInput' })
    }
    assert.equal(executions.length, 0)
  })

  it('S3.16 calls nobody with an empty roster: 409, and the incident says why, once', async () => {
    const world = createSmallWorld({ agent_list: [], escalation_list: [person('Mia')] })
    assert.equal((await execute(form, world.services)).status, 409)
    assert.equal((await execute(form, world.services)).status, 409)
    await world.pass(1_000)
    assert.equal(world.executions.length, 0)
    assert.equal(world.journal().match(/Nobody was called/g)?.length, 1)
  })

  it('S3.16 calls nobody with a roster that cannot be read: 502, and the incident says why', async () => {
    const server = createServer((_request, response) => response.end('<html>no roster</html>'))
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const rosterUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/roster.json`
    const world = createSmallWorld(undefined, { rosterUrl })
    assert.equal((await execute(form, world.services)).status, 502)
    assert.equal((await getAgentList(undefined, world.services)).status, 502)
    await world.pass(1_000)
    server.close()
    assert.equal(world.executions.length, 0)
    assert.match(world.journal(), /Nobody was called .* The roster cannot be read/)
  })

  it('S3.16, S3.23 takes a roster with hours in an unknown time zone for unreadable', async () => {
    const on_call = { time_zone: 'Mars/Olympus', open: [] }
    const list = { agent_list: [person('Ada', { on_call })], escalation_list: [] }
    const server = createServer((_request, response) => response.end(JSON.stringify(list)))
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const rosterUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/roster.json`
    const world = createSmallWorld(undefined, { rosterUrl })
    const { status, jsonBody } = await execute(form, world.services)
    server.close()
    assert.deepEqual(
      [status, jsonBody],
      [502, { error: 'The roster names an unknown time zone for Ada' }],
    )
  })

  it('S3.14 starts anew after the end only when asked to, and once', async () => {
    const world = createSmallWorld({ agent_list: [person('Ada')], escalation_list: [] })
    await execute(form, world.services)
    await execute({ flow_execution_id: world.end('busy') }, world.services)
    await execute(form, world.services)
    assert.equal(world.executions.length, 1)
    const again = () => execute({ ...form, again: 'true' }, world.services)
    const answers = await Promise.all([again(), again()])
    assert.equal(answers.filter(({ status }) => status === 200).length, 1, 'one of them is new')
    assert.equal(world.executions.length, 2)
  })

  it('keeps an ended hunt for as many days as are configured, from its last end', async () => {
    const day = 24 * 3_600_000
    const roster = { agent_list: [person('Ada')], escalation_list: [] }
    const world = createSmallWorld(roster, { keptDays: 10 })
    const isKept = async () => (await incidentRows(world.services).read(sysId)) !== undefined
    await execute(form, world.services)
    await execute({ flow_execution_id: world.end('busy') }, world.services)
    await world.pass(6 * day)
    await execute({ ...form, again: 'true' }, world.services)
    await execute({ flow_execution_id: world.end('accepted') }, world.services)
    await world.pass(9 * day)
    assert.equal(await isKept(), true)
    await world.pass(1.1 * day)
    assert.equal(await isKept(), false)
  })

  it('S3.20 goes on while ServiceNow is down, and writes everything once when it is back', async () => {
    const world = createSmallWorld()
    world.mishaps.serviceNow = 'unanswered'
    await execute(form, world.services)
    await execute({ flow_execution_id: world.end('next') }, world.services)
    await execute({ flow_execution_id: world.end('accepted') }, world.services)
    world.mishaps.serviceNow = 503
    await world.pass(600_000)
    world.mishaps.serviceNow = 'none'
    await world.pass(120_000)
    const lines = world.journal().trim().split('\n')
    assert.equal(lines.length, 3, world.journal())
    assert.match(lines[2] ?? '', /accepted by Ben/)
    assert.equal(world.record()?.state, '2')
  })

  it('S3.20 does not open an incident again that was resolved while its note was parked', async () => {
    const world = createSmallWorld()
    await execute(form, world.services)
    world.mishaps.serviceNow = 503
    await execute({ flow_execution_id: world.end('accepted') }, world.services)
    await world.pass(60_000)
    Object.assign(world.record() ?? {}, { state: '6' })
    world.mishaps.serviceNow = 'none'
    await world.pass(120_000)
    assert.match(world.journal(), /accepted by Ada/)
    assert.equal(world.record()?.state, '6')
  })
})

describe('updateIncident', () => {
  it('S3.18 says accepted only for 1, and writes the same decision once', async () => {
    const world = createSmallWorld()
    for (const case_status of ['2', '3', '9', '1', '1', '2']) {
      await updateIncident({ sys_id: sysId, agent_name: 'Ada', case_status }, world.services)
    }
    await world.pass(1_000)
    const lines = world.journal().trim().split('\n')
    assert.deepEqual(
      lines.map((line) => line.replace(/ \[.*/, '')),
      [
        'Ada passed the incident on to the next engineer.',
        'Ada escalated the incident.',
        'Ada did not decide (9).',
        'Your incident was accepted by Ada.',
      ],
    )
  })
})
