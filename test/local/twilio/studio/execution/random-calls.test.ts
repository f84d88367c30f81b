import assert from 'node:assert/strict'
import fc from 'fast-check'
import { startLocalTwilio } from '../../../../support/local-twilio.ts'
import { dial, type SmallWidget, wayOf } from './running-flow.ts'

const agent = '+12025550177'
const names = ['a', 'b', 'c', 'd'] as const
const next = fc.option(fc.constantFrom(...names))
const widget = (
  type: string,
  properties: Readonly<Record<string, unknown>>,
  ...exits: string[]
): fc.Arbitrary<SmallWidget> =>
  fc
    .record(Object.fromEntries(exits.map((exit) => [exit, next])))
    .map((ways) => [type, properties, ways])

const any = fc.oneof(
  widget('say-play', { say: 'Hi' }, 'audioComplete'),
  widget(
    'gather-input-on-call',
    { say: 'Key?', timeout: 5, number_of_digits: 1 },
    ...['keypress', 'speech', 'timeout'],
  ),
  widget('connect-call-to', { noun: 'number', to: agent, timeout: 10 }, 'callCompleted', 'hangup'),
  widget(
    'record-voicemail',
    { timeout: 3, max_length: 20, finish_on_key: '#' },
    ...['recordingComplete', 'noAudio', 'hangup'],
  ),
  widget(
    'enqueue-call',
    { queue_name: 'all' },
    ...['callComplete', 'failedToEnqueue', 'callFailure'],
  ),
  widget('record-call', { record_call: true }, 'success', 'failed'),
  widget('set-variables', { variables: [{ key: 'x', value: '1' }] }, 'next'),
  widget('make-http-request', { url: 'nowhere' }, 'success', 'failed'),
)
const flow = fc.record(Object.fromEntries(names.map((name) => [name, any])))
const deed = fc.oneof(
  fc.integer({ min: 0, max: 12_000 }).map((ms) => ({ kind: 'wait', ms }) as const),
  fc.constantFrom('1', '#', '2').map((keys) => ({ kind: 'press', keys }) as const),
  fc.constant({ kind: 'speak' } as const),
)
const outcome = fc.constantFrom('answer', 'busy', 'let-ring', 'unreachable')

describe('any small flow on a call', () => {
  it('leaves nothing behind once the caller has hung up, and takes steps that form a chain', async () => {
    await fc.assert(
      fc.asyncProperty(flow, fc.array(deed, { maxLength: 8 }), outcome, async (some, deeds, is) => {
        const local = await startLocalTwilio({ sayMsPerCharacter: 50 })
        const { phones } = local.twilio
        phones.setProfile({ address: agent, outcome: is, afterSeconds: 1, hangUpAfterSeconds: 7 })
        const { callSid, execution } = await dial(local, some)
        const isLive = () =>
          local.twilio.view().calls.some(({ sid, endedAt }) => sid === callSid && endedAt === null)
        for (const each of deeds) {
          if (!isLive()) break
          if (each.kind === 'wait') await local.clock.advance(each.ms)
          else if (each.kind === 'press') phones.press(callSid, each.keys)
          else phones.speak(callSid, 'Sales')
        }
        if (isLive()) phones.hangUp(callSid)
        await local.clock.advance(60_000)
        const live = local.twilio.view().calls.filter(({ endedAt }) => endedAt === null)
        const alerts = local.twilio.alerts().map(({ code }) => code)
        const { status } = await execution.fetch()
        const ways = (await wayOf(execution)).map((way) => way.split(' '))
        await local.close()
        assert.deepEqual([live, status], [[], 'ended'])
        assert.deepEqual(
          alerts.filter((code) => ![81000, 81001, 81002, 81014, 81020].includes(code)),
          [],
        )
        for (const [index, [from]] of ways.entries()) {
          assert.equal(from, index === 0 ? 'Trigger' : ways[index - 1]?.[2])
        }
      }),
      { numRuns: 15, seed: 3 },
    )
  })
})
