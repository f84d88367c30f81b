import assert from 'node:assert/strict'
import { demoAccount } from '../../../../../local/demo-account.ts'
import { type LocalTwilio, startLocalTwilio } from '../../../../support/local-twilio.ts'
import { origin, response, startApplication } from '../../voice/application.ts'
import { contextOf, dial, wayOf } from '../execution/running-flow.ts'

describe('a call that a flow puts into a queue', () => {
  let local: LocalTwilio
  let application: Awaited<ReturnType<typeof startApplication>>
  beforeEach(async () => {
    application = await startApplication(demoAccount.authToken)
    local = await startLocalTwilio({ origins: () => application.origins, sayMsPerCharacter: 0 })
    application.on('/hold', response('<Say>Please hold</Say><Leave/>'))
  })
  afterEach(async () => {
    await local.close()
    await application.close()
  })

  const exits = { callComplete: null, failedToEnqueue: null, callFailure: null }

  it('asks by GET what it hears there, unless told otherwise', async () => {
    const waits = { queue_name: 'everyone', wait_url: `${origin}/hold` }
    const { execution } = await dial(local, { queue: ['enqueue-call', waits, exits] })
    await local.clock.advance(1_000)
    assert.equal(application.to('/hold')[0]?.method, 'GET')
    assert.equal((await wayOf(execution))[1], 'queue callComplete Ended')
    const { QueueResult, QueueTime } = (await contextOf(execution)).widgets['queue'] ?? {}
    assert.deepEqual([QueueResult, QueueTime], ['leave', '0'])
    assert.deepEqual(local.twilio.alerts(), [])
  })

  it('asks by POST when told so', async () => {
    const waits = { queue_name: 'all', wait_url: `${origin}/hold`, wait_url_method: 'POST' }
    await dial(local, { queue: ['enqueue-call', waits, exits] })
    await local.clock.advance(1_000)
    assert.equal(application.to('/hold')[0]?.method, 'POST')
  })
})
