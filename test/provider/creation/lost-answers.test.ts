import assert from 'node:assert/strict'
import { demoAccount } from '../../../local/demo-account.ts'
import { destroyCentre, type Stack, upCentre } from '../engine/centre.ts'
import { type Engine, startEngine } from '../engine/engine.ts'
import { type Fault, type FaultyTwilio, startFaultyTwilio } from '../engine/faulty-twilio.ts'
import { messageLists } from '../engine/messages.ts'

const account = `2010-04-01/Accounts/${demoAccount.accountSid}`
// Far enough apart that what one led to is over before the next; the runs begin at each request in turn.
const apart = 12

describe('a request that goes wrong anywhere in an up or a destroy', () => {
  it('reset before it is carried out, makes nothing twice and loses nothing', () =>
    everywhere('reset before'))

  it('reset after it was carried out, makes nothing twice and loses nothing', () =>
    everywhere('reset after'))

  it('answered with 500 after it was carried out, makes nothing twice and loses nothing', () =>
    everywhere('500 after'))

  it('answered with a plain 503, makes nothing twice and loses nothing', () => everywhere('503'))
})

/** Runs ups and destroys until each request of either has gone wrong. */
async function everywhere(fault: Fault): Promise<void> {
  const firsts = Array.from({ length: apart }, (_, i) => i + 1)
  await Promise.all(
    firsts.map((first) =>
      run(first, fault).catch((error: unknown) => {
        const which = `request ${first} and each ${apart}th after it`
        throw new Error(`${which}, ${fault}: ${String(error)}`, { cause: error })
      }),
    ),
  )
}

/** One up and one destroy with requests that go wrong in each. */
async function run(first: number, fault: Fault): Promise<void> {
  const twilio = await startFaultyTwilio()
  const engine = await startEngine(twilio.url)
  try {
    twilio.arm(first, fault, apart)
    const { stack } = await upCentre(engine)
    twilio.arm()
    await assertOneOfEach(twilio, stack)
    await assertQuiet(twilio, engine, stack)
    twilio.arm(first, fault, apart)
    await destroyCentre(engine, stack)
    await assertNothingLeft(twilio)
  } finally {
    engine.close()
    await twilio.close()
  }
}

async function assertOneOfEach(twilio: FaultyTwilio, stack: Stack): Promise<void> {
  const [workspace, ...others] = await twilio.rows('v1/Workspaces', 'workspaces')
  assert.equal(workspace?.['sid'], stack['workspace']?.id)
  assert.deepEqual(others, [])
  const folder = `v1/Workspaces/${workspace?.['sid']}`
  const sids = (list: readonly Readonly<Record<string, unknown>>[]) =>
    list.map(({ sid }) => String(sid)).sort()
  const kept = (...names: string[]) => names.map((name) => String(stack[name]?.outputs['sid']))
  const activities = await twilio.rows(`${folder}/Activities`, 'activities')
  assert.equal(activities.length, 4)
  assert.ok(sids(activities).includes(kept('wrap-up')[0] ?? ''))
  const channels = await twilio.rows(`${folder}/TaskChannels`, 'channels')
  assert.equal(channels.length, 6)
  assert.deepEqual(sids(await twilio.rows(`${folder}/Workers`, 'workers')), kept('alice'))
  assert.deepEqual(
    sids(await twilio.rows(`${folder}/TaskQueues`, 'task_queues')),
    kept('spanish', 'anyone').sort(),
  )
  assert.deepEqual(sids(await twilio.rows(`${folder}/Workflows`, 'workflows')), kept('calls'))
  assert.deepEqual(sids(await twilio.rows('studio.twilio.com/v2/Flows', 'flows')), kept('menu'))
  const applications = await twilio.rows(`${account}/Applications.json`, 'applications')
  assert.deepEqual(sids(applications), kept('app'))
  assert.deepEqual(sids(await numbers(twilio)), kept('main', 'branch').sort())
  assert.deepEqual(await messageSids(twilio), [
    ...kept('desk-key', 'office', 'reminders', 'outreach', 'texts', 'wall'),
  ])
  const serviceOf = (name: string) => String(stack[name]?.id)
  const senders = `messaging.twilio.com/v1/Services/${serviceOf('reminders')}/PhoneNumbers`
  assert.deepEqual(sids(await twilio.rows(senders, 'phone_numbers')), kept('main'))
  const maps = `sync.twilio.com/v1/Services/${serviceOf('wall')}/Maps`
  assert.deepEqual(sids(await twilio.rows(maps, 'maps')), kept('queues'))
}

/** What there is for messages, without what an account comes with. */
async function messageSids(twilio: FaultyTwilio): Promise<readonly string[]> {
  const found = await Promise.all(messageLists.map(([path, key]) => twilio.rows(path, key)))
  return found
    .flat()
    .filter((row) => !/^Default/.test(String(row['friendly_name'])))
    .map(({ sid }) => String(sid))
}

async function assertQuiet(twilio: FaultyTwilio, engine: Engine, stack: Stack): Promise<void> {
  const { steps } = await upCentre(engine, stack)
  assert.deepEqual([...new Set(steps)], ['same'])
  assert.equal(twilio.count().writes, 0)
}

async function assertNothingLeft(twilio: FaultyTwilio): Promise<void> {
  assert.deepEqual(await twilio.rows('v1/Workspaces', 'workspaces'), [])
  assert.deepEqual(await twilio.rows(`${account}/Applications.json`, 'applications'), [])
  assert.deepEqual(await twilio.rows('studio.twilio.com/v2/Flows', 'flows'), [])
  assert.deepEqual(await messageSids(twilio), [])
  const [kept, ...released] = await numbers(twilio)
  assert.equal(kept?.['phone_number'], '+12025550100')
  assert.equal(kept?.['voice_url'] || null, null)
  assert.deepEqual(released, [])
}

function numbers(twilio: FaultyTwilio) {
  return twilio.rows(`${account}/IncomingPhoneNumbers.json`, 'incoming_phone_numbers')
}
