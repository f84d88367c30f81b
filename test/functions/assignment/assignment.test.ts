import assert from 'node:assert/strict'
import { createFunctionsHost, type FunctionsHost } from '../../../local/host/index.ts'
import { appEnvironment, sids } from '../../support/centre-settings.ts'
import { createQuietLog } from '../../support/quiet-log.ts'
import { createWebhookSender, type WebhookSender } from '../../support/webhook-sender.ts'

const request = {
  ReservationSid: sids.reservation,
  TaskSid: sids.task,
  WorkerSid: sids.worker,
  WorkflowSid: sids.workflow,
  WorkerAttributes: '{"contact_uri":"client:alice"}',
  TaskAttributes: `{"call_sid":"${sids.call}"}`,
}
const dequeue = `{"instruction":"dequeue","from":"+12025550100","post_work_activity_sid":"${sids.wrapUp}"}`

describe('assignment', () => {
  const log = createQuietLog()
  let host: FunctionsHost
  let sender: WebhookSender
  before(async () => {
    host = await createFunctionsHost({ environment: appEnvironment(), log })
    sender = createWebhookSender(host.origin)
  })
  after(() => host.close())

  it('answers 200 and JSON, and the same to a repeat', async () => {
    for (const _time of [1, 2]) {
      const response = await sender.post('/assignment', request)
      assert.equal(response.status, 200)
      assert.equal(response.headers.get('content-type'), 'application/json')
      assert.equal(await response.text(), dequeue)
    }
  })

  it('answers at the fallback too, without a store', async () => {
    const response = await sender.post('/assignment-fallback', { ...request, ErrorCode: '11205' })
    assert.equal(await response.text(), dequeue)
  })

  it('rejects and reports a worker without an address, also while the store is away', async () => {
    const response = await sender.post('/assignment', { ...request, WorkerAttributes: '{}' })
    assert.deepEqual(await response.json(), { instruction: 'reject', activity_sid: sids.wrapUp })
    assert.match(log.lines.join('\n'), /worker\.misconfigured/)
  })
})
