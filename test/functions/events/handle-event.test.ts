import assert from 'node:assert/strict'
import { handleEvent } from '../../../functions/events/handle-event.ts'
import { createServices, readConfiguration, type Services } from '../../../functions/index.ts'
import type { ArchivedEvent, Job } from '../../../schemas/index.ts'
import { azuriteConnection, uniquePrefix } from '../../support/azurite.ts'
import { appEnvironment, sids } from '../../support/centre-settings.ts'
import { createQuietLog } from '../../support/quiet-log.ts'

const receivedAt = Date.UTC(2026, 0, 5, 9)
const event: ArchivedEvent = {
  source: 'taskrouter',
  id: `EV${'a'.repeat(32)}`,
  at: receivedAt,
  receivedAt,
  headers: {},
  body: new URLSearchParams({
    EventType: 'reservation.wrapup',
    TaskSid: sids.task,
    WorkerSid: sids.worker,
  }).toString(),
}

async function servicesAt(now: number): Promise<Services & { readonly jobs: Job[] }> {
  const configuration = readConfiguration(
    appEnvironment({
      AzureWebJobsStorage: await azuriteConnection(),
      STORE_PREFIX: uniquePrefix(),
    }),
  )
  assert.ok(configuration.kind === 'configured')
  const jobs: Job[] = []
  const own = {
    now: () => now,
    schedule: async (_atMs: number, job: Job) => void jobs.push(job),
    log: createQuietLog(),
  }
  return { ...createServices(configuration.settings, own), jobs }
}

describe('handleEvent', () => {
  it('leads to the same state when an archived event is handled again, much later', async () => {
    const live = await servicesAt(receivedAt)
    await handleEvent(event, live)
    const replay = await servicesAt(receivedAt + 86_400_000)
    await handleEvent(event, replay)
    const state = await live.store.read('wrap-up', sids.task)
    assert.deepEqual((await replay.store.read('wrap-up', sids.task))?.value, state?.value)
    assert.equal(live.jobs.length, 1)
  })

  it('archives later what it could not archive, without doing the rest again', async () => {
    const services = await servicesAt(receivedAt)
    const store = {
      ...services.store,
      archive: () => Promise.reject(new Error('the container is away')),
    }
    await handleEvent(event, { ...services, store })
    assert.deepEqual(services.jobs.map(({ kind }) => kind).sort(), ['archive', 'end-wrap-up'])
  })
})
