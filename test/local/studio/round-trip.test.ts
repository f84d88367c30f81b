// biome-ignore-all lint/suspicious/noTemplateCurlyInString: references and dollars are what texts may hold.
import assert from 'node:assert/strict'
import fc from 'fast-check'
import { widgetSource } from '../../../local/studio/builder-words.ts'
import { changesBetween } from '../../../local/studio/flow-changes.ts'
import { inNames, knownNames } from '../../../local/studio/known-names.ts'
import { checkFlowSource, completeFlow, replaceReferences } from '../../../routing/index.ts'
import { type FlowDefinition, parseFlow } from '../../../schemas/index.ts'
import { type FlowSource, flow, type WidgetSource } from '../../../studio-flows/builder/index.ts'
import { type LocalTwilio, startLocalTwilio } from '../../support/local-twilio.ts'

const workflowSid = `WW${'1'.repeat(32)}`
const address = 'https://calls.example.com/wait-music'
const known = knownNames([
  ['workflow', 'calls', workflowSid],
  ['function', 'waitMusic', address],
  ['setting', 'welcome', 'Say "welcome"'],
])

const names = ['first', 'second', 'third_one', 'Fourth-1']
const name = fc.constantFrom(...names)
const text = fc.constantFrom(
  'Hello',
  'It’s "quoted" \\ and\nlong 🙏',
  '{{widgets.first.Digits | plus: 1}}',
  '${setting.welcome}, {{contact.channel.address}}',
  'costs ${{flow.variables.amount}}, $${letters}',
)
const place = fc.option(fc.tuple(fc.integer({ min: -900, max: 900 }), fc.integer()), {
  nil: undefined,
})

/** Widgets as somebody may write them, each with some of what its type has. */
const widget: fc.Arbitrary<WidgetSource> = fc.oneof(
  fc.record({
    type: fc.constant('say-play' as const),
    say: text,
    loop: fc.integer({ min: 1, max: 9 }),
    at: place,
  }),
  fc.record({
    type: fc.constant('gather-input-on-call' as const),
    say: text,
    stop_gather: fc.boolean(),
    on: fc.record({ keypress: name, timeout: name }, { requiredKeys: [] }),
    at: place,
  }),
  fc.record({
    type: fc.constant('split-based-on' as const),
    input: text,
    on: fc.record({
      noMatch: name,
      match: fc.array(
        fc.oneof(
          fc.record({
            equal_to: fc.constantFrom('1', 'yes'),
            label: fc.constantFrom('one', '1'),
            next: name,
          }),
          fc.record({
            all: fc.tuple(
              fc.record({ contains: text }),
              fc.record({ is_blank: fc.constant(''), argument: text }),
            ),
          }),
        ),
        { maxLength: 3 },
      ),
    }),
    at: place,
  }),
  fc.record({
    type: fc.constant('set-variables' as const),
    variables: fc.oneof(
      fc.dictionary(fc.constantFrom('a', 'b'), text),
      fc.constant([{ key: 'roster', value: '[]', type: 'json_object' as const }]),
    ),
    on: fc.record({ next: name }),
    at: place,
  }),
  fc.record({
    type: fc.constant('enqueue-call' as const),
    workflow_sid: fc.constant('${workflow.calls}'),
    task_attributes: fc.constant('{"prompt":"${setting.welcome}","n":1}'),
    wait_url: fc.constant('${function.waitMusic}?text=${setting.welcome}'),
    on: fc.record({ callComplete: name }, { requiredKeys: [] }),
    at: place,
  }),
)

const sources: fc.Arbitrary<FlowSource<string>> = fc.record({
  description: fc.option(text, { nil: undefined }),
  allowConcurrentCalls: fc.boolean(),
  trigger: fc.record({ on: fc.record({ incomingCall: name }) }),
  widgets: fc
    .tuple(...names.map(() => widget))
    .map((all) => Object.fromEntries(all.map((one, i) => [names[i] ?? '', one]))),
})

const errorsOf = (document: unknown) =>
  checkFlowSource(document).filter(({ severity }) => severity === 'error')

describe('a flow', () => {
  let local: LocalTwilio
  before(async () => {
    local = await startLocalTwilio()
  })
  after(() => local.close())

  /** Deploys it, and reads it back as an export. */
  async function throughAccount(definition: FlowDefinition): Promise<FlowDefinition> {
    const { flows } = local.client.studio.v2
    const made = await flows.create({ friendlyName: 'x', status: 'published', definition })
    const { definition: kept } = await flows(made.sid).fetch()
    await flows(made.sid).remove()
    return kept as FlowDefinition
  }

  it('is the same after it was built, written as JSON, deployed, exported and named again', async () => {
    await fc.assert(
      fc.asyncProperty(sources, async (source) => {
        const { definition } = flow('x', source)
        assert.deepEqual(errorsOf(definition), [])
        const imported = parseFlow(JSON.parse(JSON.stringify(definition)))
        assert.deepEqual(imported, definition)

        const complete = completeFlow(imported)
        const sent = replaceReferences(
          complete,
          ({ kind, name: of }) => known.get(`${kind}.${of}`) ?? '',
        )
        const kept = await throughAccount(sent)
        assert.deepEqual(kept, sent)
        assert.deepEqual(inNames(kept, complete, known).states, complete.states)
      }),
      { numRuns: 60 },
    )
  })

  it('is the same after the words of the builder were made of it, and it was built again', () => {
    fc.assert(
      fc.property(sources, (source) => {
        const { definition } = flow('x', source)
        const widgets = definition.states
          .filter(({ type }) => type !== 'trigger')
          .map((state) => [state.name, widgetSource(state)] as const)
        const again = { ...source, widgets: Object.fromEntries(widgets) } as FlowSource<string>
        assert.deepEqual(changesBetween(definition, flow('x', again).definition), [])
      }),
      { numRuns: 60 },
    )
  })
})
