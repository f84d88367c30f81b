import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startCentre } from '../support/centre.ts'

describe('a centre', function () {
  this.timeout(60_000)
  let stateDir = ''

  beforeEach(async () => {
    stateDir = await mkdtemp(join(tmpdir(), 'life-'))
  })
  afterEach(() => rm(stateDir, { recursive: true, force: true }))

  it('comes back after a restart with the same objects, and nothing is created again', async () => {
    const first = await startCentre({ stateDir })
    const sids = (centre: typeof first) => centre.twilio.view().workers.map(({ sid }) => sid)
    const before = sids(first)
    await first.stop()

    const second = await startCentre({ stateDir, deploy: false })
    const { summary } = await second.deploy()
    assert.equal(summary.create, undefined)
    assert.equal(summary.replace, undefined)
    assert.deepEqual(sids(second), before)
    await second.stop()
  })

  it('is gone when it is destroyed, says so, and can be brought up again', async () => {
    const centre = await startCentre({ stateDir })
    const workspaces = () => centre.sdk.taskrouter.v1.workspaces.list()
    const health = async () => (await fetch(`${centre.functionsUrl}/healthz`)).text()
    assert.match(await health(), /ok/)

    const { ok } = await centre.engine.destroy()
    await centre.takeOver()
    assert(ok)
    assert.deepEqual(await workspaces(), [])
    assert.match(await health(), /not[ -]configured/)

    await centre.deploy()
    assert.equal((await workspaces()).length, 1)
    await centre.stop()
  })

  it('answers a webhook with a wrong signature with 403, and does nothing', async () => {
    const centre = await startCentre({ stateDir })
    const answer = await fetch(`${centre.functionsUrl}/enqueue-call`, {
      method: 'POST',
      headers: { 'x-twilio-signature': 'bm90IG91cnM=' },
      body: new URLSearchParams({ CallSid: `CA${'0'.repeat(32)}`, Digits: '1' }),
    })
    assert.equal(answer.status, 403)
    assert.deepEqual(centre.twilio.view().tasks, [])
    await centre.stop()
  })
})
