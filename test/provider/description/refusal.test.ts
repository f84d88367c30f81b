import assert from 'node:assert/strict'
import { Refused } from '../engine/engine.ts'
import { useTwilio } from '../engine/story.ts'
import { type Properties, unknown } from '../engine/wire.ts'

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

  it('refuses a fallback of a number that stands in for nothing', async () => {
    const type = 'twilio:phoneNumbers:IncomingPhoneNumber'
    const alone = { areaCode: '202', voiceFallbackUrl: 'https://example.com/fallback' }
    assert.deepEqual(await refusals(type, alone), {
      voiceFallbackUrl:
        'needs a voiceUrl that it stands in for, which Twilio insists on (21405): add one, or leave it out',
    })
    assert.deepEqual(await refusals(type, { ...alone, voiceUrl: unknown }), {})
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

  it('says which property was probably meant', async () => {
    const found = await refusals('twilio:taskrouter:TaskQueue', {
      workspaceSid,
      friendlyName: 'Spanish',
      targetWorker: '1==1',
    })
    assert.deepEqual(found, { targetWorker: 'is not known here; did you mean “targetWorkers”?' })
  })

  it('refuses a target that can never be reached, in words that can be read aloud', async () => {
    const found = await refusals('twilio:taskrouter:Workflow', {
      workspaceSid,
      friendlyName: 'Calls',
      configuration: routing({
        expression: 'topic == "billing"',
        targets: [{ queue, skip_if: '1==2' }, { timeout: 30 }],
      }),
    })
    assert.deepEqual(found, {
      'configuration.task_routing.filters[0].targets[1]':
        'is never reached: targets[0] before it has neither a timeout nor a skip_if that can hold; give targets[0] a timeout or a skip_if, or remove this target',
    })
  })

  it('refuses a ladder of timeouts that no task lives long enough for', async () => {
    const found = await refusals('twilio:taskrouter:Workflow', {
      workspaceSid,
      friendlyName: 'Calls',
      configuration: routing({
        expression: 'topic == "billing"',
        targets: [{ queue, timeout: 1_209_600 }, { timeout: 30 }],
      }),
    })
    assert.deepEqual(found, {
      'configuration.task_routing.filters[0].targets[1]':
        'is never reached: it would begin at the age of 1209600 s, and no task lives longer than 1209600 s; shorten the timeouts before it, or remove this target',
    })
  })

  it('refuses a hyphen in a name that an expression uses, and shows the place', async () => {
    const found = await refusals('twilio:taskrouter:TaskQueue', {
      workspaceSid,
      friendlyName: 'Leads',
      targetWorkers: 'team-lead == true',
    })
    assert.match(found['targetWorkers'] ?? '', /line 1, column 5/)
    assert.match(found['targetWorkers'] ?? '', /hyphen|-/)
  })

  it('refuses more reservations, seconds and characters than TaskRouter takes', async () => {
    const queueInputs = { workspaceSid, friendlyName: 'All', maxReservedWorkers: 51 }
    assert.match(
      (await refusals('twilio:taskrouter:TaskQueue', queueInputs))['maxReservedWorkers'] ?? '',
      /must be <= 50/,
    )
    const workflow = {
      workspaceSid,
      friendlyName: 'Calls',
      taskReservationTimeout: 86_401,
      configuration: routing({ expression: '1==1' }),
    }
    assert.match(
      (await refusals('twilio:taskrouter:Workflow', workflow))['taskReservationTimeout'] ?? '',
      /must be <= 86400/,
    )
    const huge = await refusals('twilio:taskrouter:Workflow', {
      workspaceSid,
      friendlyName: 'Calls',
      configuration: routing({ expression: '1==1', filter_friendly_name: 'n'.repeat(1_040_000) }),
    })
    assert.match(
      huge['configuration'] ?? '',
      /has 1040\d{3} bytes as JSON; TaskRouter takes 1038576: use fewer filters, or split/,
    )
  })

  it('asks nothing of Twilio', async () => {
    story.twilio.forget()
    await story.engine.check('twilio:taskrouter:Workspace', {}, { friendlyName: 'fine' })
    assert.deepEqual(story.twilio.requests(), [])
  })
})

describe('a doubt', () => {
  const story = useTwilio()

  /** What a check lets pass with a warning. */
  async function doubts(type: string, news: Properties): Promise<readonly string[]> {
    story.said()
    await story.engine.check(type, {}, { workspaceSid, friendlyName: 'Doubtful', ...news })
    return story.said().map(({ message }) => message)
  }

  it('is told of a workflow without a default, and of one that outlasts its tasks', async () => {
    const targets = [{ queue, timeout: 90_000 }]
    const filters = [{ expression: 'topic == "billing"', targets }]
    assert.deepEqual(
      await doubts('twilio:taskrouter:Workflow', { configuration: { task_routing: { filters } } }),
      [
        'configuration.task_routing.filters[0].targets[0]: ends at the age of 90000 s, and a task lives 86400 s unless whoever creates it says otherwise; shorten the timeouts of this filter, or create its tasks with a longer Timeout',
        'configuration.task_routing.default_filter: is missing: a task that no filter matches is canceled at once; name a queue for such tasks, or end with a filter 1==1',
      ],
    )
  })

  it('is told of an expression that looks like a mistake, with its place', async () => {
    const [message, ...others] = await doubts('twilio:taskrouter:TaskQueue', {
      targetWorkers: 'worker.languages HAS "es"',
    })
    assert.deepEqual(others, [])
    assert.match(message ?? '', /^targetWorkers: .*no prefix belongs here.*write languages/s)
  })

  it('is told of attributes that no expression can name', async () => {
    assert.deepEqual(
      await doubts('twilio:taskrouter:Worker', { attributes: { 'team-lead': true, level: 1 } }),
      [
        'attributes.team-lead: can’t be named by an expression: letters, digits, _ and $ only, not a digit first; call it team_lead',
      ],
    )
  })
})
