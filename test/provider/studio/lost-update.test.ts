import assert from 'node:assert/strict'
import { createTestClock } from '../../../local/clock.ts'
import { demoAccount } from '../../../local/demo-account.ts'
import { createTwilio, serveTwilio } from '../../../local/twilio/index.ts'
import { startEngine } from '../engine/engine.ts'
import { answering, greetingFlow } from './greeting-flow.ts'

const type = 'twilio:studio:Flow'

describe('an update of a flow of which every answer is lost', () => {
  it('is found to be done by the next deployment, and nobody else’s', async () => {
    const { accountSid, authToken } = demoAccount
    const local = createTwilio({ clock: createTestClock(), accountSid, authToken })
    let loses = false
    let saved = 0
    const server = await serveTwilio({
      port: 0,
      twilio: {
        ...local,
        async fetch(request) {
          const saves = request.method === 'POST' && /\/Flows\/FW\w+$/.test(request.url)
          if (saves) saved++
          const response = await local.fetch(request)
          return saves && loses
            ? Response.json({ code: 20500, message: 'a bad moment' }, { status: 500 })
            : response
        },
      },
    })
    const engine = await startEngine(server.url)
    try {
      const program = { friendlyName: 'Lost', status: 'published', definition: greetingFlow() }
      const { state } = await engine.up(type, undefined, program)
      const changed = { ...program, definition: answering('Good day') }
      loses = true
      await assert.rejects(engine.up(type, state, changed), /500/)
      assert.ok(saved > 0)
      loses = false
      const before = saved
      const { step, state: written } = await engine.up(type, state, changed)
      assert.equal(step, 'update')
      assert.equal(saved, before)
      assert.equal(written.outputs['revision'], 1 + saved)
      assert.equal((await engine.up(type, written, changed)).step, 'same')
    } finally {
      engine.close()
      local.close()
      await server.close()
    }
  })
})
