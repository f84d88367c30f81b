import assert from 'node:assert/strict'
import { createFunctionsHost } from '../../../local/host/index.ts'
import { azuriteConnection, uniquePrefix } from '../../support/azurite.ts'
import { appEnvironment } from '../../support/centre-settings.ts'
import { createQuietLog } from '../../support/quiet-log.ts'

async function ask(environment: Record<string, string>, path = '/healthz') {
  const host = await createFunctionsHost({ environment, log: createQuietLog() })
  const response = await fetch(host.origin + path)
  const answer = { status: response.status, body: await response.json() }
  await host.close()
  return answer
}

describe('health', () => {
  it('answers 200 with the state of each dependency', async () => {
    const environment = appEnvironment({
      AzureWebJobsStorage: await azuriteConnection(),
      STORE_PREFIX: uniquePrefix(),
    })
    assert.deepEqual(await ask(environment), {
      status: 200,
      body: { status: 'ok', dependencies: { store: 'reachable', twilio: 'not used yet' } },
    })
  })

  it('answers 503 when the store is unreachable', async () => {
    const { status, body } = await ask(appEnvironment())
    assert.equal(status, 503)
    assert.equal(body.status, 'store unreachable')
  })
})

describe('notConfigured', () => {
  it('answers every path with what is missing, before the first deployment', async () => {
    const health = await ask({})
    assert.equal(health.status, 503)
    assert.equal(health.body.status, 'not configured')
    assert.ok(health.body.missing.includes('PUBLIC_BASE_URL is missing'))
    assert.deepEqual(await ask({}, '/incoming-call'), health)
  })
})
