import assert from 'node:assert/strict'
import { type LocalTwilio, refused, startLocalTwilio } from '../../../support/local-twilio.ts'

const trigger = (next?: string) => ({
  name: 'Trigger',
  type: 'trigger',
  transitions: [{ event: 'incomingMessage' }, { event: 'incomingCall', ...(next && { next }) }],
  properties: { offset: { x: 0, y: 0 } },
})
const hello = (say: unknown) => ({
  name: 'hello',
  type: 'say-play',
  transitions: [{ event: 'audioComplete' }],
  properties: { say, loop: 1, offset: { x: 10, y: -200 } },
})
const greeting = (say: unknown = 'Good morning') => ({
  description: 'A greeting',
  states: [trigger('hello'), hello(say)],
  initial_state: 'Trigger',
  flags: { allow_concurrent_calls: true },
})

describe('Studio flows', () => {
  let local: LocalTwilio
  const flows = () => local.client.studio.v2.flows

  beforeEach(async () => {
    local = await startLocalTwilio()
  })
  afterEach(() => local.close())

  it('are created as draft or published, with an address for calls', async () => {
    const flow = await flows().create({
      friendlyName: 'Greeting',
      status: 'draft',
      definition: greeting(),
      commitMessage: 'first words',
    })
    assert.match(flow.sid, /^FW[0-9a-f]{32}$/)
    assert.deepEqual(
      [flow.status, flow.revision, flow.commitMessage, flow.valid],
      ['draft', 1, 'first words', true],
    )
    assert.deepEqual(flow.definition, greeting())
    assert.equal(
      flow.webhookUrl,
      `https://webhooks.twilio.com/v1/Accounts/${flow.accountSid}/Flows/${flow.sid}`,
    )
    const [listed] = await flows().list()
    assert.deepEqual([listed?.friendlyName, listed?.definition], ['Greeting', null])
  })

  it('gain a revision with every save, and keep what was not sent', async () => {
    const { sid } = await flows().create({
      friendlyName: 'Greeting',
      status: 'published',
      definition: greeting(),
      commitMessage: 'first words',
    })
    await flows()(sid).update({ status: 'draft', definition: greeting('Good evening') })
    const latest = await flows()(sid).update({ status: 'draft' })
    assert.deepEqual(
      [latest.revision, latest.friendlyName, latest.commitMessage],
      [3, 'Greeting', null],
    )
    assert.deepEqual(latest.definition, greeting('Good evening'))
    // The SDK cannot read a list of revisions.
    const response = await local.client.request({
      method: 'get',
      uri: `https://studio.twilio.com/v2/Flows/${sid}/Revisions`,
    })
    const { revisions } = response.body as {
      revisions: { revision: number; status: string }[]
    }
    assert.deepEqual(
      revisions.map(({ revision, status }) => [revision, status]),
      [
        [3, 'draft'],
        [2, 'draft'],
        [1, 'published'],
      ],
    )
  })

  it('name revisions by number and by what they are the latest of', async () => {
    const { sid } = await flows().create({
      friendlyName: 'Greeting',
      status: 'draft',
      definition: greeting(),
    })
    const revision = (name: string) => flows()(sid).revisions(name).fetch()
    await assert.rejects(revision('LatestPublished'), refused(404, 20404, /LatestPublished/))
    await flows()(sid).update({ status: 'published' })
    await flows()(sid).update({ status: 'draft' })
    assert.equal((await revision('LatestPublished')).revision, 2)
    assert.equal((await revision('LatestRevision')).revision, 3)
    assert.deepEqual((await revision('1')).definition, greeting())
    await assert.rejects(revision('4'), refused(404, 20404, /Revisions\/4/))
    await assert.rejects(revision('Newest'), refused(400, 81021, /LatestPublished/))
  })

  it('are refused with all faults at once, and nothing is saved', async () => {
    const broken = { ...greeting(42), initial_state: 'Start' }
    const create = flows().create({ friendlyName: 'A', status: 'draft', definition: broken })
    await assert.rejects(create, (error: { code: number; details: unknown }) => {
      assert.equal(error.code, 81022)
      assert.deepEqual(error.details, {
        errors: [
          { message: 'must match a widget name', property_path: '#/initial_state' },
          {
            message: 'integer found, string expected',
            property_path: '#/states/1/properties/say',
          },
        ],
        warnings: [],
      })
      return true
    })
    assert.deepEqual(await flows().list(), [])
    const validate = (definition: unknown) =>
      local.client.studio.v2.flowValidate.update({
        friendlyName: 'A',
        status: 'published',
        definition,
      })
    await assert.rejects(validate(broken), refused(400, 81022, /validation failed/))
    assert.equal((await validate(greeting())).valid, true)
  })

  it('need a name, a status and JSON', async () => {
    const create = (definition: unknown, status = 'draft') =>
      flows().create({ friendlyName: 'A', status: status as 'draft', definition })
    await assert.rejects(create('{'), refused(400, 20001, /not valid JSON/))
    await assert.rejects(create(greeting(), 'live'), refused(400, 20001, /Status must be one of/))
  })

  it('are removed', async () => {
    const { sid } = await flows().create({
      friendlyName: 'Greeting',
      status: 'draft',
      definition: greeting(),
    })
    assert.equal(await flows()(sid).remove(), true)
    await assert.rejects(flows()(sid).fetch(), refused(404, 20404, /\/Flows\/FW/))
    await assert.rejects(flows()(sid).revisions.list(), refused(404, 20404, /\/Flows\/FW/))
  })

  it('have test users, for whom the newest draft runs', async () => {
    const definition = greeting()
    const { sid } = await flows().create({
      friendlyName: 'Greeting',
      status: 'published',
      definition,
    })
    await flows()(sid).update({ status: 'draft', definition })
    const testUsers = ['+12025550123', '+12025550124']
    await flows()(sid).testUsers().update({ testUsers })
    assert.deepEqual((await flows()(sid).testUsers().fetch()).testUsers, testUsers)
    const revisionFor = async (to: string) => {
      await flows()(sid).executions.create({ to, from: '+12025550100' })
      const [latest] = await local.client
        .request({
          method: 'get',
          uri: `https://studio.twilio.com/v2/Flows/${sid}/Executions`,
        })
        .then(({ body }) => body.executions)
      return latest.flow_version
    }
    assert.equal(await revisionFor('+12025550123'), 2)
    assert.equal(await revisionFor('+12025550199'), 1)
  })
})
