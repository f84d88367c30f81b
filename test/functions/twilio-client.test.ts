import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import twilio from 'twilio'
import { createRequestClient } from '../../functions/twilio-client.ts'
import { demoAccount } from '../../local/demo-account.ts'

const workspaceSid = `WS${'1'.repeat(32)}`

describe('createRequestClient', () => {
  const seen: string[] = []
  const server = createServer((request, response) => {
    seen.push(request.url ?? '')
    const page = new URL(request.url ?? '', 'http://local').searchParams.get('Page') ?? '0'
    const url = `https://taskrouter.twilio.com/v1/Workspaces/${workspaceSid}/Activities?Page=1`
    response.setHeader('content-type', 'application/json')
    response.end(
      JSON.stringify({
        activities: [{ sid: `WA${page.repeat(32)}`, friendly_name: `page ${page}` }],
        meta: {
          key: 'activities',
          page: 0,
          page_size: 1,
          next_page_url: page === '0' ? url : null,
        },
      }),
    )
  })
  before((done) => {
    server.listen(0, '127.0.0.1', done)
  })
  after(() => {
    server.closeAllConnections()
    server.close()
  })

  it('sends the SDK below the base URL, next pages too', async () => {
    const { port } = server.address() as AddressInfo
    const client = twilio(demoAccount.accountSid, demoAccount.authToken, {
      httpClient: createRequestClient(`http://127.0.0.1:${port}/`),
    })
    const activities = await client.taskrouter.v1.workspaces(workspaceSid).activities.list()
    assert.deepEqual(
      activities.map((activity) => activity.friendlyName),
      ['page 0', 'page 1'],
    )
    assert.deepEqual(
      seen.map((url) => url.split('?')[0]),
      Array(2).fill(`/taskrouter.twilio.com/v1/Workspaces/${workspaceSid}/Activities`),
    )
  })
})
