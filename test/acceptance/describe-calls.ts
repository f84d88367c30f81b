import assert from 'node:assert/strict'
import type { TestCentre } from '../support/centre.ts'
import { createMainLine, seconds } from './main-line.ts'

/** What only one of the ways to answer has, and is looked at with it. */
export type OwnChecks = {
  /** A call that waits for an agent. */
  readonly waiting?: (centre: TestCentre, callSid: string) => Promise<void>
  /** After every test: nobody calls any more. */
  readonly over?: (centre: TestCentre) => Promise<void>
}

/** What every caller of the main line meets, whoever answers it. `create` brings a centre up, once for all of it. */
export function describeCalls(
  name: string,
  create: () => Promise<TestCentre>,
  { waiting, over }: OwnChecks = {},
): void {
  describe(name, () => {
    let centre: TestCentre
    const line = createMainLine(() => centre)
    const { caller, call, clear, hangUp, legTo, press, reset, ring, task, worker } = line

    before(async () => {
      centre = await create()
    })
    after(() => centre?.stop())

    beforeEach(reset)
    afterEach(async () => {
      await clear()
      assert.deepEqual(centre.twilio.view().tasks, [], 'no task is left behind')
      await over?.(centre)
    })

    async function dial(keys = ''): Promise<string> {
      const callSid = await ring()
      if (keys) await press(callSid, keys)
      // Silence takes the default language once the menu's five seconds are over.
      else await centre.clock.advance(seconds(5))
      return callSid
    }

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

    it('takes the other language by its key, also late', async () => {
      const callSid = await ring()
      await centre.clock.advance(seconds(3))
      assert.equal(task(), undefined)
      await press(callSid, '2')
      assert.equal(task()?.attributes['selected_language'], 'en')
      assert.equal(legTo('client:alice')?.status, 'ringing')
    })

    it('gives a choice again after a wrong key, twice, and then its default', async () => {
      const callSid = await dial('9')
      assert.equal(task(), undefined)
      for (const key of ['8', '*']) {
        await centre.clock.settle()
        await press(callSid, key)
      }
      assert.equal(task()?.attributes['selected_language'], 'en')
      await centre.clock.advance(seconds(11))
      assert.equal(task()?.workerName, 'bob')
    })

    it('takes the right key after a wrong one, and its default after silence', async () => {
      const first = await dial('9')
      await press(first, '1')
      assert.equal(task()?.attributes['selected_language'], 'es')
      await hangUp(first)
      await dial('9')
      await centre.clock.advance(seconds(4))
      assert.equal(task(), undefined)
      await centre.clock.advance(seconds(1))
      assert.equal(task()?.attributes['selected_language'], 'en')
    })

    it('carries its own attributes beside those of the menu', async () => {
      const callSid = await dial('1')
      const attributes = task()?.attributes
      assert.equal(attributes?.['call_sid'], callSid)
      assert.equal(attributes?.['from'], caller)
      assert.equal(attributes?.['direction'], 'inbound')
      await waiting?.(centre, callSid)
    })

    it('ends its task when the caller hangs up while waiting, and no phone rings on', async () => {
      const callSid = await dial()
      await hangUp(callSid)
      assert.equal(task(), undefined)
      assert.equal(legTo('client:alice'), undefined)
    })

    it('makes no task when the caller hangs up in the menu, or after a wrong key', async () => {
      await hangUp(centre.twilio.phones.call({ from: caller, to: '+12025550100' }))
      await hangUp(await ring())
      const late = await ring()
      await centre.clock.advance(seconds(3))
      await hangUp(late)
      await hangUp(await dial('9'))
      await centre.clock.advance(seconds(60))
      assert.equal(task(), undefined)
      assert.ok(centre.twilio.view().calls.every(({ endedAt }) => endedAt !== null))
    })

    it('stops ringing tier 2 when the caller hangs up there', async () => {
      const callSid = await dial()
      await centre.clock.advance(seconds(9))
      assert.equal(task()?.tier, 2)
      const rings = () => centre.twilio.view().calls.filter(({ status }) => status === 'ringing')
      assert.equal(rings().length, 1)
      await hangUp(callSid)
      assert.equal(task(), undefined)
      assert.deepEqual(rings(), [])
    })

    it('goes on to the next when an agent declines', async () => {
      for (const name of ['alice', 'bob']) {
        centre.twilio.phones.setProfile({ address: `client:${name}`, outcome: 'decline' })
      }
      await dial()
      await centre.clock.advance(seconds(20))
      assert.equal(task()?.workerName, 'diego')
      assert.equal(task()?.status, 'assigned')
    })

    it('is over for the caller when the agent hangs up', async () => {
      centre.twilio.phones.setProfile({
        address: 'client:alice',
        outcome: 'answer',
        afterSeconds: 1,
        hangUpAfterSeconds: 5,
      })
      const callSid = await dial()
      await centre.clock.advance(seconds(7))
      assert.equal(call(callSid)?.status, 'completed')
      assert.equal(task()?.status, 'wrapping')
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

    it('is offered voicemail when nobody answers anywhere, and leaves a message', async () => {
      line.letAllRing()
      const callSid = await dial('1')
      const earlier = centre.story.length
      await centre.clock.advance(seconds(8 + 20 + 300 + 2))
      const heard = () => centre.story.slice(earlier).join('\n')
      assert.match(heard(), /hears: Todos nuestros agentes están ocupados/)
      centre.twilio.phones.speak(callSid, 'Llámenme, por favor')
      await centre.clock.advance(seconds(1))
      await press(callSid, '*')
      assert.equal(call(callSid)?.status, 'completed')
      assert.equal(heard().match(/TwiML \/voicemail answered 200/g)?.length, 2)
    })

    it('ends when the caller hangs up instead of leaving a message', async () => {
      line.letAllRing()
      const callSid = await dial()
      await centre.clock.advance(seconds(8 + 20 + 300 + 2))
      assert.equal(call(callSid)?.endedAt, null)
      await hangUp(callSid)
      assert.equal(call(callSid)?.status, 'completed')
    })
  })
}
