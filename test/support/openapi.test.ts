import assert from 'node:assert/strict'
import { openApiPresent } from './openapi-documents.ts'
import { requestProblems } from './openapi-requests.ts'

const workspace = `WS${'a'.repeat(32)}`
const taskRouter = 'http://127.0.0.1:4301/taskrouter.twilio.com/v1'

describe('requestProblems', () => {
  before(function () {
    if (!openApiPresent) this.skip()
  })

  it('finds nothing wrong with what the documents describe', async () => {
    const queue = { FriendlyName: 'Spanish', MaxReservedWorkers: '2', TaskOrder: 'LIFO' }
    assert.deepEqual(await posted(`/Workspaces/${workspace}/TaskQueues`, queue), [])
    assert.deepEqual(await got(`/Workspaces/${workspace}/TaskQueues?PageSize=1000`), [])
    const url = { FriendlyName: 'Calls', AssignmentCallbackUrl: '', Configuration: '{}' }
    assert.deepEqual(await posted(`/Workspaces/${workspace}/Workflows`, url), [])
  })

  it('names what is not described, is missing or of another type', async () => {
    const queue = { MaxReservedWorkers: 'two', TaskOrder: 'NONE', Colour: 'red' }
    const call = 'POST /v1/Workspaces/{WorkspaceSid}/TaskQueues'
    assert.deepEqual(await posted(`/Workspaces/${workspace}/TaskQueues`, queue), [
      `${call}: FriendlyName is required`,
      `${call}: MaxReservedWorkers "two" is no integer`,
      `${call}: TaskOrder "NONE" is none of FIFO,LIFO`,
      `${call}: Colour is not described`,
    ])
    assert.deepEqual(await got(`/Workspaces/${workspace}/TaskQueues?PageSize=5000`), [
      'GET /v1/Workspaces/{WorkspaceSid}/TaskQueues: PageSize "5000" is too large',
    ])
  })

  it('knows SIDs, and values that are cleared', async () => {
    const path = `/Workspaces/${workspace}`
    const [problem] = await posted(path, { DefaultActivitySid: workspace })
    assert.match(problem ?? '', /DefaultActivitySid "WSa+" does not match \^WA/)
    assert.deepEqual(await posted(path, { EventCallbackUrl: '' }), [])
  })

  it('refuses paths and methods that are not described, and lets other hosts pass', async () => {
    assert.deepEqual(await got('/Workplaces'), [
      'GET taskrouter.twilio.com/v1/Workplaces is not described',
    ])
    const elsewhere = new Request('http://127.0.0.1:4301/messaging.twilio.com/v1/Anything')
    assert.deepEqual(await requestProblems(elsewhere), [])
  })
})

function got(path: string): Promise<readonly string[]> {
  return requestProblems(new Request(`${taskRouter}${path}`))
}

function posted(path: string, form: Record<string, string>): Promise<readonly string[]> {
  const body = new URLSearchParams(form)
  return requestProblems(new Request(`${taskRouter}${path}`, { method: 'POST', body }))
}
