import assert from 'node:assert/strict'
import { type LocalTwilio, startLocalTwilio } from '../../../support/local-twilio.ts'
import { ownNumber, publish, run, type SmallWidget, wayOf } from './execution/running-flow.ts'

describe('flows of more than two thousand widgets', () => {
  let local: LocalTwilio
  beforeEach(async () => {
    local = await startLocalTwilio()
    await local.client.incomingPhoneNumbers.create({ phoneNumber: ownNumber })
  })
  afterEach(() => local.close())

  const alerts = () => local.twilio.alerts().map(({ code, text }) => `${code} ${text}`)
  const set: SmallWidget = ['set-variables', { variables: [] }, { next: null }]
  const many = (count: number) =>
    Object.fromEntries(Array.from({ length: count }, (_, index) => [`w${index}`, set]))
  const sub = (flow_sid: string, next: string | null): SmallWidget => [
    'run-subflow',
    { flow_sid, flow_revision: 'LatestPublished' },
    { completed: next, failed: null },
  ]

  it('are saved with a warning, and fail when they run', async () => {
    const fits = await publish(local, many(1_999))
    assert.equal((await wayOf(await run(local, fits))).length, 2)
    assert.deepEqual(alerts(), [])
    const flowSid = await publish(local, many(2_000))
    const { warnings } = await local.client.studio.v2.flows(flowSid).fetch()
    assert.match(warnings[0].message, /^2001 widgets/)
    const execution = await run(local, flowSid)
    assert.deepEqual(await wayOf(execution), [])
    assert.equal((await execution.fetch()).status, 'ended')
    assert.match(alerts().join('\n'), /^81025 .*FW.*\n81026 .*2001 widgets/)
  })

  it('are also those that come to it with their sub-flows, counted at each use', async () => {
    const callee = await publish(local, many(665))
    const three = { a: sub(callee, 'b'), b: sub(callee, 'c'), c: sub(callee, null) }
    // 1 trigger, 3 sub-flows of 666 each and the widgets that run them: 2,002.
    const flowSid = await publish(local, three)
    assert.match(alerts()[0] ?? '', /^81025 .*2002 widgets/)
    await run(local, flowSid)
    assert.match(alerts()[1] ?? '', /^81026 .*2002 widgets/)
    const two = await publish(local, { a: sub(callee, 'b'), b: sub(callee, null) })
    assert.equal((await wayOf(await run(local, two))).length, 7)
    assert.equal(alerts().length, 2)
  })
})
