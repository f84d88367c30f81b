import assert from 'node:assert/strict'
import fc from 'fast-check'
import { createTestClock } from '../../../../../local/clock.ts'
import { demoAccount } from '../../../../../local/demo-account.ts'
import { createTwilio, type Twilio } from '../../../../../local/twilio/index.ts'
import { contact, definition, ownNumber, type SmallWidget } from './running-flow.ts'

const { accountSid, authToken } = demoAccount
const authorization = `Basic ${Buffer.from(`${accountSid}:${authToken}`).toString('base64')}`
const base = 'http://127.0.0.1/studio.twilio.com/v2/Flows'

describe('any small flow', () => {
  let twilio: Twilio
  let clock: ReturnType<typeof createTestClock>
  beforeEach(async () => {
    clock = createTestClock()
    twilio = createTwilio({ clock, accountSid, authToken })
    const numbers = `http://127.0.0.1/2010-04-01/Accounts/${accountSid}/IncomingPhoneNumbers.json`
    await call(numbers, { PhoneNumber: ownNumber })
  })
  afterEach(() => twilio.close())

  const rest = (path: string, form?: Record<string, string>) => call(base + path, form)
  async function call(url: string, form?: Record<string, string>) {
    const body = form && new URLSearchParams(form)
    const method = form ? 'POST' : 'GET'
    const request = new Request(url, { method, headers: { authorization }, body })
    return (await twilio.fetch(request)).json()
  }

  const names = ['a', 'b', 'c', 'd'] as const
  const next = fc.option(fc.constantFrom(...names))
  const set = fc
    .tuple(
      fc.constantFrom('x', 'y'),
      fc.constantFrom('1', '{{flow.variables.x | plus: 1}}', '{{'),
      next,
    )
    .map(
      ([key, value, to]): SmallWidget => [
        'set-variables',
        { variables: [{ key, value }] },
        { next: to },
      ],
    )
  const split = fc
    .tuple(fc.constantFrom('equal_to 1', 'less_than 5', 'regex ('), next, next)
    .map(
      ([condition, yes, no]): SmallWidget => [
        'split-based-on',
        { input: '{{flow.variables.x}}' },
        { noMatch: no, [`match ${condition}`]: yes },
      ],
    )
  const wait = next.map(
    (timeout): SmallWidget => [
      'send-and-wait-for-reply',
      { from: ownNumber, body: 'Well?', timeout: '60' },
      { timeout, incomingMessage: null, deliveryFailure: null },
    ],
  )
  const say = next.map((to): SmallWidget => ['say-play', { say: 'Hi' }, { audioComplete: to }])
  const widgets = fc.record(
    Object.fromEntries(names.map((name) => [name, fc.oneof(set, split, wait, say)])),
  )

  it('comes to an end, by steps that form a chain', async () => {
    await fc.assert(
      fc.asyncProperty(widgets, async (some) => {
        const flow = await rest('', {
          FriendlyName: 'Any',
          Status: 'published',
          Definition: JSON.stringify(definition(some)),
        })
        const { sid } = await rest(`/${flow.sid}/Executions`, { To: contact, From: ownNumber })
        // The most that a thousand steps may wait.
        await clock.advance(1_000 * 60_000)
        const execution = await rest(`/${flow.sid}/Executions/${sid}`)
        const { steps } = await rest(`/${flow.sid}/Executions/${sid}/Steps?PageSize=1000`)
        const way: { transitioned_from: string; transitioned_to: string }[] = steps.reverse()
        assert.equal(execution.status, 'ended')
        assert.equal(way[0]?.transitioned_from, 'Trigger')
        for (const [index, step] of way.entries()) {
          const following = way[index + 1]
          if (following) assert.equal(following.transitioned_from, step.transitioned_to)
        }
        assert.ok(way.length <= 1_000)
      }),
      { numRuns: 12, seed: 7 },
    )
  })
})
