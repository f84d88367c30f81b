import assert from 'node:assert/strict'
import { demoAccount } from '../../../local/demo-account.ts'
import { listingOf, parentOf } from '../../../provider/listing/list.ts'
import { resourceOf, resources } from '../../../provider/resources.ts'
import { centre, type Stack, upCentre } from '../engine/centre.ts'
import { useTwilio } from '../engine/story.ts'
import { unknown } from '../engine/wire.ts'

const queueType = 'twilio:taskrouter:TaskQueue'

describe('List', () => {
  const story = useTwilio()
  let stack: Stack = {}
  before(async () => {
    stack = (await upCentre(story.engine)).stack
  })

  it('finds every object of a centre by the id that imports it', async () => {
    for (const { name, type } of centre) {
      const { objects } = await story.engine.list(type)
      assert.ok(
        objects.some(({ id }) => id === stack[name]?.id),
        `${name} is not among ${JSON.stringify(objects)}`,
      )
    }
  })

  it('names them as people do', async () => {
    const queues = await story.engine.list(queueType)
    assert.deepEqual(queues.objects.map(({ name }) => name).sort(), ['Anyone', 'Spanish'])
    const channels = await story.engine.list('twilio:taskrouter:TaskChannel')
    assert.ok(channels.objects.some(({ name }) => name === 'post'))
    const numbers = await story.engine.list('twilio:phoneNumbers:IncomingPhoneNumber')
    assert.ok(numbers.objects.some(({ name }) => name === '+12025550100'))
  })

  it('leaves out what came with a workspace as it is, when asked to', async () => {
    const query = { untouched: false }
    const activities = await story.engine.list('twilio:taskrouter:Activity', { query })
    assert.deepEqual(
      activities.objects.map(({ name }) => name),
      ['Wrap-Up'],
    )
    const channels = await story.engine.list('twilio:taskrouter:TaskChannel', { query })
    // “voice” is called “Voice calls” here.
    assert.deepEqual(channels.objects.map(({ name }) => name).sort(), ['post', 'voice'])
    const defaults = await story.engine.list('twilio:taskrouter:WorkspaceDefaults', { query })
    assert.equal(defaults.objects.length, 1)
  })

  it('goes over all workspaces, or over the one that the query names', async () => {
    const other = await story.twilio.sdk.taskrouter.v1.workspaces.create({ friendlyName: 'Other' })
    await story.twilio.sdk.taskrouter.v1
      .workspaces(other.sid)
      .taskQueues.create({ friendlyName: 'Elsewhere' })
    const all = await story.engine.list(queueType)
    assert.deepEqual(all.objects.map(({ name }) => name).sort(), ['Anyone', 'Elsewhere', 'Spanish'])
    const query = { workspaceSid: other.sid }
    const some = await story.engine.list(queueType, { query })
    assert.deepEqual(
      some.objects.map(({ name }) => name),
      ['Elsewhere'],
    )
    const defaults = await story.engine.list('twilio:taskrouter:WorkspaceDefaults', { query })
    assert.deepEqual(
      defaults.objects.map(({ id }) => id),
      [other.sid],
    )
  })

  it('gives as much as is asked for, and goes on where it stood', async () => {
    const all = (await story.engine.list('twilio:taskrouter:Activity')).objects
    const seen: string[] = []
    let from: string | undefined
    do {
      const part = await story.engine.list('twilio:taskrouter:Activity', { pageSize: 2, from })
      assert.ok(part.objects.length <= 2)
      seen.push(...part.objects.map(({ id }) => id))
      from = part.next
    } while (from !== undefined)
    assert.deepEqual(
      seen,
      all.map(({ id }) => id),
    )
    const limited = await story.engine.list('twilio:taskrouter:Activity', { limit: 1 })
    assert.equal(limited.objects.length, 1)
  })

  it('asks Twilio a page at a time, as large as Twilio gives', async () => {
    story.twilio.forget()
    await story.engine.list('twilio:taskrouter:Workspace')
    assert.deepEqual(
      story.twilio.requests().map(({ path }) => path),
      ['/taskrouter.twilio.com/v1/Workspaces?PageSize=1000'],
    )
  })

  it('has no answer yet for a query that is not known yet', async () => {
    const answer = await story.engine.list(queueType, { query: { workspaceSid: unknown } })
    assert.deepEqual(answer, { objects: [], next: undefined, computed: true })
  })

  it('refuses what it can’t understand, with what it takes', async () => {
    await assert.rejects(
      story.engine.list(queueType, { query: { workspace: 'WS1' } }),
      /workspace is not known here; there are workspaceSid, sid, untouched/,
    )
    await assert.rejects(
      story.engine.list(queueType, { from: 'x' }),
      /none that an earlier list gave/,
    )
    await assert.rejects(
      story.engine.list('twilio:a:B'),
      /There is no resource twilio:a:B; there are twilio:taskrouter:Workspace, /,
    )
    await assert.rejects(
      story.engine.list(queueType, { query: { workspaceSid: demoAccount.accountSid } }),
      /404/,
    )
  })
})

describe('resourceOf', () => {
  it('names the type that was probably meant', () => {
    const meant = {
      'twilio:taskrouter:Taskqueu': 'twilio:taskrouter:TaskQueue',
      'twilio:routing:Flow': 'twilio:studio:Flow',
      'twilio:syncs:Service': 'twilio:sync:Service',
      'twilio:conversation:Service': 'twilio:conversations:Service',
    }
    for (const [type, token] of Object.entries(meant)) {
      assert.throws(() => resourceOf(type), {
        message: `There is no resource ${type}; did you mean ${token}?`,
      })
    }
  })
})

describe('listingOf', () => {
  it('knows how every resource is listed, or why it can’t be', () => {
    for (const resource of resources) {
      if (resource.listing?.kind === 'none') assert.ok(resource.listing.reason)
      else assert.ok(listingOf(resource), resource.token)
    }
  })

  it('finds the parent of everything that lies in one', () => {
    for (const resource of resources) {
      const inner = [...resource.collection.matchAll(/\{(\w+)\}/g)].map(([, name]) => name)
      if (listingOfOrNone(resource) !== 'rows' || inner.every((name) => name === 'accountSid')) {
        continue
      }
      assert.ok(parentOf(resource), `${resource.token}: nothing lists its parents`)
    }
  })
})

function listingOfOrNone(resource: (typeof resources)[number]): string {
  return resource.listing?.kind === 'none' ? 'none' : listingOf(resource).kind
}
