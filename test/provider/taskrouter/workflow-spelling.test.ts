import assert from 'node:assert/strict'
import { Refused } from '../engine/engine.ts'
import { useTwilio } from '../engine/story.ts'
import { type Properties, unknown } from '../engine/wire.ts'

const type = 'twilio:taskrouter:Workflow'
const queue = `WQ${'b'.repeat(32)}`
const filter = { expression: 'topic == "billing"', targets: [{ queue }] }

describe('a check of how a workflow is written', () => {
  const story = useTwilio()

  const programOf = (taskRouting: Properties): Properties => ({
    workspaceSid: `WS${'a'.repeat(32)}`,
    friendlyName: 'Calls',
    configuration: { task_routing: taskRouting },
  })

  async function refusals(taskRouting: Properties): Promise<Record<string, string>> {
    try {
      await story.engine.check(type, {}, programOf(taskRouting))
      return {}
    } catch (error) {
      if (!(error instanceof Refused)) throw error
      const found = Object.fromEntries(
        error.failures.map(({ property, reason }) => [property, reason]),
      )
      assert.equal(error.failures.length, Object.keys(found).length, 'a property is told twice')
      return found
    }
  }

  it('warns of a misspelt member, which TaskRouter would take without a word', async () => {
    story.said()
    const targets = [{ queue, timeuot: 30, remark: 'kept' }]
    await story.engine.check(
      type,
      {},
      programOf({ filters: [{ ...filter, targets }], default_filter: { queue } }),
    )
    assert.deepEqual(
      story.said().map(({ message, severity }) => [severity, message]),
      [
        [
          'warning',
          'configuration.task_routing.filters[0].targets[0].timeuot: says nothing to TaskRouter; did you mean “timeout”?',
        ],
      ],
    )
  })

  it('refuses what is missing, and shows under which name it is there', async () => {
    const { expression, targets } = filter
    const found = await refusals({ filters: [{ expresion: expression, targets }] })
    const place = 'configuration.task_routing.filters[0]'
    assert.deepEqual(Object.keys(found), [`${place}.expression`, `${place}.expresion`])
    assert.match(found[`${place}.expresion`] ?? '', /did you mean “expression”\?/)
  })

  it('refuses a queue by its name, and leaves open what is not known yet', async () => {
    const named = { filters: [{ ...filter, targets: [{ queue: 'Sales' }] }] }
    assert.deepEqual(await refusals(named), {
      'configuration.task_routing.filters[0].targets[0].queue':
        '“Sales” is no SID of a queue, WQ and 32 hex digits: pass the sid of the TaskQueue, or what getTaskQueue finds by that name',
    })
    assert.deepEqual(await refusals({ filters: [filter], default_filter: { queue: unknown } }), {})
  })

  it('says once what a number must be', async () => {
    const place = 'configuration.task_routing.filters[0].targets[0].timeout'
    const found = await refusals({ filters: [{ ...filter, targets: [{ queue, timeout: -5 }] }] })
    assert.match(found[place] ?? '', /^must be seconds, a whole number from 1, or one as a string/)
    assert.deepEqual(Object.keys(found), [place])
  })
})
