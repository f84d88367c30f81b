import assert from 'node:assert/strict'
import { demoAccount } from '../../../../local/demo-account.ts'
import { type LocalTwilio, refused, startLocalTwilio } from '../../../support/local-twilio.ts'

describe('lists of TaskRouter that evaluate an expression', () => {
  let local: LocalTwilio
  let sid: string
  const api = () => local.client.taskrouter.v1.workspaces(sid)

  before(async () => {
    local = await startLocalTwilio()
    sid = (await local.client.taskrouter.v1.workspaces.create({ friendlyName: 'Centre' })).sid
  })
  after(() => local.close())

  it('are taken three times a second, each for itself', async () => {
    const workers = () => api().workers.list({ targetWorkersExpression: '1==1' })
    const tasks = () => api().tasks.list({ evaluateTaskAttributes: '1==1' })
    const queues = () => api().taskQueues.list({ evaluateWorkerAttributes: '{}' })
    for (const list of [workers, tasks, queues]) {
      for (let i = 0; i < 3; i++) await list()
      await assert.rejects(list(), refused(429, 20429, /3 a second/))
    }
    await local.clock.advance(1000)
    await workers()
  })

  it('say how many are left; without the filter there is no such limit', async () => {
    await local.clock.advance(1000)
    const left = async (query: string) => {
      const { accountSid, authToken } = demoAccount
      const authorization = `Basic ${btoa(`${accountSid}:${authToken}`)}`
      const address = `${local.url}/v1/Workspaces/${sid}/Workers${query}`
      const response = await fetch(address, { headers: { authorization } })
      return response.headers.get('x-rate-limit-remaining')
    }
    assert.equal(await left('?TargetWorkersExpression=1==1'), '2')
    for (let i = 0; i < 5; i++) assert.equal(await left(''), null)
  })
})
