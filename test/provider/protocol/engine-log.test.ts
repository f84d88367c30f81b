import assert from 'node:assert/strict'
import { logToEngine } from '../../../provider/protocol/engine-log.ts'
import { startEngineOutput } from '../engine/engine-output.ts'

describe('logToEngine', () => {
  it('shows a line in the output of the engine, about the whole or a resource', async () => {
    const output = await startEngineOutput()
    await logToEngine(output.address, 'going slower')
    await logToEngine(output.address, 'careful', { urn: 'urn:it', severity: 'warning' })
    assert.deepEqual(output.said(), [
      { message: 'going slower', urn: '', severity: 'info' },
      { message: 'careful', urn: 'urn:it', severity: 'warning' },
    ])
    output.close()
  })

  it('tells no credentials of an address', async () => {
    const output = await startEngineOutput()
    await logToEngine(output.address, 'asks https://user:correct-horse@example.com/')
    assert.equal(output.said()[0]?.message, 'asks https://[secret]@example.com/')
    output.close()
  })

  it('is not held up by an engine that does not listen', async () => {
    await logToEngine('127.0.0.1:1', 'nobody hears')
  })
})
