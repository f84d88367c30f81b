import assert from 'node:assert/strict'
import fc from 'fast-check'
import { getAt, parsePath } from '../../../local/engine/values/property-path.ts'
import type { PropertyMap } from '../../../local/engine/values/property-value.ts'
import { canonicalConfiguration } from '../../../provider/comparison/canonical.ts'
import { sameValue } from '../../../provider/comparison/property-diff.ts'
import { useTwilio } from '../engine/story.ts'

const type = 'twilio:taskrouter:Workflow'
const workspaceSid = `WS${'1'.repeat(32)}`
const id = `${workspaceSid}/WW${'2'.repeat(32)}`

describe('the paths of a diff of routing', () => {
  const story = useTwilio()

  const stateOf = async (configuration: unknown) => {
    const program = { workspaceSid, friendlyName: 'Calls', configuration }
    return { id, inputs: await story.engine.check(type, {}, program), outputs: {} }
  }

  it('are some for every edit, all of them in one of the readings, and none for no edit', async () => {
    await fc.assert(
      fc.asyncProperty(documents, documents, async (before, after) => {
        const [old, fresh] = [await stateOf(before), await stateOf(after)]
        const { changes, detailed } = await story.engine.diff(type, old, fresh.inputs)
        const same = sameValue(canonicalConfiguration(before), canonicalConfiguration(after))
        assert.equal(changes, same ? 'none' : 'some')
        assert.equal(Object.keys(detailed).length > 0, !same)
        for (const [text, kind] of Object.entries(detailed)) {
          const path = parsePath(text)
          const values = [old, fresh].map(({ inputs }) => getAt(inputs as PropertyMap, path))
          const there = values.map((value) => value !== undefined)
          assert.deepEqual(there, [kind !== 'add', kind !== 'delete'], text)
          assert.equal(path[0], 'routing')
        }
        assert.equal((await story.engine.diff(type, old, old.inputs)).changes, 'none')
      }),
      { numRuns: 100 },
    )
  })
})

const queue = fc.constantFrom(...['a', 'b', 'c'].map((digit) => `WQ${digit.repeat(32)}`))
const names = [
  'Billing',
  'Sales',
  'a.b',
  'say "hi"',
  'back\\slash',
  'ends\\',
  'Ünïcode',
  '7',
  '[0]',
]

const target = fc.record(
  {
    queue,
    timeout: fc.constantFrom(10, 20, '20'),
    priority: fc.integer({ min: 0, max: 3 }),
    expression: fc.constantFrom(
      'task.language IN worker.languages',
      'worker.level > 2 AND worker.level < 9',
    ),
    skip_if: fc.constantFrom('workers.available == 0', '1==1'),
    order_by: fc.constantFrom('worker.level DESC', 'worker.level ASC'),
    known_worker_sid: fc.constant('task.agent_sid'),
    note: fc.constantFrom('x', ['y'], { z: 1 }),
  },
  { requiredKeys: ['queue', 'timeout'] },
)

const documents = fc.record({
  task_routing: fc.record(
    {
      filters: fc.uniqueArray(
        fc.record(
          {
            filter_friendly_name: fc.constantFrom(...names),
            expression: fc.constantFrom(
              'a == 1',
              'b == 2',
              'a == 1 AND b == 2',
              'a == 1 OR c == 3',
            ),
            targets: fc.array(target, { minLength: 1, maxLength: 3 }),
          },
          { requiredKeys: ['expression', 'targets'] },
        ),
        { maxLength: 4 },
      ),
      default_filter: fc.record({ queue }),
    },
    { requiredKeys: ['filters', 'default_filter'] },
  ),
})
