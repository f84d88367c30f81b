import assert from 'node:assert/strict'
import { createTestClock } from '../../../local/clock.ts'
import { demoAccount } from '../../../local/demo-account.ts'
import { createTwilio, PortUnavailable, serveTwilio } from '../../../local/twilio/index.ts'

describe('serveTwilio', () => {
  const twilio = createTwilio({ clock: createTestClock(), ...demoAccount })
  after(() => twilio.close())

  it('says which port is taken', async () => {
    const first = await serveTwilio({ twilio, port: 0 })
    await assert.rejects(serveTwilio({ twilio, port: first.port }), (error) => {
      assert.ok(error instanceof PortUnavailable)
      assert.equal(error.port, first.port)
      assert.match(error.message, new RegExp(`^Port ${first.port} is taken by another program`))
      return true
    })
    await first.close()
  })

  it('frees the port when it closes', async () => {
    const first = await serveTwilio({ twilio, port: 0 })
    await fetch(`${first.url}/v1/Workspaces`)
    await first.close()
    const second = await serveTwilio({ twilio, port: first.port })
    assert.equal(second.url, first.url)
    await second.close()
  })
})
