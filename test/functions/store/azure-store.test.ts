import assert from 'node:assert/strict'
import { createAzureAccount } from '../../../functions/store/azure-account.ts'
import { createAzureStore } from '../../../functions/store/azure-store.ts'
import { doOnce } from '../../../functions/store/claim.ts'
import type { Store } from '../../../functions/store/store.ts'
import { appSettings } from '../../../schemas/index.ts'
import { azuriteConnection, uniquePrefix } from '../../support/azurite.ts'
import { appEnvironment } from '../../support/centre-settings.ts'
import { createQuietLog } from '../../support/quiet-log.ts'

async function createStore(): Promise<Store> {
  const environment = appEnvironment({
    AzureWebJobsStorage: await azuriteConnection(),
    STORE_PREFIX: uniquePrefix(),
  })
  return createAzureStore(createAzureAccount(appSettings.parse(environment)))
}

describe('createAzureStore', () => {
  let store: Store
  before(async () => {
    store = await createStore()
  })

  it('creates a record once', async () => {
    const version = await store.create('call', 'CA1', { at: 1 })
    assert.equal(await store.create('call', 'CA1', { at: 2 }), undefined)
    assert.deepEqual(await store.read('call', 'CA1'), { value: { at: 1 }, version })
    assert.equal(await store.read('call', 'CA2'), undefined)
  })

  it('keeps a value that is longer than one property of a table', async () => {
    const long = { text: 'é'.repeat(100_000) }
    assert.ok(await store.create('call', 'CA4', long))
    const read = await store.read('call', 'CA4')
    assert.deepEqual(read?.value, long)
    await store.replace('call', 'CA4', { text: 'short' }, read?.version ?? '')
    assert.deepEqual((await store.read('call', 'CA4'))?.value, { text: 'short' })
  })

  it('lists the ids of one kind', async () => {
    for (const id of ['HU1', 'HU2']) await store.create('listed', id, {})
    await store.create('other', 'HU3', {})
    assert.deepEqual((await store.list('listed')).map(({ id }) => id).toSorted(), ['HU1', 'HU2'])
    assert.deepEqual(await store.list('nothing'), [])
  })

  it('lists the first ids in their order', async () => {
    for (const id of ['c', 'a', 'd', 'b']) await store.create('ordered', id, {})
    assert.deepEqual(
      (await store.list('ordered', 3)).map(({ id }) => id),
      ['a', 'b', 'c'],
    )
    assert.deepEqual(
      (await store.list('ordered', 2, 'b')).map(({ id }) => id),
      ['b', 'c'],
    )
  })

  it('replaces only the version that was read', async () => {
    await store.create('call', 'CA3', 1)
    const read = await store.read('call', 'CA3')
    assert.ok(read)
    const version = await store.replace('call', 'CA3', 2, read.version)
    assert.equal(await store.replace('call', 'CA3', 3, read.version), undefined)
    assert.deepEqual(await store.read('call', 'CA3'), { value: 2, version })
    await store.remove('call', 'CA3')
    await store.remove('call', 'CA3')
    assert.equal(await store.replace('call', 'CA3', 4, read.version), undefined)
  })

  it('overwrites nothing in the archive', async () => {
    assert.equal(await store.archive('a/b.json', '1'), true)
    assert.equal(await store.archive('a/b.json', '2'), false)
  })

  it('can tell whether it is there', async () => {
    await store.ping()
    const away = createAzureStore(createAzureAccount(appSettings.parse(appEnvironment())))
    await assert.rejects(away.ping())
  })
})

describe('doOnce', () => {
  let now = 0
  const log = createQuietLog()

  it('works once, however many come at the same time', async () => {
    const services = { store: await createStore(), log, now: () => now }
    let done = 0
    const work = () => doOnce(services, 'claim', 'a', async () => void done++)
    await Promise.all([work(), work(), work()])
    await work()
    assert.equal(done, 1)
  })

  it('lets another try after a failure, and after a holder that died', async () => {
    const services = { store: await createStore(), log, now: () => now }
    const failing = doOnce(services, 'claim', 'b', () => Promise.reject(new Error('no')))
    await assert.rejects(failing, /no/)
    await services.store.create('claim', 'b', { heldSince: now, done: false })
    let done = 0
    const work = () => doOnce(services, 'claim', 'b', async () => void done++)
    await work()
    assert.equal(done, 0)
    now += 30_000
    await work()
    assert.equal(done, 1)
  })
})
