import assert from 'node:assert/strict'
import { runnableWidgets } from '../../../../local/twilio/studio/widgets/index.ts'
import { widgets, widgetTypes } from '../../../../schemas/index.ts'
import { type LocalTwilio, startLocalTwilio } from '../../../support/local-twilio.ts'
import { definition, run, type SmallWidget, wayOf } from './execution/running-flow.ts'

const unsupported = widgetTypes.filter((type) => !runnableWidgets.has(type))
const samples: Readonly<Record<string, unknown>> = { string: 'x', array: [], boolean: true }

/** A widget of that type with what its type wants. */
function sample(type: string): SmallWidget {
  const { required = [], properties = {}, choices = {}, events = [] } = widgets[type] ?? {}
  const given = required.map((name) => [
    name,
    choices[name]?.[0] ?? samples[properties[name] ?? 'string'],
  ])
  return [type, Object.fromEntries(given), Object.fromEntries(events.map((name) => [name, null]))]
}

describe('widgets that are not run here', () => {
  let local: LocalTwilio
  before(async () => {
    local = await startLocalTwilio()
  })
  after(() => local.close())

  it('are none of those that flows commonly have', () => {
    for (const type of ['say-play', 'send-to-flex', 'start-conversation']) {
      assert.ok(!unsupported.includes(type), type)
    }
    assert.ok(unsupported.includes('capture-payments'))
    assert.ok(unsupported.includes('connect-virtual-agent-v2'))
  })

  for (const type of unsupported) {
    it(`load, and fail by name only when they are reached: ${type}`, async () => {
      const flows = local.client.studio.v2.flows
      const asIs = definition({
        which: [
          'split-based-on',
          { input: '{{flow.data.input}}' },
          { noMatch: null, 'match equal_to there': 'strange' },
        ],
        strange: sample(type),
      })
      const flow = await flows.create({
        friendlyName: type,
        status: 'published',
        definition: asIs,
      })
      assert.deepEqual((await flows(flow.sid).fetch()).definition, asIs)
      const before = local.twilio.alerts().length

      const past = await run(local, flow.sid, { input: 'elsewhere' })
      assert.deepEqual((await wayOf(past)).at(-1), 'which noMatch Ended')
      assert.equal(local.twilio.alerts().length, before)

      const reached = await run(local, flow.sid, { input: 'there' })
      assert.deepEqual((await wayOf(reached)).at(-1), 'which match strange')
      assert.equal((await reached.fetch()).status, 'ended')
      const [alert, ...more] = local.twilio.alerts().slice(before)
      assert.match(alert?.text ?? '', new RegExp(`“strange”: is a ${type}, which .* not run`))
      assert.deepEqual([alert?.code, more], [81020, []])
    })
  }
})
