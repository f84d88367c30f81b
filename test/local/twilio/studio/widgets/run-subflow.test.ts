import assert from 'node:assert/strict'
import { type LocalTwilio, startLocalTwilio } from '../../../../support/local-twilio.ts'
import { definition, ownNumber, publish, type SmallWidget } from '../execution/running-flow.ts'

const tester = '+12025550198'
const other = '+12025550199'
const tell = (value: string): Readonly<Record<string, SmallWidget>> => ({
  one: ['set-variables', { variables: [{ key: 'which', value }] }, { next: null }],
})

describe('the revision of a sub-flow', () => {
  let local: LocalTwilio
  let callee: string
  beforeEach(async () => {
    local = await startLocalTwilio()
    callee = await publish(local, tell('first'))
    await flows()(callee).update({ status: 'published', definition: definition(tell('second')) })
    await flows()(callee).update({ status: 'draft', definition: definition(tell('draft')) })
  })
  afterEach(() => local.close())

  const flows = () => local.client.studio.v2.flows
  /** What the sub-flow said to that contact, in a parent that names the revision so. */
  async function heard(flow_revision: string, contact: string, testUsers: string[] = []) {
    const parent = await publish(local, {
      sub: ['run-subflow', { flow_sid: callee, flow_revision }, { completed: null, failed: null }],
    })
    await flows()(parent).testUsers().update({ testUsers })
    const { executions } = flows()(parent)
    const { sid } = await executions.create({ to: contact, from: ownNumber })
    await local.clock.settle()
    const { context } = await executions(sid).executionContext().fetch()
    return context.widgets.sub?.which
  }

  it('is the published one, or the one that is named', async () => {
    assert.equal(await heard('LatestPublished', other), 'second')
    assert.equal(await heard('1', other), 'first')
    assert.equal(await heard('3', other), 'draft')
    assert.deepEqual(local.twilio.alerts(), [])
  })

  it('is the draft for those who test the parent, and for nobody else', async () => {
    await flows()(callee)
      .testUsers()
      .update({ testUsers: [other] })
    assert.equal(await heard('LatestDraft', tester, [tester]), 'draft')
    assert.equal(await heard('LatestDraft', other, [tester]), 'second')
  })

  it('fails when there is none', async () => {
    assert.equal(await heard('9', other), undefined)
    assert.deepEqual(
      local.twilio.alerts().map(({ code }) => code),
      [81024],
    )
  })
})
