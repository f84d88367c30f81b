import assert from 'node:assert/strict'
import fc from 'fast-check'
import type { WorkflowConfiguration } from '../../../schemas/index.ts'
import { type Engine, startEngine } from '../engine/engine.ts'
import { type RecordedTwilio, startRecordedTwilio } from '../engine/recorded-twilio.ts'
import type { Properties } from '../engine/wire.ts'

const workflow = 'twilio:taskrouter:Workflow'

describe('a plan', () => {
  let twilio: RecordedTwilio
  let engine: Engine
  let workspaceSid: string
  let queue: string

  before(async () => {
    twilio = await startRecordedTwilio()
    engine = await startEngine(twilio.url)
    const workspace = await engine.up('twilio:taskrouter:Workspace', undefined, {
      friendlyName: 'quiet',
    })
    workspaceSid = workspace.state.id
    const made = await engine.up('twilio:taskrouter:TaskQueue', undefined, {
      workspaceSid,
      friendlyName: 'everyone',
    })
    queue = String(made.state.outputs['sid'])
  })

  after(async () => {
    engine.close()
    await twilio.close()
  })

  it('is empty after deploy and refresh, however the program and Twilio spell the same document', async () => {
    await fc.assert(
      fc.asyncProperty(
        configurations(queue),
        spellings,
        spellings,
        async (document, one, other) => {
          const program = {
            workspaceSid,
            friendlyName: 'Calls',
            configuration: one.spell(document),
          }
          const made = await engine.up(workflow, undefined, program)
          const there = twilio.sdk.taskrouter.v1
            .workspaces(workspaceSid)
            .workflows(String(made.state.outputs['sid']))
          // Somebody saves it in the console, which writes it in its own way.
          await there.update({ configuration: other.print(other.spell(document)) })
          const seen = await engine.refresh(workflow, made.state)
          assert.ok(seen)
          assert.deepEqual(seen.drift.detailed, {})
          twilio.forget()
          const again = await engine.up(workflow, seen.state, {
            ...program,
            configuration: other.spell(document),
          })
          assert.equal(again.step, 'same')
          assert.deepEqual(twilio.writes(), [])
          await engine.destroy(workflow, seen.state)
        },
      ),
      { numRuns: 25 },
    )
  })

  it('shows exactly the property that somebody changed', async () => {
    await fc.assert(
      fc.asyncProperty(configurations(queue), spellings, async (document, spelling) => {
        const program = { workspaceSid, friendlyName: 'Calls', configuration: document }
        const { state } = await engine.up(workflow, undefined, program)
        const last = document.task_routing.filters?.length ?? 0
        const changed = {
          task_routing: {
            ...document.task_routing,
            filters: document.task_routing.filters?.map((filter, i) =>
              i === last - 1 ? { ...filter, expression: 'changed == 1' } : filter,
            ),
          },
        }
        const difference = await engine.diff(workflow, state, {
          ...program,
          configuration: spelling.spell(changed),
        })
        assert.deepEqual(difference.detailed, {
          [`configuration.task_routing.filters[${last - 1}].expression`]: 'update',
        })
        await engine.destroy(workflow, state)
      }),
      { numRuns: 10 },
    )
  })

  it('of a worker is empty whatever the order of its attributes', async () => {
    const worker = 'twilio:taskrouter:Worker'
    const attributes = {
      languages: ['en', 'es'],
      contact_uri: 'client:a',
      level: { vip: 1, all: 2 },
    }
    const program = { workspaceSid, friendlyName: 'ordered', attributes }
    const { state } = await engine.up(worker, undefined, program)
    const there = twilio.sdk.taskrouter.v1
      .workspaces(workspaceSid)
      .workers(String(state.outputs['sid']))
    await there.update({
      attributes:
        '{ "level": {"all": 2, "vip": 1},\n "contact_uri":"client:a", "languages": [ "en", "es" ] }',
    })
    const seen = await engine.refresh(worker, state)
    assert.equal(seen?.drift.changes, 'none')
    await there.update({ attributes: '{"languages":["es","en"]}' })
    const drifted = await engine.refresh(worker, state)
    assert.ok(Object.keys(drifted?.drift.detailed ?? {}).includes('attributes.contact_uri'))
  })

  it('of a queue is empty however its expression is spaced', async () => {
    const type = 'twilio:taskrouter:TaskQueue'
    const program = {
      workspaceSid,
      friendlyName: 'spaced',
      targetWorkers: 'languages HAS "es" AND (skills HAS "vip" OR level >= 3)',
    }
    const { state } = await engine.up(type, undefined, program)
    const targetWorkers = "languages  HAS 'es' AND(skills HAS 'vip' OR level>=3)"
    assert.equal((await engine.up(type, state, { ...program, targetWorkers })).step, 'same')
  })
})

function configurations(queue: string): fc.Arbitrary<WorkflowConfiguration> {
  const target = fc.record(
    {
      queue: fc.constant(queue),
      timeout: fc.integer({ min: 1, max: 600 }),
      priority: fc.integer({ min: 0, max: 100 }),
      expression: fc.constantFrom('task.language IN worker.languages', 'worker.level > 2'),
      skip_if: fc.constantFrom('workers.available == 0', '1==1'),
    },
    { requiredKeys: ['queue', 'timeout'] },
  )
  return fc
    .array(fc.array(target, { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 3 })
    .chain((all) =>
      fc
        .shuffledSubarray(['topic == "a"', 'kind == "b"', 'vip == true'], { minLength: 3 })
        .map((order) => ({
          task_routing: {
            filters: all.map((targets, i) => ({
              filter_friendly_name: `filter ${i}`,
              expression: order[i] ?? '',
              targets,
            })),
            default_filter: { queue },
          },
        })),
    )
}

/** A way to write one and the same document. */
const spellings = fc
  .record({
    reversed: fc.boolean(),
    numbersAsText: fc.boolean(),
    space: fc.constantFrom('', ' ', '  '),
    indent: fc.constantFrom(undefined, 2, '\t'),
  })
  .map(({ reversed, numbersAsText, space, indent }) => {
    const spell = (value: unknown, key = ''): unknown => {
      if (Array.isArray(value)) return value.map((item) => spell(item))
      if (typeof value === 'number' && numbersAsText) return String(value)
      if (typeof value === 'string' && (key === 'expression' || key === 'skip_if')) {
        return value
          .replaceAll(/ ?(==|>) ?/g, `${space}$1${space}`)
          .replaceAll(/ AND /g, ` ${space}AND ${space}`)
      }
      if (typeof value !== 'object' || value === null) return value
      const entries = Object.entries(value).map(([name, item]) => [name, spell(item, name)])
      return Object.fromEntries(reversed ? entries.reverse() : entries)
    }
    return {
      spell: (document: WorkflowConfiguration) => spell(document) as Properties,
      print: (document: unknown) => JSON.stringify(document, null, indent),
    }
  })
