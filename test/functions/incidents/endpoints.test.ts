import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import twilio from 'twilio'
import { demoAccount } from '../../../local/demo-account.ts'
import { createFunctionsHost, type FunctionsHost } from '../../../local/host/index.ts'
import { appSettings } from '../../../schemas/index.ts'
import { appEnvironment, centre } from '../../support/centre-settings.ts'
import { createQuietLog } from '../../support/quiet-log.ts'
import { person, sysId } from './hunting.ts'
import { flowSid } from './small-world.ts'

const key = 'a key of the back office'
const roster = {
  agent_list: [person('Ben', { index: 1 }), person('Ada', { index: 0 })],
  escalation_list: [person('Mia')],
}

describe('the endpoints of incidents', () => {
  let host: FunctionsHost
  before(async () => {
    const environment = appEnvironment(
      { BACK_OFFICE_KEY: key, FLOW_SID: flowSid },
      { ...centre, incidents: { roster } },
    )
    host = await createFunctionsHost({ environment, log: createQuietLog() })
  })
  after(() => host.close())

  const ask = (path: string, init: RequestInit = {}) =>
    fetch(host.origin + path, { ...init, headers: { 'x-functions-key': key, ...init.headers } })
  const authorization = `Basic ${Buffer.from(`servicenow:${key}`).toString('base64')}`

  it('S3.2 need a credential, all but the webhook, which needs a signature', async () => {
    const calls: [string, string][] = [
      ['GET', '/get_agent_list'],
      ['GET', '/get_next_available_agent?index=0'],
      ['POST', '/execute'],
      ['POST', '/update_incident'],
      ['GET', '/incidents/hunts'],
      ['GET', `/incidents/hunts/${sysId}`],
      ['POST', `/incidents/hunts/${sysId}/stop`],
      ['GET', '/incidents/metrics'],
      ['POST', '/studio-events'],
    ]
    const statuses = await Promise.all(
      calls.map(async ([method, path]) => (await fetch(host.origin + path, { method })).status),
    )
    assert.deepEqual(statuses, [401, 401, 401, 401, 401, 401, 401, 401, 403])
  })

  it('S3.2 answer the roster, to basic auth too', async () => {
    const response = await fetch(`${host.origin}/get_agent_list`, { headers: { authorization } })
    assert.deepEqual(await response.json(), roster)
  })

  it('S3.2 answer who stands at a place of agent_list; S3.7 behind its end nobody', async () => {
    const at = async (index: string) => {
      const response = await ask(`/get_next_available_agent?index=${index}`)
      return [response.status, await response.json()]
    }
    assert.deepEqual(await at('0'), [
      200,
      { selected_agent: roster.agent_list[1], total_agents: 2 },
    ])
    assert.deepEqual(await at('2'), [200, { selected_agent: null, total_agents: 2 }])
    assert.equal((await at('-1'))[0], 400)
  })

  it('S3.15, S3.21 take a URL-encoded form, and refuse a sys_id that is none', async () => {
    const body = new URLSearchParams({ sys_id: `${sysId}&x`, ticket_no: 'INC1 & more' })
    const response = await ask('/execute', { method: 'POST', body })
    assert.equal(response.status, 400)
    const { problems } = (await response.json()) as { problems: { path: string }[] }
    assert.deepEqual(
      problems.map(({ path }) => path),
      ['sys_id'],
    )
  })

  it('S3.25 are set by the names that the original has', () => {
    const known = Object.keys(appSettings.json.properties)
    const names = ['SN_API_TABLE_ROOT', 'SN_USER', 'SN_PASSWORD', 'FROM', 'FLOW_SID']
    assert.deepEqual(
      names.filter((name) => !known.includes(name)),
      [],
    )
  })

  it('S0.2 take signed events, one or a batch, and refuse a body that is not the signed one', async () => {
    const events = JSON.stringify([
      { id: 'EZ1', type: 'com.twilio.eventstreams.test-event', data: {} },
    ])
    const post = (body: string, signedBody: string) => {
      const hash = createHash('sha256').update(signedBody).digest('hex')
      const path = `/studio-events?bodySHA256=${hash}`
      const signature = twilio.getExpectedTwilioSignature(
        demoAccount.authToken,
        `https://centre.example${path}`,
        {},
      )
      const headers = { 'content-type': 'application/json', 'x-twilio-signature': signature }
      return fetch(host.origin + path, { method: 'POST', headers, body })
    }
    assert.equal((await post(events, events)).status, 204)
    const one = events.slice(1, -1)
    assert.equal((await post(one, one)).status, 204)
    assert.equal((await post(events, 'something else')).status, 403)
  })
})
