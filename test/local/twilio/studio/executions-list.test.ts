import assert from 'node:assert/strict'
import { type LocalTwilio, refused, startLocalTwilio } from '../../../support/local-twilio.ts'
import { contact, ownNumber, publish, type SmallWidget } from './execution/running-flow.ts'

const set = (next: string | null): SmallWidget => [
  'set-variables',
  { variables: [{ key: 'a', value: '1' }] },
  { next },
]

describe('the list of executions', () => {
  let local: LocalTwilio
  let flowSid: string
  let startedAt: number
  /** Three executions, a minute apart: the first two have ended. */
  let sids: readonly string[]
  beforeEach(async () => {
    local = await startLocalTwilio()
    await local.client.incomingPhoneNumbers.create({ phoneNumber: ownNumber })
    const wait: SmallWidget = [
      'send-and-wait-for-reply',
      { from: ownNumber, body: 'Well?', timeout: '3600' },
      {},
    ]
    const which: SmallWidget = [
      'split-based-on',
      { input: '{{flow.data.wait}}' },
      { noMatch: 'one', 'match equal_to yes': 'wait' },
    ]
    flowSid = await publish(local, { which, one: set('two'), two: set(null), wait })
    startedAt = local.clock.now()
    sids = [await start('no'), await start('no'), await start('yes')]
  })
  afterEach(() => local.close())

  const executions = () => local.client.studio.v2.flows(flowSid).executions
  async function start(wait: string) {
    const { sid } = await executions().create({
      to: contact,
      from: ownNumber,
      parameters: { wait },
    })
    await local.clock.advance(60_000)
    return sid
  }
  const at = (minutes: number) => new Date(startedAt + minutes * 60_000)
  const listed = async (filter: object) =>
    (await executions().list(filter)).map(({ sid }) => sids.indexOf(sid))

  it('is the newest first, and one of those that began in a span of time', async () => {
    assert.deepEqual(await listed({}), [2, 1, 0])
    assert.deepEqual(await listed({ dateCreatedFrom: at(1) }), [2, 1])
    assert.deepEqual(await listed({ dateCreatedTo: at(1) }), [0])
    assert.deepEqual(await listed({ dateCreatedFrom: at(1), dateCreatedTo: at(2) }), [1])
    assert.deepEqual(await listed({ dateCreatedFrom: at(3) }), [])
  })

  it('is one of those that are active, or have ended', async () => {
    assert.deepEqual(await listed({ status: 'active' }), [2])
    assert.deepEqual(await listed({ status: 'ended' }), [1, 0])
    assert.deepEqual(await listed({ status: 'ended', dateCreatedFrom: at(1) }), [1])
  })

  it('refuses what is no date and no status', async () => {
    const get = (query: string) =>
      local.client.request({
        method: 'get',
        uri: `https://studio.twilio.com/v2/Flows/${flowSid}/Executions?${query}`,
      })
    for (const query of ['DateCreatedFrom=yesterday', 'Status=over']) {
      const { statusCode, body } = await get(query)
      assert.deepEqual([statusCode, body.code], [400, 20001], query)
    }
  })

  it('has a page of as many as are asked for', async () => {
    const first = await executions().page({ pageSize: 2 })
    assert.deepEqual(
      first.instances.map(({ sid }) => sid),
      [sids[2], sids[1]],
    )
    const second = await first.nextPage()
    assert.deepEqual(
      second?.instances.map(({ sid }) => sid),
      [sids[0]],
    )
    assert.equal(await second?.nextPage(), undefined)
  })

  it('leads to steps, each with its type, what it left and where it went, and its context', async () => {
    const execution = executions()(sids[0] ?? '')
    const steps = await execution.steps.list()
    assert.deepEqual(
      steps.map(({ transitionedFrom, name, transitionedTo }) => [
        transitionedFrom,
        name,
        transitionedTo,
      ]),
      [
        ['two', 'next', 'Ended'],
        ['one', 'next', 'two'],
        ['which', 'noMatch', 'one'],
        ['Trigger', 'incomingRequest', 'which'],
      ],
    )
    const [last] = steps
    const { body } = await local.client.request({
      method: 'get',
      uri: `https://studio.twilio.com/v2/Flows/${flowSid}/Executions/${sids[0]}/Steps/${last?.sid}`,
    })
    const url = `https://studio.twilio.com/v2/Flows/${flowSid}/Executions/${sids[0]}/Steps/${last?.sid}`
    assert.deepEqual(body, {
      sid: last?.sid,
      account_sid: last?.accountSid,
      flow_sid: flowSid,
      execution_sid: sids[0],
      parent_step_sid: null,
      name: 'next',
      context: {},
      transitioned_from: 'two',
      transitioned_to: 'Ended',
      type: 'set-variables',
      date_created: body.date_created,
      date_updated: null,
      url,
      links: { step_context: `${url}/Context` },
    })
    const page = await execution.steps.page({ pageSize: 1 })
    assert.equal((await page.nextPage())?.instances[0]?.transitionedFrom, 'one')
  })

  it('has no step of another execution, and no execution of another flow', async () => {
    const [step] = await executions()(sids[0] ?? '').steps.list()
    const other = executions()(sids[1] ?? '').steps(step?.sid ?? '')
    await assert.rejects(other.fetch(), refused(404, 20404, /Steps/))
    await assert.rejects(other.stepContext().fetch(), refused(404, 20404, /Context/))
    const stranger = await publish(local, { one: set(null) })
    const through = local.client.studio.v2.flows(stranger).executions(sids[0] ?? '')
    await assert.rejects(through.fetch(), refused(404, 20404, /Executions/))
    await assert.rejects(through.executionContext().fetch(), refused(404, 20404, /Context/))
    assert.deepEqual(await local.client.studio.v2.flows(stranger).executions.list(), [])
  })
})
