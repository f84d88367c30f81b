import assert from 'node:assert/strict'
import { Refused } from '../engine/engine.ts'
import { assertGone, sidOf, useTwilio } from '../engine/story.ts'

const serviceType = 'twilio:sync:Service'
const mapType = 'twilio:sync:Map'

describe('sync.Service', () => {
  const story = useTwilio()
  const live = (sid: string) => story.twilio.sdk.sync.v1.services(sid).fetch()

  it('is made, changed, cleared, imported, deleted', async () => {
    const program = {
      friendlyName: 'Wall',
      webhookUrl: 'https://example.com/sync',
      aclEnabled: true,
      reachabilityDebouncingEnabled: true,
      reachabilityDebouncingWindow: 2_000,
    }
    const { state: made } = await story.engine.up(serviceType, undefined, program)
    assert.match(made.id, /^IS[0-9a-f]{32}$/)
    assert.deepEqual((await story.engine.import(serviceType, made.id))?.inputs, program)
    const { state } = await story.engine.up(serviceType, made, { friendlyName: 'Wallboard' })
    const after = await live(made.id)
    assert.deepEqual(
      [after.friendlyName, after.webhookUrl, after.aclEnabled, after.reachabilityDebouncingWindow],
      ['Wallboard', null, false, 5_000],
    )
    await story.twilio.sdk.sync.v1.services(made.id).update({ friendlyName: 'By hand' })
    const seen = await story.engine.refresh(serviceType, state)
    assert.deepEqual(seen?.drift.detailed, { friendlyName: 'update' })
    await story.engine.destroy(serviceType, state)
    await assertGone(story, serviceType, state)
  })

  it('is refused without a name, or with a delay that Twilio does not take', async () => {
    const refused = (program: object) =>
      assert.rejects(story.engine.up(serviceType, undefined, { ...program }), Refused)
    await refused({})
    await refused({ friendlyName: 'A', reachabilityDebouncingWindow: 999 })
  })
})

describe('sync.Map', () => {
  const story = useTwilio()
  let serviceSid = ''
  const maps = () => story.twilio.sdk.sync.v1.services(serviceSid).syncMaps
  before(async () => {
    serviceSid = (await story.engine.up(serviceType, undefined, { friendlyName: 'Wall' })).state.id
  })

  it('is made with a time to live, which is cleared; imported, deleted', async () => {
    const program = { serviceSid, uniqueName: 'queues', ttl: 3_600 }
    const { state: made } = await story.engine.up(mapType, undefined, program)
    assert.equal(made.id, `${serviceSid}/${sidOf(made)}`)
    const { dateExpires } = await maps()('queues').fetch()
    assert.ok(dateExpires)
    assert.equal((await story.engine.refresh(mapType, made))?.drift.changes, 'none')

    const forever = { serviceSid, uniqueName: 'queues' }
    const { state, step } = await story.engine.up(mapType, made, forever)
    assert.equal(step, 'update')
    assert.equal((await maps()('queues').fetch()).dateExpires, null)
    assert.deepEqual((await story.engine.import(mapType, made.id))?.inputs, forever)
    await story.engine.destroy(mapType, state)
    await assertGone(story, mapType, state)
  })

  it('shows that somebody let it live for ever', async () => {
    const program = { serviceSid, uniqueName: 'short', ttl: 3_600 }
    const { state } = await story.engine.up(mapType, undefined, program)
    await maps()('short').update({ ttl: 0 })
    const seen = await story.engine.refresh(mapType, state)
    assert.deepEqual(seen?.drift.detailed, { ttl: 'add' })
  })

  it('another name replaces it; a SID, or a taken name, is refused', async () => {
    const program = { serviceSid, uniqueName: 'agents' }
    const { state } = await story.engine.up(mapType, undefined, program)
    const other = await story.engine.diff(mapType, state, { ...program, uniqueName: 'workers' })
    assert.deepEqual(other.replaces, ['uniqueName'])
    const up = (uniqueName: string) =>
      story.engine.up(mapType, undefined, { serviceSid, uniqueName })
    await assert.rejects(up(sidOf(state)), Refused)
    await maps().create({ uniqueName: 'by hand' })
    await assert.rejects(up('by hand'), /pulumi import twilio:sync:Map it IS\w{32}\/MP\w{32}/)
  })
})
