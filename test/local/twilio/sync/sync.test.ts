import assert from 'node:assert/strict'
import { type LocalTwilio, refused, startLocalTwilio } from '../../../support/local-twilio.ts'

describe('Sync', () => {
  let local: LocalTwilio
  const services = () => local.client.sync.v1.services
  const newService = async () => services()((await services().create({ friendlyName: 'Wall' })).sid)

  beforeEach(async () => {
    local = await startLocalTwilio()
  })
  afterEach(() => local.close())

  it('has a default service that stays, and further ones', async () => {
    const first = await services()('default').fetch()
    assert.deepEqual([first.uniqueName, first.friendlyName], ['default', 'Default Service'])
    await assert.rejects(services()('default').remove(), refused(400, 20001, /default/))
    const { sid } = await services().create({ friendlyName: 'Wall', aclEnabled: true })
    assert.match(sid, /^IS[0-9a-f]{32}$/)
    const next = await services()(sid).update({
      webhookUrl: 'https://example.com/sync',
      webhooksFromRestEnabled: true,
      reachabilityDebouncingWindow: 1_000,
    })
    assert.deepEqual(
      [next.friendlyName, next.webhookUrl, next.aclEnabled, next.reachabilityDebouncingWindow],
      ['Wall', 'https://example.com/sync', true, 1_000],
    )
    assert.equal((await services()(sid).update({ webhookUrl: '' })).webhookUrl, null)
    assert.equal((await services().list()).length, 2)
    await assert.rejects(
      services()(sid).update({ reachabilityDebouncingWindow: 10 }),
      refused(400, 20001, /1000 to 30000/),
    )
  })

  it('has maps, found by SID or unique name', async () => {
    const service = await newService()
    const map = await service.syncMaps.create({ uniqueName: 'queues' })
    assert.match(map.sid, /^MP[0-9a-f]{32}$/)
    assert.deepEqual([map.revision, map.createdBy, map.dateExpires], ['0', 'system', null])
    assert.equal((await service.syncMaps('queues').fetch()).sid, map.sid)
    await service.syncMaps.create({})
    assert.equal((await service.syncMaps.list()).length, 2)
    await assert.rejects(
      service.syncMaps.create({ uniqueName: 'queues' }),
      refused(409, 54301, /exists/),
    )
    await assert.rejects(
      service.syncMaps.create({ uniqueName: map.sid }),
      refused(400, 54302, /SID/),
    )
    assert.equal(await service.syncMaps('queues').remove(), true)
    await assert.rejects(service.syncMaps('queues').fetch(), refused(404, 54300, /queues/))
    await assert.rejects(service.syncMaps(map.sid).fetch(), refused(404, 20404, /Maps\/MP/))
  })

  it('keeps items, whose changes count for the map', async () => {
    const service = await newService()
    await service.syncMaps.create({ uniqueName: 'queues' })
    const { syncMapItems } = service.syncMaps('queues')
    const item = await syncMapItems.create({ key: 'billing desk', data: { waiting: 1 } })
    assert.deepEqual([item.data, item.revision], [{ waiting: 1 }, '0'])
    const next = await syncMapItems('billing desk').update({ data: { waiting: 2 } })
    assert.deepEqual([next.data, next.revision], [{ waiting: 2 }, '1'])
    assert.equal((await service.syncMaps('queues').fetch()).revision, '2')
    await assert.rejects(
      syncMapItems.create({ key: 'billing desk', data: {} }),
      refused(409, 54208, /billing desk/),
    )
    await assert.rejects(
      syncMapItems('billing desk').update({ data: {}, ifMatch: '0' }),
      refused(412, 54103, /is 1 and not 0/),
    )
    assert.equal(await syncMapItems('billing desk').remove(), true)
    await assert.rejects(syncMapItems('billing desk').fetch(), refused(404, 54201, /billing desk/))
  })

  it('lists items by key, from where and in which direction it is told', async () => {
    const service = await newService()
    const { sid } = await service.syncMaps.create({})
    const { syncMapItems } = service.syncMaps(sid)
    for (const key of ['c', 'a', 'd', 'b']) await syncMapItems.create({ key, data: {} })
    const keys = async (options: object) =>
      (await syncMapItems.list(options)).map(({ key }) => key).join('')
    assert.equal(await keys({}), 'abcd')
    assert.equal(await keys({ pageSize: 3 }), 'abcd')
    assert.equal(await keys({ order: 'desc', from: 'c' }), 'cba')
    assert.equal(await keys({ from: 'b', bounds: 'exclusive' }), 'cd')
  })

  it('refuses data that is no object or too long', async () => {
    const service = await newService()
    const { sid } = await service.syncMaps.create({})
    const create = (data: unknown) => service.syncMaps(sid).syncMapItems.create({ key: 'a', data })
    await assert.rejects(create([1]), refused(400, 20001, /JSON object/))
    await assert.rejects(create({ a: 'x'.repeat(16_384) }), refused(413, 54006, /16384 bytes/))
  })

  it('lets maps and items go when their time is over', async () => {
    const service = await newService()
    await service.syncMaps.create({ uniqueName: 'short', ttl: 60 })
    const { syncMapItems } = service.syncMaps('short')
    await syncMapItems.create({ key: 'a', data: {}, itemTtl: 10 })
    await local.clock.advance(10_000)
    assert.deepEqual(await syncMapItems.list(), [])
    await service.syncMaps('short').update({ collectionTtl: 0 })
    await local.clock.advance(60_000)
    assert.equal((await service.syncMaps('short').fetch()).dateExpires, null)
    await service.syncMaps('short').update({ collectionTtl: 5 })
    await local.clock.advance(5_000)
    assert.deepEqual(await service.syncMaps.list(), [])
  })

  it('has neither documents, lists nor streams here', async () => {
    const service = await newService()
    await assert.rejects(service.documents.list(), refused(501, 20501, /Documents/))
  })
})
