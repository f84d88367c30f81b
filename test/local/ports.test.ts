import assert from 'node:assert/strict'
import { once } from 'node:events'
import { type AddressInfo, createServer } from 'node:net'
import { defaultPorts } from '../../local/demo-account.ts'
import { assertPortsFree, PortTaken, portsFrom } from '../../local/ports.ts'

describe('portsFrom', () => {
  it('moves all ports together', () => {
    assert.equal(portsFrom(5300).console, 5300)
    assert.equal(portsFrom(5300).tables - 5300, defaultPorts.tables - defaultPorts.console)
  })

  it('leaves every port to the system for base 0', () => {
    assert.deepEqual(new Set(Object.values(portsFrom(0))), new Set([0]))
  })
})

describe('assertPortsFree', () => {
  it('names the taken port, its purpose, its holder where known, and the way out', async () => {
    const holder = createServer().listen(0, '127.0.0.1')
    await once(holder, 'listening')
    const { port } = holder.address() as AddressInfo
    try {
      await assert.rejects(assertPortsFree({ ...portsFrom(0), twilio: port }), (error) => {
        assert(error instanceof PortTaken)
        assert.match(error.message, new RegExp(`Port ${port} \\(for the local Twilio\\) is taken`))
        assert.match(error.message, /--port-base/)
        if (process.platform === 'linux') {
          assert.match(error.message, new RegExp(`process ${process.pid}`))
        }
        return true
      })
    } finally {
      holder.close()
    }
  })

  it('accepts free ports', async () => {
    await assertPortsFree(portsFrom(0))
  })
})
