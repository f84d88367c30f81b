import assert from 'node:assert/strict'
import { Refused } from './engine/engine.ts'
import { useTwilio } from './engine/story.ts'
import { type Properties, unknown } from './engine/wire.ts'

const workspaceSid = `WS${'a'.repeat(32)}`
const queue = `WQ${'b'.repeat(32)}`

describe('a check', () => {
  const story = useTwilio()

  /** Where the inputs are refused, with the reasons. */
  async function refusals(type: string, news: Properties): Promise<Record<string, string>> {
    try {
      await story.engine.check(type, {}, news)
      return {}
    } catch (error) {
      if (!(error instanceof Refused)) throw error
      return Object.fromEntries(error.failures.map(({ property, reason }) => [property, reason]))
    }
  }

  const routing = (filter: object) => ({
    task_routing: { filters: [{ targets: [{ queue }], ...filter }] },
  })

  it('shows where a workflow’s expression breaks, also while its workspace is unknown', async () => {
    const found = await refusals('twilio:taskrouter:Workflow', {
      workspaceSid: unknown,
      friendlyName: 'Calls',
      configuration: routing({ expression: 'topic === "billing"' }),
    })
    const [path = ''] = Object.keys(found)
    assert.equal(path, 'configuration.task_routing.filters[0].expression')
    assert.match(found[path] ?? '', /line 1, column 9/)
    assert.match(found[path] ?? '', /\^/)
  })

  it('refuses a filter behind a catch-all, by its place', async () => {
    const found = await refusals('twilio:taskrouter:Workflow', {
      workspaceSid,
      friendlyName: 'Calls',
      configuration: {
        task_routing: {
          filters: [
            { expression: '1==1', targets: [{ queue }] },
            { expression: 'topic == "billing"', targets: [{ queue }] },
          ],
        },
      },
    })
    assert.deepEqual(Object.keys(found), ['configuration.task_routing.filters[1]'])
    assert.match(Object.values(found)[0] ?? '', /move it before filters\[0\]/)
  })

  it('names a property of a configuration that has the wrong shape', async () => {
    const found = await refusals('twilio:taskrouter:Workflow', {
      workspaceSid,
      friendlyName: 'Calls',
      configuration: routing({ expression: '1==1', targets: [] }),
    })
    assert.deepEqual(Object.keys(found), ['configuration.task_routing.filters[0].targets'])
  })

  it('refuses a queue whose expression breaks', async () => {
    const found = await refusals('twilio:taskrouter:TaskQueue', {
      workspaceSid: unknown,
      friendlyName: 'Spanish',
      targetWorkers: 'languages HAS es-MX',
    })
    assert.deepEqual(Object.keys(found), ['targetWorkers'])
    assert.match(found['targetWorkers'] ?? '', /\^/)
  })

  it('refuses what is too long', async () => {
    const name = await refusals('twilio:taskrouter:Workspace', { friendlyName: 'n'.repeat(65) })
    assert.match(name['friendlyName'] ?? '', /64/)
    const attributes = await refusals('twilio:taskrouter:Worker', {
      workspaceSid: unknown,
      friendlyName: 'long',
      attributes: { note: 'x'.repeat(4100) },
    })
    assert.match(attributes['attributes'] ?? '', /4,?096/)
  })

  it('refuses a unique name with a hyphen, and says what is allowed', async () => {
    const found = await refusals('twilio:taskrouter:TaskChannel', {
      workspaceSid,
      friendlyName: 'Callback',
      uniqueName: 'call-back',
    })
    assert.match(found['uniqueName'] ?? '', /no hyphen/)
  })

  it('refuses a number that is not E.164, and two ways to choose one', async () => {
    const type = 'twilio:phoneNumbers:IncomingPhoneNumber'
    const national = await refusals(type, { phoneNumber: '(202) 555-0100' })
    assert.match(national['phoneNumber'] ?? '', /E\.164/)
    assert.ok('phoneNumber' in (await refusals(type, {})))
    const both = await refusals(type, { phoneNumber: '+12025550100', areaCode: '202' })
    assert.match(both['phoneNumber'] ?? '', /keep one/)
    assert.deepEqual(await refusals(type, { phoneNumber: unknown }), {})
  })

  it('refuses an address that is none', async () => {
    const found = await refusals('twilio:voice:Application', {
      friendlyName: 'Browser',
      voiceUrl: 'example.com/voice',
    })
    assert.deepEqual(Object.keys(found), ['voiceUrl'])
  })

  it('refuses a misspelt property, a missing one and a SID of another kind', async () => {
    const type = 'twilio:taskrouter:Activity'
    const found = await refusals(type, { workspaceSid: queue, freindlyName: 'Busy' })
    assert.deepEqual(Object.keys(found).sort(), ['freindlyName', 'friendlyName', 'workspaceSid'])
  })

  it('asks nothing of Twilio', async () => {
    story.twilio.forget()
    await story.engine.check('twilio:taskrouter:Workspace', {}, { friendlyName: 'fine' })
    assert.deepEqual(story.twilio.requests(), [])
  })
})
