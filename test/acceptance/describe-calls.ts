import assert from 'node:assert/strict'
import type { TestCentre } from '../support/centre.ts'

const caller = '+12025550123'
const seconds = (count: number) => count * 1_000

/**
 * What every caller of the main line meets, whoever answers it: `create` brings a centre up, once for all of it, and `check` looks at
 * a call that waited for an agent.
 */
export function describeCalls(
  name: string,
  create: () => Promise<TestCentre>,
  check?: (centre: TestCentre, callSid: string) => Promise<void>,
): void {
  describe(name, () => {
    let centre: TestCentre

    before(async () => {
      centre = await create()
    })
    after(() => centre?.stop())

    /** Everybody free and at the start; the phones as the stack declares them. */
    beforeEach(async () => {
      const { workspaceSid } = await outputs()
      const workspace = centre.sdk.taskrouter.v1.workspaces(workspaceSid)
      const { activities, workers } = centre.twilio.view()
      const available = activities.find(({ friendlyName }) => friendlyName === 'Available')
      for (const { sid } of workers) {
        await workspace.workers(sid).update({ activitySid: available?.sid })
      }
      for (const profile of centre.deployment()?.phoneProfiles ?? []) {
        centre.twilio.phones.setProfile(profile)
      }
    })
    afterEach(async () => {
      for (const call of centre.twilio.view().calls) {
        if (call.endedAt === null) centre.twilio.phones.hangUp(call.sid)
      }
      await centre.clock.advance(seconds(60))
      assert.deepEqual(centre.twilio.view().tasks, [], 'no task is left behind')
    })

    async function outputs(): Promise<{ readonly workspaceSid: string }> {
      const { workspaceSid } = await centre.engine.outputs()
      return { workspaceSid: String(workspaceSid) }
    }
    async function dial(keys = ''): Promise<string> {
      const callSid = centre.twilio.phones.call({ from: caller, to: '+12025550100' })
      await centre.clock.settle()
      if (keys) centre.twilio.phones.press(callSid, keys)
      // Silence takes the default language once the menu's five seconds are over.
      await centre.clock.advance(keys ? 0 : seconds(5))
      return callSid
    }
    const task = () => centre.twilio.view().tasks[0]
    const worker = (name: string) =>
      centre.twilio.view().workers.find(({ friendlyName }) => friendlyName === name)
    const legTo = (address: string) =>
      centre.twilio.view().calls.find(({ to, endedAt }) => to === address && endedAt === null)

    it('is answered in tier 1 when the first line picks up', async () => {
      centre.twilio.phones.setProfile({
        address: 'client:alice',
        outcome: 'answer',
        afterSeconds: 2,
      })
      await dial()
      await centre.clock.advance(seconds(2))
      assert.equal(task()?.status, 'assigned')
      assert.equal(task()?.workerName, 'alice')
      assert.equal(task()?.tier, 1)
    })

    it('falls to tier 2 when tier 1 lets it ring, and is answered there', async () => {
      await dial()
      assert.equal(task()?.tier, 1)
      assert.equal(legTo('client:alice')?.status, 'ringing')
      await centre.clock.advance(seconds(8))
      assert.equal(task()?.tier, 2)
      assert.equal(task()?.priority, 5)
      assert.equal(legTo('client:alice'), undefined, 'the first phone stops ringing')
      await centre.clock.advance(seconds(3))
      assert.equal(task()?.workerName, 'bob')
      assert.equal(task()?.status, 'assigned')
    })

    it('goes to those who speak the language that the caller chose', async () => {
      await dial('1')
      assert.equal(task()?.attributes['selected_language'], 'es')
      assert.equal(legTo('client:carmen')?.status, 'ringing')
      await centre.clock.advance(seconds(11))
      assert.equal(task()?.workerName, 'diego')
    })

    it('gives a choice again after a wrong key, twice, and then its default', async () => {
      const callSid = await dial('9')
      assert.equal(task(), undefined)
      for (const _ of [1, 2]) {
        await centre.clock.settle()
        centre.twilio.phones.press(callSid, '8')
        await centre.clock.advance(0)
      }
      assert.equal(task()?.attributes['selected_language'], 'en')
      await centre.clock.advance(seconds(11))
      assert.equal(task()?.workerName, 'bob')
    })

    it('carries its own attributes beside those of the menu', async () => {
      const callSid = await dial('1')
      const attributes = task()?.attributes
      assert.equal(attributes?.['call_sid'], callSid)
      assert.equal(attributes?.['from'], caller)
      assert.equal(attributes?.['direction'], 'inbound')
      await check?.(centre, callSid)
    })

    it('ends its task when the caller hangs up while waiting, and no phone rings on', async () => {
      const callSid = await dial()
      centre.twilio.phones.hangUp(callSid)
      await centre.clock.settle()
      assert.equal(task(), undefined)
      assert.equal(legTo('client:alice'), undefined)
    })

    it('frees the agent after wrap-up, who then gets the next call', async () => {
      centre.twilio.phones.setProfile({
        address: 'client:alice',
        outcome: 'answer',
        afterSeconds: 1,
      })
      const first = await dial()
      await centre.clock.advance(seconds(1))
      centre.twilio.phones.hangUp(first)
      await centre.clock.advance(seconds(1))
      assert.equal(worker('alice')?.activityName, 'Wrap-Up')
      assert.equal(task()?.status, 'wrapping')
      await centre.clock.advance(seconds(10))
      assert.equal(worker('alice')?.activityName, 'Available')
      await dial()
      await centre.clock.advance(seconds(1))
      assert.equal(task()?.workerName, 'alice')
      assert.equal(task()?.status, 'assigned')
    })

    it('is offered voicemail when nobody answers anywhere', async () => {
      for (const name of ['alice', 'bob', 'carmen', 'diego']) {
        centre.twilio.phones.setProfile({ address: `client:${name}`, outcome: 'let-ring' })
      }
      const callSid = await dial()
      await centre.clock.advance(seconds(8 + 20 + 300 + 60))
      const call = centre.twilio.view().calls.find(({ sid }) => sid === callSid)
      const heard = centre.story.join('\n')
      assert.match(heard, /leave a message/i)
      assert(!call || call.endedAt === null || call.status === 'completed')
    })
  })
}
